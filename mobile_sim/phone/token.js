// スマホ保険証: what the phone reads of its own token (credentials/eligibility_token.py).

import { decodeText } from "/pages/kit/base64url.js";

/**
 * The name of the person, of the disclosures behind the signed part (RFC 9901 §4.2.1).
 * @param {string|null} token
 */
export function nameIn(token) {
  const disclosures = (token ?? "").split("~").slice(1, -1).map((it) => JSON.parse(decodeText(it)));
  return disclosures.find(([, claim]) => claim === "name")?.[2] ?? "";
}
