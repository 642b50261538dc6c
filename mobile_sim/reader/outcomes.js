// What fills the screen for each outcome: a light, a shape and words that say the same.
//
// The shapes differ in outline within a light, so that neither colour nor words are
// needed to tell two answers apart.

/** @typedef {{light: "go"|"stop"|"fraud"|"unsure", shape: string, ja: string, en: string}} Look */

const DISC = "M50 4a46 46 0 1 0 0 92a46 46 0 1 0 0-92Z";
const OCTAGON = "M31 4h38l27 27v38l-27 27H31L4 69V31Z";
const SHIELD = "M50 3l41 14v30c0 26-17 42-41 50C26 89 9 73 9 47V17Z";
const TRIANGLE = "M50 5l47 86H3Z";
const DIAMOND = "M50 2l48 48-48 48L2 50Z";
const PAPER = "M16 3h48l22 22v72H16Z";

const CHECK = "M26 52l17 18 33-38";
const CROSS = "M32 32l36 36M68 32l-36 36";
const ARROW = "M26 50h46M54 32l18 18-18 18";
const HOURGLASS = "M34 26h32L34 74h32Z";
const PAUSE = "M38 30v40M62 30v40";
const BANG = "M50 36v26M50 73v3";
const TWO = "M34 34v32M66 34v32M26 50h48";
const LOOP = "M68 38a22 22 0 1 0 4 18M70 26v14H56";
const QUESTION = "M37 38c0-18 27-18 27 0 0 11-14 11-14 23M50 74v2";
const BAR = "M28 50h44";

/** @type {Record<string, Look>} */
const LOOKS = {
  valid: look("go", DISC, CHECK, "有効", "VALID"),
  lapsed: look("stop", OCTAGON, CROSS, "無効　資格を喪失しています", "LAPSED: coverage has ended"),
  "newer-coverage": look("stop", OCTAGON, ARROW, "無効　新しい資格があります", "INVALID: newer coverage exists"),
  "not-yet-started": look("stop", OCTAGON, HOURGLASS, "無効　資格はまだ始まっていません", "NOT YET STARTED"),
  "registration-undone": look("stop", OCTAGON, LOOP, "無効　登録が取り消されました", "REGISTRATION UNDONE"),
  "none-found": look("stop", OCTAGON, QUESTION, "該当する資格がありません", "NO COVERAGE FOUND"),
  "document-expired": look("stop", PAPER, HOURGLASS, "資格確認書の期限切れ", "CERTIFICATE EXPIRED"),
  suspended: look("stop", PAPER, PAUSE, "使用停止中です", "SUSPENDED"),
  revoked: look("stop", PAPER, CROSS, "失効しています", "REVOKED"),
  "bad-signature": look("fraud", SHIELD, CROSS, "偽造または改ざんの疑い", "FORGED OR ALTERED"),
  "unknown-issuer": look("fraud", SHIELD, QUESTION, "発行者を確認できません", "UNKNOWN ISSUER"),
  replayed: look("fraud", SHIELD, LOOP, "使用済みのコードです", "CODE ALREADY USED"),
  stale: look("unsure", DIAMOND, HOURGLASS, "時間切れのコードです", "CODE TOO OLD"),
  "wrong-kind": look("unsure", DIAMOND, CROSS, "別の種類のコードです", "ANOTHER KIND OF CODE"),
  unreadable: look("unsure", DIAMOND, BAR, "コードが読み取れません", "CODE UNREADABLE"),
  hidden: look("unsure", TRIANGLE, BAR, "該当資格なし（点検中）", "UNDER INSPECTION"),
  "registration-in-progress": look("unsure", TRIANGLE, HOURGLASS, "該当資格なし（登録手続き中）", "BEING REGISTERED"),
  "not-known-then": look("unsure", TRIANGLE, LOOP, "当時は登録がありません", "NOT KNOWN THEN"),
  "several-persons": look("unsure", DIAMOND, TWO, "複数の方が該当します", "SEVERAL PEOPLE MATCH"),
  "several-coverages": look("unsure", DIAMOND, PAUSE, "複数の資格が該当します", "SEVERAL COVERAGES MATCH"),
  "could-not-check": look("unsure", TRIANGLE, BANG, "確認できませんでした", "COULD NOT CHECK"),
};

function look(light, outline, sign, ja, en) {
  return { light, shape: `${outline}|${sign}`, ja, en };
}

/** How an outcome looks; one that this page does not know is no answer. @param {string} outcome @returns {Look} */
export const lookOf = (outcome) => LOOKS[outcome] ?? LOOKS["could-not-check"];

/** Every outcome that has a look of its own. */
export const OUTCOMES = Object.keys(LOOKS);
