// Bytes as base64url text without padding (RFC 4648 §5), and back.

/** @param {Uint8Array|ArrayBuffer} octets */
export function encode(octets) {
  const letters = Array.from(new Uint8Array(octets), (octet) => String.fromCharCode(octet));
  return btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes; throws for a text that is no base64url. @param {string} text */
export function decode(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** @param {string} text */
export const encodeText = (text) => encode(new TextEncoder().encode(text));

/** @param {string} text */
export const decodeText = (text) => new TextDecoder("utf-8", { fatal: true }).decode(decode(text));
