// A certificate's serial (発行番号) from its bits: letters, check character, groups of four.

import { base32 } from "/pages/kit/transport.js";

const LETTERS = 15;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MODULUS = ALPHABET.length;

/** XXXX-XXXX-XXXX-XXXX; what follows the letters' 75 bits is not read. @param {Uint8Array} octets ten */
export function serialOf(octets) {
  const letters = base32(octets).slice(0, LETTERS);
  return `${letters}${checkCharacter(letters)}`.replace(/(.{4})(?=.)/g, "$1-");
}

/** ISO/IEC 7064 MOD 37,36. @param {string} letters */
function checkCharacter(letters) {
  const doubled = (value) => ((value || MODULUS) * 2) % (MODULUS + 1);
  const sum = Array.from(letters).reduce((value, letter) => (doubled(value) + ALPHABET.indexOf(letter)) % MODULUS, MODULUS / 2);
  return ALPHABET[(1 - doubled(sum) + MODULUS) % MODULUS];
}
