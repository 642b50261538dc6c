// A connection of this browser's key: enrolment, access tokens, proofs on every request.

import { Clock } from "./clock.js";
import { digest, freshName, sealSelfSigned, seal, thumbprint } from "./jose.js";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"; // RFC 7523 §2.2
const PATIENCE_MS = 10_000;
const RENEW_BEFORE_MS = 30_000;

/** The server refused: `code` is the problem's, `said` what to tell people and `remedy` what to do (ja, en). */
export class ProblemError extends Error {
  /** @param {number} status @param {any} document */
  constructor(status, document) {
    super(`${status} ${document.code ?? ""}`);
    this.status = status;
    this.code = document.code ?? document.error ?? "internal";
    this.said = document.said ?? null;
    this.remedy = document.remedy ?? null;
    this.errors = document.errors ?? [];
  }
}

/** No answer of our server: no network, another one that answers, or a server too slow. */
export class UnreachableError extends Error {}

/** Speaks to the house for one key; `clientId` is null until the key is enrolled. */
export class Connection {
  #issuer = null;
  #token = null;
  #renewAt = 0;

  /** @param {CryptoKeyPair|null} key @param {string|null} clientId @param {Clock} clock */
  constructor(key, clientId, clock = new Clock()) {
    this.key = key;
    this.clientId = clientId;
    this.clock = clock;
  }

  /** Spend a one-time code: the key becomes a known client. @param {string} door @param {string} code @param {object} more */
  async enrol(door, code, more) {
    const claims = { aud: await this.issuer(), code: await digest(code), iat: this.clock.seconds() };
    const possession = await sealSelfSigned(this.key, "shikaku-possession+jwt", claims);
    const answer = await this.openly("POST", door, { code, possession, ...more });
    this.clientId = answer.client_id;
    return answer;
  }

  /** Ask a door that needs no key. @param {string} method @param {string} path @param {object} [body] */
  async openly(method, path, body) {
    return read(await this.#send(method, path, {}, body));
  }

  /**
   * Ask as this client; an object is sent as JSON, a Blob as it is.
   * @param {string} method @param {string} path @param {object|Blob} [body] @param {Record<string, string>} [headers]
   */
  async ask(method, path, body, headers = {}) {
    return read(await this.answer(method, path, body, headers));
  }

  /**
   * The answer itself, for files. `patience` is how long it may take, where that is long.
   * @param {string} method @param {string} path @param {object|Blob} [body] @param {Record<string, string>} [headers] @param {number} [patience] milliseconds
   */
  async answer(method, path, body, headers = {}, patience) {
    const send = async () => this.#send(method, path, { ...headers, ...(await this.proofs(method, path)) }, body, patience);
    const first = await send();
    if (first.status !== 401) return first;
    this.forget(); // it ran out, or our clock was wrong: once more
    return send();
  }

  /** The token is no good any more: the next request gets a fresh one. */
  forget() {
    this.#token = null;
  }

  /** The house's name, which proofs are made out to (RFC 8414). */
  async issuer() {
    this.#issuer ??= (await this.openly("GET", "/.well-known/oauth-authorization-server")).issuer;
    return this.#issuer;
  }

  /** Get ready: after this the next question needs no second journey. */
  async warm() {
    await this.#freshToken();
  }

  /** The headers that prove who asks, for whoever sends by themselves. @param {string} method @param {string} path */
  async proofs(method, path) {
    const token = await this.#freshToken();
    return { Authorization: `DPoP ${token}`, DPoP: await this.#dpop(method, path, token) };
  }

  async #dpop(method, path, token) {
    const htu = (await this.issuer()) + path.split("?")[0];
    const claims = { jti: freshName(), htm: method, htu, iat: this.clock.seconds() };
    return sealSelfSigned(this.key, "dpop+jwt", token ? { ...claims, ath: await digest(token) } : claims);
  }

  async #freshToken() {
    if (this.#token && this.clock.now() < this.#renewAt) return this.#token;
    const { correction } = this.clock;
    let granted = await this.#grant();
    // Our clock was wrong, or jumped since; the refusal has set it right: once more.
    if (!granted.ok && this.clock.correction !== correction) granted = await this.#grant();
    const told = await read(granted);
    this.#token = told.access_token;
    this.#renewAt = this.clock.now() + told.expires_in * 1000 - RENEW_BEFORE_MS;
    return this.#token;
  }

  async #grant() {
    const path = "/oauth/token";
    const [iss, iat] = [await this.issuer(), this.clock.seconds()];
    const claims = { iss: this.clientId, sub: this.clientId, aud: iss, jti: freshName(), iat, exp: iat + 60 };
    const header = { typ: "client-authentication+jwt", kid: await thumbprint(this.key) };
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await seal(this.key, header, claims),
    });
    return this.#send("POST", path, { DPoP: await this.#dpop("POST", path, null) }, form);
  }

  async #send(method, path, headers, body, patience) {
    const isJson = body !== undefined && !(body instanceof Blob) && !(body instanceof URLSearchParams);
    const sent = isJson ? JSON.stringify(body) : body;
    const type = isJson ? { "Content-Type": "application/json" } : {};
    const signal = AbortSignal.timeout(patience ?? (body instanceof Blob ? 12 * PATIENCE_MS : PATIENCE_MS));
    try {
      const answer = await fetch(path, { method, headers: { ...type, ...headers }, body: sent, signal, cache: "no-store" });
      this.clock.hear(answer);
      return answer;
    } catch (error) {
      throw new UnreachableError(String(error));
    }
  }
}

/**
 * The JSON of an answer. Throws ProblemError for a refusal of ours, UnreachableError where
 * somebody else answered: a network that wants a sign-in first says anything with any status.
 * @param {Response} answer
 */
export async function read(answer) {
  const document = answer.status === 204 ? {} : await answer.json().catch(() => null);
  if (answer.ok && document) return document;
  const isOurs = answer.status >= 500 || Boolean(document?.code ?? document?.error);
  if (!isOurs) throw new UnreachableError(`somebody else answered ${answer.status}`);
  throw new ProblemError(answer.status, document ?? {});
}
