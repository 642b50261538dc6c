// 日本語 first, English one tap away: which language this browser shows.

const NAME = "shikaku-language";
const LANGUAGES = /** @type {const} */ (["ja", "en"]);
/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {"ja"|"en"} */
function chosen() {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(NAME);
  return asked === "en" ? "en" : "ja";
}

let current = chosen();
document.documentElement.lang = current;

/** The language shown now. */
export const language = () => current;

/** Show another language from now on. @param {"ja"|"en"} wanted */
export function setLanguage(wanted) {
  current = LANGUAGES.includes(wanted) ? wanted : "ja";
  localStorage.setItem(NAME, current);
  document.documentElement.lang = current;
  for (const listen of listeners) listen();
}

/** Draw anew whenever the language changes. @param {() => void} listen */
export function onLanguage(listen) {
  listeners.add(listen);
}

/** One of two texts. @param {string} ja @param {string} en */
export const w = (ja, en) => (current === "ja" ? ja : en);

/** The text of a pair as the server sends it. @param {{ja: string, en: string}|null|undefined} pair */
export const said = (pair) => (pair ? pair[current] : "");
