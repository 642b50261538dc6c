// The printed fields by position (テンプレート), as credentials/certificate_template.py writes them.

import { inflated } from "./inflating.js";
import { Octets } from "./octets.js";
import { readText } from "./packed_text.js";
import { serialOf } from "./serial.js";

const MAX_INFLATED = 4_096;
const EVE = Date.UTC(1899, 11, 31);
const DAY_MS = 86_400_000;
const NEEDED = ["birth_on", "acquired_on", "issued_on", "expires_on", "sex", "insurer_name", "number", "kana", "name"];

/** The numbers in their order. @type {[string, (source: Octets) => any][]} */
const NUMBERS = [
  ["serial", (source) => serialOf(source.take(10))],
  ["insurer_number", (source) => insurer(source.number(4))],
  ["status_list", (source) => source.number(2)],
  ["status_index", (source) => source.number(4)],
  ...["birth_on", "acquired_on", "issued_on", "expires_on", "copay_from_on", "limit_from_on"].map(dayCalled),
  ["sex", (source) => oneOf(source, { 1: "1", 2: "2", 3: "3" })],
  ["relation", (source) => oneOf(source, { 1: "1", 2: "2" })],
  ["copay_ratio", (source) => oneOf(source, { 10: "010", 20: "020", 30: "030" })],
  ["limit_category", (source) => category(source.number(1))],
  ["specific_diseases", (source) => diseases(source.number(1))],
  ["is_special_expenses", (source) => source.number(1) !== 0],
];
const TEXTS = ["insurer_name", "symbol", "number", "branch", "kana", "name", "insured_name", "address"];

/**
 * What is printed; proven only by the signature. Throws for octets that hold no fields.
 * @param {Uint8Array} octets @param {"a4"|"postcard"|"card"} form
 * @returns {Promise<Record<string, any>>}
 */
export async function readFields(octets, form) {
  const source = new Octets(octets);
  const fields = Object.fromEntries(NUMBERS.map(([name, read]) => [name, read(source)]));
  const texts = new Octets(await inflated(source.rest(), "deflate-raw", MAX_INFLATED));
  for (const name of form === "card" ? TEXTS.slice(0, -1) : TEXTS) fields[name] = readText(texts);
  const isEmpty = TEXTS.some((name) => fields[name] === "");
  if (texts.hasMore || isEmpty || NEEDED.some((name) => fields[name] === null)) throw new TypeError("not of a template");
  return fields;
}

/** @returns {[string, (source: Octets) => string|null]} */
function dayCalled(name) {
  return [name, (source) => day(source.number(2))];
}

const day = (count) => (count ? new Date(EVE + count * DAY_MS).toISOString().slice(0, 10) : null);

/** Six digits stand after two zeros. @param {number} number */
const insurer = (number) => String(number).padStart(8, "0").replace(/^00/, "");

function oneOf(source, codes) {
  const number = source.number(1);
  if (number !== 0 && !(number in codes)) throw new TypeError("no such code");
  return number ? codes[number] : null;
}

/** B10 is 0xBA. @param {number} number */
function category(number) {
  const [letter, place] = ["0123456789ABCDEF"[number >> 4], number & 15];
  const last = { A: 6, B: 10 }[letter] ?? 0;
  if (number && !(place >= 1 && place <= last)) throw new TypeError("no such category");
  return number ? `${letter}${String(place).padStart(2, "0")}` : null;
}

const diseases = (bits) => ["1", "2", "3"].filter((code) => bits & (1 << Number(code)));
