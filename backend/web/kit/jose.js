// Signed compact JWTs (RFC 7515, ES256 only): made with our own key, opened with the server's.

import { decode, decodeText, encode, encodeText } from "./base64url.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };

/** A token that is not genuine; the message is the reason, as the vectors name it. */
export class NotGenuineError extends Error {}

/** A new key of this browser; its private half cannot be exported. */
export const makeKey = () => crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);

/** The public half as a JWK of its four needed members (RFC 7638 §3.2). @param {CryptoKeyPair} key */
export async function publicJwk(key) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", key.publicKey);
  return { kty, crv, x, y };
}

/** The name of a key (RFC 7638 §3). @param {CryptoKeyPair} key */
export async function thumbprint(key) {
  const { crv, kty, x, y } = await publicJwk(key);
  return digest(JSON.stringify({ crv, kty, x, y }));
}

/** r||s, 64 octets. @param {CryptoKeyPair} key @param {BufferSource} octets */
export async function sign(key, octets) {
  return new Uint8Array(await crypto.subtle.sign(SIGNATURE, key.privateKey, octets));
}

/** A compact JWT. @param {CryptoKeyPair} key @param {object} header @param {object} claims */
export async function seal(key, header, claims) {
  const input = `${encodeText(JSON.stringify({ ...header, alg: "ES256" }))}.${encodeText(JSON.stringify(claims))}`;
  return `${input}.${encode(await sign(key, new TextEncoder().encode(input)))}`;
}

/** A JWT whose header carries the key that signed it. @param {CryptoKeyPair} key @param {string} typ @param {object} claims */
export async function sealSelfSigned(key, typ, claims) {
  return seal(key, { typ, jwk: await publicJwk(key) }, claims);
}

/**
 * The claims of a token signed by one of these published keys.
 *
 * (1) three parts, JSON; (2) its kind; (3) a known key; (4) its signature. Time is not
 * judged here. Throws NotGenuineError.
 * @param {string} token @param {string} typ @param {{kid: string}[]} keys
 */
export async function open(token, typ, keys) {
  const [header, claims] = parts(token);
  if (header.typ !== typ || header.alg !== "ES256") throw new NotGenuineError("wrong-kind");
  const jwk = keys.find((key) => key.kid === header.kid);
  if (!jwk) throw new NotGenuineError("unknown-key");
  const cut = token.lastIndexOf(".");
  const input = new TextEncoder().encode(token.slice(0, cut));
  if (!(await isSignedBy(jwk, input, decode(token.slice(cut + 1))))) throw new NotGenuineError("bad-signature");
  return claims;
}

/** Whether a public key signed these octets. @param {object} jwk @param {BufferSource} octets @param {BufferSource} signature */
export async function isSignedBy(jwk, octets, signature) {
  const { kty, crv, x, y } = /** @type {any} */ (jwk);
  const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, ["verify"]);
  return crypto.subtle.verify(SIGNATURE, key, signature, octets);
}

function parts(token) {
  const found = token.split(".");
  if (found.length !== 3) throw new NotGenuineError("malformed");
  try {
    return [JSON.parse(decodeText(found[0])), JSON.parse(decodeText(found[1]))];
  } catch {
    throw new NotGenuineError("malformed");
  }
}

/** The SHA-256 of a text, as proofs name a secret without carrying it (RFC 9449 §4.2). @param {string} secret */
export async function digest(secret) {
  return encode(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret)));
}

/** A fresh random name of 128 bits. */
export const freshName = () => encode(crypto.getRandomValues(new Uint8Array(16)));
