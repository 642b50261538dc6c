// How what was judged without network looks: torn paper in every one, and never green.

/** @typedef {import("../outcomes.js").Look} Look */

const TORN = "M16 3h48l22 22v72l-14-9-14 9-14-9-14 9-14-9-14 9Z";
const TORN_SHIELD = "M50 3l41 14v36l-10 32-11-11-9 15-11-13-11 13-9-15-11 11L9 53V17Z";

const QUESTION = "M39 42c0-16 24-16 24 0 0 10-12 10-12 20M51 72v2";
const CLOCK = "M51 34a18 18 0 1 0 .1 0M51 42v11l8 5";
const KEY = "M60 42a9 9 0 1 0 .1 0M54 58L38 74M44 68l6 6";
const EMPTY = "M34 46h10M56 46h10M34 62h10M56 62h10";
const BAR = "M34 54h34";
const HOURGLASS = "M36 36h30L36 72h30Z";
const PAUSE = "M42 40v30M60 40v30";
const CROSS = "M36 40l30 30M66 40l-30 30";
const BANG = "M50 28v26M50 66v3";

/** @type {Record<string, Look>} */
export const OFFLINE_LOOKS = {
  "offline-genuine": look("unsure", TORN, QUESTION, "資格は未確認　紙は本物・失効なし（オフライン）", "UNCONFIRMED: paper genuine, coverage unknown (offline)"),
  "offline-too-old": look("unsure", TORN, CLOCK, "判定できません　照合データが古すぎます（オフライン）", "CANNOT SAY: the data here is too old (offline)"),
  "offline-unknown-key": look("unsure", TORN, KEY, "判定できません　署名の鍵がこの端末にありません（オフライン）", "CANNOT SAY: signed with a key not known here (offline)"),
  "offline-no-data": look("unsure", TORN, EMPTY, "判定できません　照合データがまだありません（オフライン）", "CANNOT SAY: no data here yet (offline)"),
  "offline-numbers": look("unsure", TORN, BAR, "未確認　番号の照会はサーバーだけができます（オフライン）", "NOT CHECKED: only the server can look numbers up (offline)"),
  "offline-expired": look("paper", TORN, HOURGLASS, "紙の期限切れ　有効期限が過ぎています（オフライン）", "PAPER EXPIRED: its last day has passed (offline)"),
  "offline-suspended": look("paper", TORN, PAUSE, "紙は使用停止中　保険者が停止しています（オフライン）", "PAPER SUSPENDED: by the insurer (offline)"),
  "offline-revoked": look("paper", TORN, CROSS, "紙は失効　保険者が失効させています（オフライン）", "PAPER WITHDRAWN: by the insurer (offline)"),
  "offline-forged": look("fraud", TORN_SHIELD, BANG, "偽造・改ざん　署名が合いません（オフライン）", "FORGED OR ALTERED: the signature fails (offline)"),
};

/** @returns {Look} */
function look(/** @type {Look["light"]} */ light, outline, sign, ja, en) {
  return { light, shape: `${outline}|${sign}`, ja, en };
}
