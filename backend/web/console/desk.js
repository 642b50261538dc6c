// What every page works with: it asks the house, and signs in again in place if need be.

import { ProblemError, read } from "/pages/kit/connection.js";
import { byId } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { tellTabs } from "./tabs.js";
import { ToldError } from "./told_error.js";
import { Waiting } from "./waiting.js";

/** How long a door may take that works through a whole list. */
export const LONG_MS = 10 * 60_000;
const ENDED = ["invalid_client", "unauthenticated"];

/** The desk of one operator: what was begun at it ends with it. */
export class Desk {
  #isClosed = false;

  /**
   * @param {import("./sessions.js").Sessions} sessions
   * @param {() => Promise<void>} again asks to sign in again; throws if that is declined
   * @param {() => void} redraw
   * @param {() => Promise<void>} reload asks anew what the page shows
   */
  constructor(sessions, again, redraw, reload) {
    this.sessions = sessions;
    this.again = again;
    this.redraw = redraw;
    this.reload = reload;
    this.operator = sessions.kept?.operator;
    this.waiting = new Waiting(this);
  }

  /** The JSON of an answer. @param {string} method @param {string} path @param {object|Blob} [body] @param {number} [patience] milliseconds */
  async ask(method, path, body, patience) {
    const answer = await this.answer(method, path, body, patience);
    return answer.status === 204 ? null : read(answer);
  }

  /** The same of what is looked at again and again: it never asks to sign in. @param {string} path */
  async watch(path) {
    return this.#connection.ask("GET", path);
  }

  /** The answer itself, for files. @param {string} method @param {string} path @param {object|Blob} [body] @param {number} [patience] milliseconds */
  async answer(method, path, body, patience) {
    const answer = await this.#signedIn((connection) => connection.answer(method, path, body, {}, patience));
    if (answer.ok) tellTabs(method, path);
    return answer;
  }

  /** The headers that prove who asks. @param {string} method @param {string} path */
  async proofs(method, path) {
    return this.#signedIn((connection) => connection.proofs(method, path));
  }

  /** Whether its operator is still the one signed in. */
  get isOpen() {
    return !this.#isClosed && this.sessions.kept?.operator === this.operator;
  }

  /** For good: even the same operator comes back to another. */
  close() {
    this.#isClosed = true;
  }

  get #connection() {
    if (!this.isOpen) throw anotherOperator();
    return this.sessions.connection;
  }

  /** Send; once more after signing in again, if the session has ended. @param {(connection: import("/pages/kit/connection.js").Connection) => Promise<any>} send */
  async #signedIn(send) {
    const first = await send(this.#connection).catch(endedOrThrow);
    if (first && first.status !== 401) return first;
    if (this.isOpen) await this.again();
    return send(this.#connection);
  }

  /** Milliseconds since 1970, by the house. */
  now() {
    return this.sessions.connection.clock.now();
  }

  /** Say it to whoever cannot see it. @param {string} words */
  say(words) {
    byId("told").textContent = words;
  }
}

/** Why nothing of what was begun here is done. */
export function anotherOperator() {
  return new ToldError(w("サインインしている担当者が替わりました。前の担当者の入力と、途中だった操作は取り消されました。", "Somebody else is signed in now. What the operator before had entered or begun was dropped."));
}

function endedOrThrow(error) {
  if (error instanceof ProblemError && ENDED.includes(error.code)) return null;
  throw error;
}
