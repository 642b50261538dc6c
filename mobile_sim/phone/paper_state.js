// What a certificate is worth on a day, in words.

import { day } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";

/** valid, suspended, revoked or expired. @param {{state: string, expires_on: string}} paper @param {string} today */
export const paperState = ({ state, expires_on }, today) => (state === "valid" && expires_on < today ? "expired" : state);

const WORDS = {
  valid: (until) => w(`✓ 有効（${until}まで）`, `✓ Valid until ${until}`),
  suspended: () => w("‖ 使用停止中。いまは使えません", "‖ Suspended: not to be used now"),
  revoked: () => w("✕ 失効しました。使えません", "✕ Revoked: not to be used"),
  expired: (until) => w(`✕ 期限切れ（${until}まで）`, `✕ Expired: it was valid until ${until}`),
};

/** @param {string} state @param {string} expiresOn */
export const paperWords = (state, expiresOn) => WORDS[state](day(expiresOn));
