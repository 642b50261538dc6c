// Seals what waits for the line: AES-GCM under a key made of the desk's PIN, in memory alone.

const ROUNDS = 600_000; // as the PIN's own digest has, under another salt
const AES = { name: "AES-GCM", length: 256 };

/** @typedef {{iv: Uint8Array, octets: ArrayBuffer}} Sealed */

/** The key; no script can read its octets. @param {string} pin @param {BufferSource} salt */
export async function sealingKey(pin, salt) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, secret, AES, false, ["encrypt", "decrypt"]);
}

/** @param {CryptoKey} key @param {object} value @returns {Promise<Sealed>} */
export async function sealed(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const octets = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  return { iv, octets };
}

/** The value, or null if another key sealed it. @param {CryptoKey} key @param {Sealed} box */
export async function unsealed(key, { iv, octets }) {
  const how = { name: "AES-GCM", iv: /** @type {BufferSource} */ (iv) };
  const plain = await crypto.subtle.decrypt(how, key, octets).catch(() => null);
  return plain && JSON.parse(new TextDecoder().decode(plain));
}
