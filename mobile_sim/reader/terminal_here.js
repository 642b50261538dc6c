// The terminal in this tab: comes, is enrolled anew, ends, or yields to another tab.

import { beTheOne } from "./one_tab.js";
import { hasPin } from "./shift.js";
import { enrolledTerminal, forgetKey, forgetTerminal } from "./terminal.js";

const NOBODY = { answer: null, question: null, trouble: "" };
const NO_TERMINAL = { ...NOBODY, connection: null, clinic: null };

export class TerminalHere {
  /** @param {(view: string, more?: object) => void} go @param {{lock: () => void, end: () => Promise<void>}} shift */
  constructor(go, shift) {
    this.go = go;
    this.shift = shift;
  }

  /** The page was opened. */
  async come() {
    if (await beTheOne(() => this.#yield())) await this.#start();
    else this.go("elsewhere");
  }

  /** This tab instead of another. */
  async takeOver() {
    await beTheOne(() => this.#yield(), true);
    await this.#start();
  }

  /** With a terminal that is enrolled: its PIN, or the choice of one. @param {any} connection */
  async arrive(connection) {
    this.go((await hasPin()) ? "lock" : "choose-pin", { connection, clinic: null });
  }

  /** The key is of no use any more; PIN and settings stay. */
  async enrolAnew() {
    await forgetKey();
    this.go("enrol", NO_TERMINAL);
  }

  /** Nothing of it stays here. */
  async endEnrolment() {
    await this.shift.end();
    await forgetTerminal();
    this.go("enrol", NO_TERMINAL);
  }

  async #start() {
    const connection = await enrolledTerminal();
    if (connection) await this.arrive(connection);
    else this.go("enrol");
  }

  /** Another tab has taken the desk over: nothing is read or seen here. */
  #yield() {
    this.shift.lock();
    this.go("elsewhere", NOBODY);
  }
}
