// Whether the server's answer is another one than the desk was told without network.

const SAME = {
  "offline-expired": "document-expired",
  "offline-suspended": "suspended",
  "offline-revoked": "revoked",
  "offline-forged": "bad-signature",
};

/** Whether people must hear of it: another outcome, or another ratio than the printed one. @param {any} told @param {any} answer */
export function isOtherThanTold(told, answer) {
  const expected = SAME[told.outcome] ?? "valid";
  return answer.outcome !== expected || isOtherRatio(told, answer);
}

/** @param {any} told @param {any} answer */
export function isOtherRatio(told, answer) {
  const [printed, charged] = [told.printed?.ratio_tenths, answer.charge?.ratio_tenths];
  return Boolean(printed && charged && printed !== charged);
}
