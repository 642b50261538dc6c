// What an insurer's number (保険者番号) says while it is typed: its check digit, its kind.

import { w } from "/pages/kit/language.js";

const UNKNOWN_ON_CLAIMS = ["77777777", "77777779"];
/** 法別番号, the first two of eight digits. @type {Record<string, [string, string]>} */
const KINDS = {
  "01": ["全国健康保険協会（協会けんぽ）", "Japan Health Insurance Association"],
  "02": ["船員保険", "seamen's insurance"],
  "06": ["健康保険組合", "a health insurance society"],
  31: ["国家公務員共済組合", "national public servants' mutual aid"],
  32: ["地方公務員共済組合", "local public servants' mutual aid"],
  33: ["警察共済組合", "police mutual aid"],
  34: ["学校の共済組合", "school staff's mutual aid"],
  39: ["後期高齢者医療（記号・枝番なし）", "the late-stage elderly (no symbol, no branch)"],
};
/** Read as insurance too, but of which kind has no public source. */
const UNNAMED = ["03", "04", "07", "63", "67", "72", "73", "74", "75"];

/** What is still wrong with a number as typed so far; "" if nothing. @param {string} typed */
export function digitsHelp(typed) {
  const digits = digitsOf(typed);
  if (digits.length === 0) return "";
  if (digits.length !== 6 && digits.length !== 8) return w(`8桁か6桁です（いま${digits.length}桁）`, `8 or 6 digits (${digits.length} so far)`);
  if (UNKNOWN_ON_CLAIMS.includes(digits)) return w("不詳請求用の番号で、保険者を指しません。", "Claims use this number for \"unknown\"; it names no insurer.");
  if (!isLuhn(digits)) return w("検証番号が合いません。打ち間違いがないか確かめてください。", "The check digit does not fit: look for a typing error.");
  return kindOf(digits) ? "" : w("医療保険の番号ではありません。公費負担者番号かもしれません。", "No medical insurance: perhaps a public expense payer's number.");
}

/** The kind of insurer, where a whole number tells it; else "". @param {string} typed */
export function insurersKind(typed) {
  const digits = digitsOf(typed);
  return digits !== "" && digitsHelp(typed) === "" ? kindOf(digits) : "";
}

/** @param {string} digits */
function kindOf(digits) {
  const law = digits.slice(0, 2);
  if (digits.length === 6 || law === "00") return w("国民健康保険", "National Health Insurance");
  if (UNNAMED.includes(law)) return w("被用者保険など", "employees' insurance or the like");
  const kind = KINDS[law];
  return kind ? w(...kind) : "";
}

const digitsOf = (typed) => typed.normalize("NFKC").replaceAll(/[^0-9]/g, "");

/** Luhn over all digits: weights 2, 1 from the digit before the last. @param {string} digits */
function isLuhn(digits) {
  const sum = Array.from(digits).reverse().reduce((total, digit, place) => {
    const twice = Number(digit) * (place % 2 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}
