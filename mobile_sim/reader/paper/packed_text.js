// Japanese text in few bytes, as credentials/packed_text.py writes it.
//
// A run of CP932 and an end mark: 0 as it stands, 1 every half-width character stands
// for its full-width one, 2 no text at all. Between two 0x1B stands UTF-8.

const [PLAIN, FOLDED, ABSENT, ESCAPE] = [0, 1, 2, 0x1b];
const HALF_WIDTH_KANA = /[\uff61-\uff9f]+/g;
const ASCII = /[\u0021-\u007e]/g;
const STRICT = { fatal: true, ignoreBOM: true };

/** The next text, or null; throws if it is cut short or no text. @param {import("./octets.js").Octets} source */
export function readText(source) {
  const run = [];
  let octet = source.number(1);
  for (; ![PLAIN, FOLDED, ABSENT].includes(octet); octet = source.number(1)) run.push(octet);
  if (octet === ABSENT) return null;
  const text = decoded(run);
  return octet === FOLDED ? unfolded(text) : text;
}

function decoded(run) {
  const parts = [[]];
  for (const octet of run) octet === ESCAPE ? parts.push([]) : parts[parts.length - 1].push(octet);
  const read = (part, place) => new TextDecoder(place % 2 ? "utf-8" : "shift_jis", STRICT).decode(Uint8Array.from(part));
  return parts.map(read).join("");
}

/** Every half-width character made full-width, voiced marks joined. @param {string} text */
function unfolded(text) {
  const wide = (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0);
  return text.replace(HALF_WIDTH_KANA, (run) => run.normalize("NFKC")).replace(ASCII, wide).replaceAll(" ", "\u3000");
}
