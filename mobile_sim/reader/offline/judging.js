// A certificate judged without network (オフライン判定). It never says that coverage holds.

import { NotGenuineError } from "/pages/kit/jose.js";
import { openCertificateCode } from "../paper/certificate_code.js";
import { statusAt, StatusUnknownError } from "../paper/status_list.js";
import { isYoungEnough } from "./age_limit.js";
import { keptList, publishedKeys } from "./trust_data.js";

const REFUSED = { "bad-signature": "offline-forged", "unknown-key": "offline-unknown-key" };
const WITHDRAWN = { invalid: "offline-revoked", suspended: "offline-suspended" };

/**
 * @typedef {{outcome: string, asOf: number|null, fields: Record<string, any>|null}} OfflineVerdict
 * `asOf`: how old the oldest data is that was used; `fields` only of a genuine paper
 */

/**
 * What can be said of a certificate's code at this instant.
 *
 * (1) published keys are at hand; (2) the code is whole, and its insurer's key signed
 * what is printed: a signature that fails is certain, however old the data; (3) the
 * insurer's status list is at hand and true now, and neither it nor the keys are older
 * than the clinic allows; (4) the paper is not withdrawn; (5) its last day has not
 * passed. Whether coverage holds is nowhere in the data.
 * @param {string} code @param {number} at milliseconds
 * @returns {Promise<OfflineVerdict>}
 */
export async function judgeOffline(code, at) {
  const published = await publishedKeys();
  if (!published) return { outcome: "offline-no-data", asOf: null, fields: null }; // (1)
  try {
    const paper = await openCertificateCode(code, published.issuer, published.keys); // (2)
    return { fields: paper.fields, ...(await judgeGenuine(paper, published, at)) };
  } catch (error) {
    if (!(error instanceof NotGenuineError)) throw error;
    return { outcome: REFUSED[error.message] ?? "unreadable", asOf: published.fetchedAt, fields: null };
  }
}

async function judgeGenuine(paper, published, at) {
  const { status, asOf } = await statusOf(paper, published, at); // (3)
  if (status in WITHDRAWN) return { outcome: WITHDRAWN[status], asOf }; // (4)
  if (at >= paper.expiresAt) return { outcome: "offline-expired", asOf }; // (5)
  return { outcome: status === "valid" ? "offline-genuine" : status, asOf };
}

async function statusOf({ fields, statusList }, { keys, fetchedAt }, at) {
  try {
    const list = await keptList(statusList, keys, at);
    if (!list) return { status: "offline-no-data", asOf: null };
    const asOf = Math.min(list.issuedAt, fetchedAt);
    return { status: isYoungEnough(asOf, at) ? statusAt(list, fields.status_index) : "offline-too-old", asOf };
  } catch (error) {
    if (!(error instanceof StatusUnknownError)) throw error;
    return { status: "offline-too-old", asOf: fetchedAt };
  }
}
