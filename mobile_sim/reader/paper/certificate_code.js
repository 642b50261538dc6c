// A certificate's code (資格確認書の QR コード) opened without network, with published keys.

import { encode } from "/pages/kit/base64url.js";
import { isSignedBy, NotGenuineError } from "/pages/kit/jose.js";
import { base32, CERTIFICATE, DamagedCodeError, ForeignCodeError, unpack } from "/pages/kit/transport.js";
import { expiry, signingInput, statusList } from "./claims.js";
import { Octets } from "./octets.js";
import { readFields } from "./template.js";

const FORMS = /** @type {const} */ ({ 0x11: "a4", 0x12: "postcard", 0x20: "card" });
const [KID_OCTETS, SIGNATURE_OCTETS] = [5, 64];

/** @typedef {{kid: string, insurer?: string}} PublishedKey a JWK of /.well-known/jwks.json */
/** @typedef {{fields: Record<string, any>, form: string, expiresAt: number, statusList: string, jwt: string}} Paper `expiresAt` in milliseconds */

/**
 * A genuine certificate; its time, status and coverage are still to be judged.
 *
 * (1) a whole code of this kind; (2) fields of a known template, from which the signed
 * text is rebuilt; (3) a published key; (4) its signature over that text; (5) the key of
 * the very insurer that is printed. Throws NotGenuineError.
 * @param {string} text @param {string} issuer where the house stands @param {PublishedKey[]} keys
 * @returns {Promise<Paper>}
 */
export async function openCertificateCode(text, issuer, keys) {
  const { form, kid, signature, fields } = await read(payloadOf(text)); // (1) (2)
  const key = keys.find((it) => it.kid === kid && it.insurer);
  if (!key) throw new NotGenuineError("unknown-key"); // (3)
  const input = signingInput(fields, form, kid, issuer);
  const isSigned = await isSignedBy(key, new TextEncoder().encode(input), /** @type {BufferSource} */ (signature));
  if (!isSigned) throw new NotGenuineError("bad-signature"); // (4)
  if (key.insurer !== fields.insurer_number) throw new NotGenuineError("unknown-key"); // (5)
  return { fields, form, expiresAt: expiry(fields.expires_on) * 1000, statusList: statusList(fields, issuer), jwt: `${input}.${encode(signature)}` };
}

function payloadOf(text) {
  try {
    const [kind, payload] = unpack(text);
    if (kind === CERTIFICATE) return payload;
  } catch (error) {
    if (error instanceof DamagedCodeError) throw new NotGenuineError("malformed");
    if (!(error instanceof ForeignCodeError)) throw error;
  }
  throw new NotGenuineError("wrong-kind");
}

async function read(payload) {
  try {
    const source = new Octets(payload);
    const form = FORMS[source.number(1)];
    if (!form) throw new TypeError("no such template");
    const kid = base32(source.take(KID_OCTETS));
    const signature = source.take(SIGNATURE_OCTETS);
    return { form, kid, signature, fields: await readFields(source.rest(), form) };
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw new NotGenuineError("malformed");
    throw error;
  }
}
