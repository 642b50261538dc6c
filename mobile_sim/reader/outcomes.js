// What fills the screen for each outcome: a light, a shape and words that say the same.
//
// Light and outline go together, and the sign differs within them: neither colour nor
// words are needed to tell two answers apart.

import { OFFLINE_LOOKS } from "./offline/looks.js";

/** @typedef {"go"|"stop"|"paper"|"fraud"|"unsure"} Light */
/** @typedef {{light: Light, shape: string, ja: string, en: string}} Look */

const DISC = "M50 4a46 46 0 1 0 0 92a46 46 0 1 0 0-92Z";
const OCTAGON = "M31 4h38l27 27v38l-27 27H31L4 69V31Z";
const SHIELD = "M50 3l41 14v30c0 26-17 42-41 50C26 89 9 73 9 47V17Z";
const TRIANGLE = "M50 5l47 86H3Z";
const SQUARE = "M8 8h84v84H8Z";
const DIAMOND = "M50 2l48 48-48 48L2 50Z";
const PAPER = "M16 3h48l22 22v72H16Z";

const CHECK = "M26 52l17 18 33-38";
const CROSS = "M32 32l36 36M68 32l-36 36";
const ARROW = "M26 50h46M54 32l18 18-18 18";
const HOURGLASS = "M34 26h32L34 74h32Z";
const PAUSE = "M38 30v40M62 30v40";
const BANG = "M50 36v26M50 73v3";
const TWO = "M36 40c2-18 29-17 27 1-1 11-27 19-27 30h29";
const LOOP = "M68 38a22 22 0 1 0 4 18M70 26v14H56";
const QUESTION = "M37 38c0-18 27-18 27 0 0 11-14 11-14 23M50 74v2";
const BAR = "M28 50h44";

/** @type {Record<string, Look>} */
const LOOKS = {
  valid: look("go", DISC, CHECK, "有効", "VALID"),
  lapsed: look("stop", OCTAGON, CROSS, "無効　資格を喪失しています", "LAPSED: coverage has ended"),
  "newer-coverage": look("stop", OCTAGON, ARROW, "無効　新しい資格があります", "INVALID: newer coverage exists"),
  "not-yet-started": look("stop", OCTAGON, HOURGLASS, "無効　資格はまだ始まっていません", "NOT YET: coverage has not started"),
  "registration-undone": look("stop", OCTAGON, LOOP, "無効　登録が取り消されています", "UNDONE: the registration was taken back"),
  "none-found": look("stop", OCTAGON, QUESTION, "該当資格なし　登録が見つかりません", "NONE FOUND: no such coverage"),
  "document-expired": look("paper", PAPER, HOURGLASS, "期限切れ　資格確認書・コードの期限です", "OUT OF DATE: certificate or code"),
  suspended: look("paper", PAPER, PAUSE, "使用停止中　保険者が止めています", "SUSPENDED: by the insurer"),
  revoked: look("paper", PAPER, CROSS, "失効　保険者が失効させています", "WITHDRAWN: by the insurer"),
  "bad-signature": look("fraud", SHIELD, CROSS, "偽造の疑い　または改ざん。受け付けません", "NOT GENUINE: forged or altered"),
  "unknown-issuer": look("fraud", SHIELD, QUESTION, "発行元不明　どの保険者のものでもありません", "UNKNOWN ISSUER: of no insurer"),
  replayed: look("fraud", SHIELD, LOOP, "使用済み　一度使われたコードです", "ALREADY USED: shown before"),
  stale: look("unsure", DIAMOND, HOURGLASS, "時間切れ　古いコードです", "TOO OLD: the code ran out"),
  "wrong-kind": look("unsure", DIAMOND, CROSS, "別のコード　資格確認用ではありません", "ANOTHER CODE: not for checks"),
  unreadable: look("unsure", DIAMOND, BAR, "読み取れません　コードが欠けています", "UNREADABLE: the code is damaged"),
  hidden: look("unsure", SQUARE, BAR, "点検中　該当資格なし（保険者が点検中）", "UNDER INSPECTION: no coverage shown"),
  "registration-in-progress": look("unsure", SQUARE, HOURGLASS, "登録手続き中　該当資格なし（登録待ち）", "BEING REGISTERED: no coverage yet"),
  "not-known-then": look("unsure", SQUARE, LOOP, "当時は未登録　該当資格なし", "NOT KNOWN THEN: no coverage"),
  "several-persons": look("unsure", DIAMOND, TWO, "複数該当　同じ番号の方が複数います", "SEVERAL MATCH: several people"),
  "several-coverages": look("unsure", DIAMOND, PAUSE, "複数該当　資格が重なっています", "SEVERAL MATCH: several coverages"),
  "could-not-check": look("unsure", TRIANGLE, BANG, "確認できません　有効とは扱えません", "COULD NOT CHECK: not a valid answer"),
};

/** @returns {Look} */
function look(/** @type {Light} */ light, outline, sign, ja, en) {
  return { light, shape: `${outline}|${sign}`, ja, en };
}

/** How an outcome looks; one that this page does not know is no answer. @param {string} outcome @returns {Look} */
export const lookOf = (outcome) => LOOKS[outcome] ?? OFFLINE_LOOKS[outcome] ?? LOOKS["could-not-check"];

/** Every outcome of the server that has a look of its own. */
export const OUTCOMES = Object.keys(LOOKS);
