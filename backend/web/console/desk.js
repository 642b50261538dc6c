// What every page works with: it asks the house, and signs in again in place if need be.

import { ProblemError, read } from "/pages/kit/connection.js";
import { byId } from "/pages/kit/dom.js";
import { tellTabs } from "./tabs.js";
import { Waiting } from "./waiting.js";

/** How long a door may take that works through a whole list. */
export const LONG_MS = 10 * 60_000;
const ENDED = ["invalid_client", "unauthenticated"];

/** The operator's desk. */
export class Desk {
  /**
   * @param {import("./sessions.js").Sessions} sessions
   * @param {() => Promise<void>} again asks to sign in again; throws if that is declined
   * @param {() => void} redraw
   */
  constructor(sessions, again, redraw) {
    this.sessions = sessions;
    this.again = again;
    this.redraw = redraw;
    this.waiting = new Waiting(this);
  }

  /** The JSON of an answer. @param {string} method @param {string} path @param {object|Blob} [body] @param {number} [patience] milliseconds */
  async ask(method, path, body, patience) {
    const answer = await this.answer(method, path, body, patience);
    return answer.status === 204 ? null : read(answer);
  }

  /** The same of what is looked at again and again: it never asks to sign in. @param {string} path */
  async watch(path) {
    return this.sessions.connection.ask("GET", path);
  }

  /** The answer itself, for files. @param {string} method @param {string} path @param {object|Blob} [body] @param {number} [patience] milliseconds */
  async answer(method, path, body, patience) {
    const send = () => this.sessions.connection.answer(method, path, body, {}, patience);
    const first = await send().catch(endedOrThrow);
    if (first && first.status !== 401) return told(first, method, path);
    await this.again();
    return told(await send(), method, path);
  }

  /** The headers that prove who asks. @param {string} method @param {string} path */
  async proofs(method, path) {
    const prove = () => this.sessions.connection.proofs(method, path);
    const proofs = await prove().catch(endedOrThrow);
    if (proofs) return proofs;
    await this.again();
    return prove();
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

function told(answer, method, path) {
  if (answer.ok) tellTabs(method, path);
  return answer;
}

function endedOrThrow(error) {
  if (error instanceof ProblemError && ENDED.includes(error.code)) return null;
  throw error;
}
