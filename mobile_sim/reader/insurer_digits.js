// The check digit of an insurer's number (保険者番号), said while it is typed.

import { w } from "/pages/kit/language.js";

/** Luhn over all digits: weights 2, 1 from the digit before the last. @param {string} digits */
function isLuhn(digits) {
  const sum = Array.from(digits).reverse().reduce((total, digit, place) => {
    const twice = Number(digit) * (place % 2 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}

/** What is still wrong with a number as typed so far; "" if nothing. @param {string} typed */
export function digitsHelp(typed) {
  const digits = typed.normalize("NFKC").replaceAll(/[^0-9]/g, "");
  if (digits.length === 0) return "";
  if (digits.length !== 6 && digits.length !== 8) return w(`8桁か6桁です（いま${digits.length}桁）`, `8 or 6 digits (${digits.length} so far)`);
  return isLuhn(digits) ? "" : w("検証番号が合いません。打ち間違いがないか確かめてください。", "The check digit does not fit: look for a typing error.");
}
