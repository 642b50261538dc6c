// The text of our QR codes: prefix, length, base32, CRC-32, as credentials/transport.py has it.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LENGTH_LETTERS = 2;
const CHECKSUM_LETTERS = 7;
export const PHONE = "SK1P";
export const CERTIFICATE = "SK1C";

/** Some other code: a product, a web page, another system's. */
export class ForeignCodeError extends Error {}

/** A code of ours that did not arrive whole. */
export class DamagedCodeError extends Error {}

/** The text of a code. @param {string} kind @param {Uint8Array} payload */
export function pack(kind, payload) {
  const length = ALPHABET[payload.length >> 5] + ALPHABET[payload.length & 31];
  const text = kind + length + base32(payload);
  return text + base32(crc(text));
}

/** Kind and payload of a code as scanned or typed. @param {string} typed @returns {[string, Uint8Array]} */
export function unpack(typed) {
  const text = asPrinted(typed);
  const kind = [PHONE, CERTIFICATE].find((prefix) => text.startsWith(prefix));
  if (!kind) throw new ForeignCodeError("not ours");
  const [body, check] = [text.slice(0, -CHECKSUM_LETTERS), text.slice(-CHECKSUM_LETTERS)];
  const start = kind.length + LENGTH_LETTERS;
  const length = ALPHABET.indexOf(body[start - 2]) * 32 + ALPHABET.indexOf(body[start - 1]);
  if (body.length < start || body.length - start !== Math.ceil((length * 8) / 5)) throw new DamagedCodeError("length");
  const payload = octets(body.slice(start), length);
  if (String(octets(check, 4)) !== String(crc(body))) throw new DamagedCodeError("checksum");
  return [kind, payload];
}

/** Undo what a scanner's keyboard does: full width, lower case, Enter. @param {string} typed */
export function asPrinted(typed) {
  const narrow = Array.from(typed.trim(), (letter) => {
    const code = letter.charCodeAt(0);
    return code > 0xff00 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : letter;
  });
  return narrow.join("").toUpperCase();
}

/** RFC 4648 §6, without padding. @param {Uint8Array} bytes */
export function base32(bytes) {
  const bits = Array.from(bytes, (octet) => octet.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[parseInt(group.padEnd(5, "0"), 2)]).join("");
}

function octets(letters, length) {
  const values = Array.from(letters, (letter) => ALPHABET.indexOf(letter));
  if (values.includes(-1)) throw new DamagedCodeError("letters");
  const bits = values.map((value) => value.toString(2).padStart(5, "0")).join("");
  if (bits.slice(length * 8).includes("1")) throw new DamagedCodeError("unused bits");
  return Uint8Array.from({ length }, (_, place) => parseInt(bits.slice(place * 8, place * 8 + 8), 2));
}

/** CRC-32 (ISO-HDLC), four octets. @param {string} text */
function crc(text) {
  let value = ~0;
  for (const letter of text) {
    value ^= letter.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  const made = new Uint8Array(4);
  new DataView(made.buffer).setUint32(0, ~value >>> 0);
  return made;
}
