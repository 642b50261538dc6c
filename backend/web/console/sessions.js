// The operator's session: opened by a passkey, kept by the browser, the same in every tab.

import { Connection } from "/pages/kit/connection.js";
import { digest, makeKey, sealSelfSigned, thumbprint } from "/pages/kit/jose.js";
import { Cupboard } from "/pages/kit/kept.js";
import { askForPasskey, makePasskey } from "./passkey.js";

const DOOR = "/v1/operators";
const NAME = "session";
const WARN_BEFORE_MS = 10 * 60_000;

/**
 * @typedef {object} Kept What the cupboard holds; the key cannot be exported.
 * @property {CryptoKeyPair} key
 * @property {string} clientId
 * @property {string} operator
 * @property {string} name
 * @property {string} insurer
 * @property {string} insurerName
 * @property {string} endsAt
 */

/** The session of this browser, or none; every tab hears when it changes. */
export class Sessions {
  /** @type {Kept|null} */
  kept = null;
  connection = new Connection(null, null);
  #cupboard = new Cupboard("console");
  #tabs = new BroadcastChannel("shikaku-console");
  #listener = () => {};

  /** @param {() => void} listener called when another tab signed in or out */
  constructor(listener) {
    this.#listener = listener;
    this.#tabs.onmessage = () => this.restore().then(this.#listener);
  }

  /** Take up the session that this browser keeps, unless it has ended. */
  async restore() {
    const kept = await this.#cupboard.get(NAME);
    this.#take(kept && Date.parse(kept.endsAt) > this.connection.clock.now() ? kept : null);
  }

  /** Open a session with a passkey; the fresh key is bound to what the passkey signs. */
  async signIn() {
    const key = await makeKey();
    const connection = new Connection(key, null, this.connection.clock);
    const options = await connection.openly("POST", `${DOOR}/sign-ins/options`, { jkt: await thumbprint(key) });
    const credential = await askForPasskey(options);
    const possession = await prove(connection, options.challenge);
    const told = await connection.openly("POST", `${DOOR}/sign-ins`, { credential, possession });
    connection.clientId = told.client_id;
    await this.#keep(key, told, await connection.ask("GET", "/v1/insurer/me"));
  }

  /** Spend a one-time code: this device's passkey is known from now on. @param {string} code */
  async register(code) {
    const options = await this.connection.openly("POST", `${DOOR}/passkeys/options`, { code });
    const credential = await makePasskey(options);
    return this.connection.openly("POST", `${DOOR}/passkeys`, { code, credential });
  }

  /** End the session, here and at the server; without a network it ends here alone. */
  async signOut() {
    const leaving = this.connection;
    await this.#cupboard.remove(NAME);
    this.#take(null);
    this.#tabs.postMessage("changed");
    await leaving.answer("DELETE", `${DOOR}/sign-ins/current`).catch(() => null);
  }

  /** Milliseconds until the session ends. */
  get msLeft() {
    return this.kept ? Date.parse(this.kept.endsAt) - this.connection.clock.now() : 0;
  }

  /** Whether its end must be announced now. */
  get endsSoon() {
    return this.kept !== null && this.msLeft < WARN_BEFORE_MS;
  }

  async #keep(key, told, me) {
    const kept = {
      key,
      clientId: told.client_id,
      operator: me.id,
      name: told.name,
      insurer: told.insurer_number,
      insurerName: me.insurer_name,
      endsAt: told.expires_at,
    };
    await this.#cupboard.put(NAME, kept);
    this.#take(kept);
    this.#tabs.postMessage("changed");
  }

  #take(kept) {
    if (kept?.clientId === this.kept?.clientId) return;
    this.kept = kept;
    this.connection = new Connection(kept?.key ?? null, kept?.clientId ?? null, this.connection.clock);
  }
}

async function prove(connection, challenge) {
  const claims = { aud: await connection.issuer(), code: await digest(challenge), iat: connection.clock.seconds() };
  return sealSelfSigned(connection.key, "shikaku-possession+jwt", claims);
}
