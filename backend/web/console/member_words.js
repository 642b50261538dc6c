// Words for what the register holds of a member.

import { w } from "/pages/kit/language.js";

const SEXES = { 1: () => w("男", "male"), 2: () => w("女", "female"), 3: () => w("—", "not set") };
const RELATIONS = { 1: () => w("本人", "insured person"), 2: () => w("家族", "family") };
const LOSSES = {
  "01": () => w("死亡", "death"),
  "02": () => w("生活保護受給開始", "public assistance began"),
  "03": () => w("医療保険等の資格取得", "joined another insurance"),
  99: () => w("その他", "other"),
};
const CARDS = {
  USABLE: () => w("マイナ保険証を使える", "can use the My Number card"),
  NO_CARD: () => w("マイナンバーカードなし", "has no card"),
  NOT_REGISTERED: () => w("保険証利用の登録なし", "card not registered as insurance card"),
  DEREGISTERED: () => w("保険証利用の登録解除", "registration taken back"),
  CARD_CERTIFICATE_EXPIRED: () => w("電子証明書の有効期限切れ", "the card’s certificate has expired"),
  CARD_RETURNED: () => w("カード返納", "the card was returned"),
  SELF_VIEW_BLOCKED: () => w("自己情報の閲覧不可設定", "own data blocked from view"),
  NEEDS_HELP: () => w("要配慮者", "needs help to use the card"),
  CARD_LOST: () => w("カード紛失・更新中", "the card is lost or being renewed"),
};
const STATES = { valid: () => w("有効", "valid"), suspended: () => w("停止中", "suspended"), revoked: () => w("失効", "revoked"), expired: () => w("期限切れ", "expired") };
export const STATE_LOOKS = { valid: "good", suspended: "warn", revoked: "bad", expired: "" };

const KINDS = {
  checked: () => w("資格確認", "Checked"),
  "check-refused": () => w("資格確認（拒否）", "Check refused"),
  "activation-code-made": () => w("有効化コードを作成", "Activation code made"),
  "phone-activated": () => w("スマホを登録", "Phone activated"),
  "delegation-granted": () => w("家族などのスマホに許可", "Another’s phone allowed"),
  "code-minted": () => w("5分間のコードを発行", "Five-minute code given"),
  "token-issued": () => w("スマホ保険証を発行", "Token issued"),
  "certificates-issued": () => w("資格確認書を交付", "Certificate issued"),
  withdrawn: () => w("失効", "Revoked"),
  suspended: () => w("停止", "Suspended"),
  reinstated: () => w("停止の解除", "Reinstated"),
  "coverage-registered": () => w("資格を登録", "Coverage registered"),
  "coverage-changed": () => w("資格を変更", "Coverage changed"),
  "coverage-ended": () => w("資格喪失", "Coverage ended"),
  "coverage-corrected": () => w("資格を訂正", "Coverage corrected"),
  "coverage-reopened": () => w("喪失を取消し", "Loss taken back"),
  "filing-noted": () => w("届出を受付", "Filing noted"),
  "filing-ended": () => w("届出を終了", "Filing ended"),
  "history-read": () => w("履歴を閲覧", "History read"),
  "report-filed": () => w("本人からの申出", "Report from the member"),
  "report-answered": () => w("申出に回答", "Report answered"),
  "key-changed": () => w("スマホの鍵を変更・停止", "Phone’s key changed or ended"),
};

const word = (table) => (code) => table[code]?.() ?? code ?? "";
export const sexWord = word(SEXES);
export const relationWord = word(RELATIONS);
export const lossWord = word(LOSSES);
export const cardWord = word(CARDS);
export const paperWord = word(STATES);
export const historyWord = word(KINDS);

/** 3割 from 030. @param {string} value three digits, per cent */
export const ratioWord = (value) => w(`${Number(value) / 10}割`, `${Number(value)} %`);

/** 記号・番号・枝番 as printed. @param {any} coverage */
export function numbers({ symbol, number, branch }) {
  const parts = [symbol && w(`記号 ${symbol}`, `symbol ${symbol}`), w(`番号 ${number}`, `number ${number}`), branch && w(`枝番 ${branch}`, `branch ${branch}`)];
  return parts.filter(Boolean).join(w("　", ", "));
}

/** Where a certificate stands today. @param {any} paper @param {string} today YYYY-MM-DD */
export const paperState = (paper, today) => (paper.state === "valid" && paper.expires_on < today ? "expired" : paper.state);

/** Whether a coverage holds on a day. @param {any} coverage @param {string} on YYYY-MM-DD */
export const holds = (coverage, on) => coverage.acquired_on <= on && (!coverage.lost_on || coverage.lost_on > on);
