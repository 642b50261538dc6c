// Elements made from words and values: text is always text, never markup.

const RUBY = /\{([^|{}]+)\|([^|{}]+)\}/g;

/**
 * An element. Attributes: `class`, `data-…`, `aria-…`; `on…` are listeners; true and
 * false set or leave out. Children: nodes, texts (`{資格|しかく}` becomes furigana), arrays; null is nothing.
 * @param {string} tag @param {Record<string, any>} [attributes] @param {...any} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(made, name, value);
  made.append(...nodes(children));
  return made;
}

/** An element of SVG. @param {string} tag @param {Record<string, any>} [attributes] @param {...any} children @returns {any} */
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) set(made, name, value);
  made.append(...nodes(children));
  return made;
}

function set(made, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
  else if (name === "value") made.value = value;
  else made.setAttribute(name, value === true ? "" : String(value));
}

function nodes(children) {
  return children.flat(Infinity).flatMap((child) => {
    if (child === null || child === undefined || child === false) return [];
    return child instanceof Node ? [child] : withFurigana(String(child));
  });
}

/** Text in which `{漢字|かんじ}` is written as ruby. @param {string} text @returns {(string|Node)[]} */
export function withFurigana(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(RUBY)) {
    found.push(text.slice(from, match.index), ruby(match[1], match[2]));
    from = match.index + match[0].length;
  }
  return [...found, text.slice(from)].filter((part) => part !== "");
}

function ruby(base, reading) {
  const made = document.createElement("ruby");
  const [open, rt, close] = ["rp", "rt", "rp"].map((tag) => document.createElement(tag));
  [open.textContent, rt.textContent, close.textContent] = ["（", reading, "）"];
  made.append(base, open, rt, close);
  return made;
}

/** Put these in place of what an element holds. @param {Element} place @param {...any} children */
export function fill(place, ...children) {
  place.replaceChildren(...nodes(children));
}

/**
 * The same, unless it holds just that already: then nothing is read out again, and a click
 * that began on it ends on it.
 * @param {Element} place @param {...any} children
 */
export function fillAnew(place, ...children) {
  const fresh = h("div", {}, children);
  if (fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
}

/** A name of another's, kept from turning the words around it (UAX 9). @param {string} name */
export const name = (name) => h("bdi", { translate: "no" }, document.createTextNode(name));

/** The element with this id; it is there. @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);
