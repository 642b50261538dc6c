// The desk without network: gets ready while there is one, judges papers while there is
// none, and asks the server for what waits when it is back.

import { dayOf } from "/pages/kit/dates.js";
import { judgeOffline } from "./judging.js";
import { refresh } from "./refreshing.js";
import { settle, settled } from "./settling.js";
import { toldOffline } from "./told.js";
import { publishedKeys } from "./trust_data.js";
import { Waiting } from "./waiting.js";

const TRY_AGAIN_MS = 15_000;
const REFRESH_AGAIN_MS = 60_000;
const NUMBERS = { outcome: "offline-numbers", asOf: null, fields: null };

export class OfflineDesk {
  #waiting = new Waiting();
  #opening = Promise.resolve();
  #connection = null;
  #refreshing = 0;
  #settling = 0;
  #isSettling = false;

  /** @param {(answer?: any, told?: any) => void} onChange called when something was settled, or the data is fresh */
  constructor(onChange) {
    this.onChange = onChange;
    addEventListener("online", () => void this.lineIsBack());
  }

  /** The shift opens. @param {string} pin @param {import("/pages/kit/connection.js").Connection} connection */
  open(pin, connection) {
    this.#connection = connection;
    this.#opening = this.#waiting.open(pin).then(() => this.onChange());
    void setRight(connection.clock);
    void this.lineIsBack();
  }

  /** What waits, the newest first. */
  get waiting() {
    return this.#waiting.entries.filter((it) => !it.answer).map((it) => it.told);
  }

  /** What was answered otherwise than told, and nobody has seen yet. */
  get news() {
    return this.#waiting.entries.filter((it) => it.answer);
  }

  /** What the desk was told, while it waits. @param {any} told @returns {import("./waiting.js").Entry|undefined} */
  entryOf({ check_id: id }) {
    return this.#waiting.entries.find((it) => it.id === id);
  }

  /** The question as it can wait: of a day; a phone's code cannot. @param {any} asked */
  waitable(asked) {
    return asked.shown.code ? null : { ...asked, on: asked.on ?? dayOf(this.#connection.clock.now()) };
  }

  /**
   * Judge without network what was asked under the name `key`, and let it wait for the
   * line: a paper; of numbers nothing can be said.
   * @param {any} question @param {string} key @returns {Promise<any>}
   */
  async judge(question, key) {
    await this.#opening;
    const at = this.#connection.clock.now();
    const { certificate } = question.shown;
    const verdict = certificate ? await judgeOffline(certificate, at) : NUMBERS;
    const id = this.#sameAsked(question)?.id ?? key;
    const told = toldOffline(question, verdict, { id, at });
    if (verdict.outcome === "unreadable") return { ...told, is_waiting: false };
    await this.#waiting.keep({ id, question, told, answer: null });
    this.#settleLater();
    return told;
  }

  /** The server answered a question that also waits: it does so no more. @param {any} asked @param {any} answer */
  async answered(asked, answer) {
    const entry = this.#sameAsked({ ...asked, on: asked.on ?? answer.on });
    if (entry) await this.#waiting.remove(entry.id);
    await this.settle();
    if (entry) this.onChange();
  }

  #sameAsked({ shown, on }) {
    const isSame = ({ question }) => question.on === on && JSON.stringify(question.shown) === JSON.stringify(shown);
    return this.#waiting.entries.find((it) => !it.answer && isSame(it));
  }

  /** The answer came after all, when nobody waited for it any more. @param {string} key @param {any} answer */
  async late(key, answer) {
    await settled(this.#waiting, key, answer, (entry) => this.onChange(answer, entry.told));
  }

  /** Somebody has read what changed. @param {string} id */
  async seen(id) {
    await this.#waiting.remove(id);
    this.onChange();
  }

  /** Settle what waits, and fetch fresh data. */
  async lineIsBack() {
    if (!this.#connection) return;
    await this.settle();
    void this.refresh();
  }

  /** Ask the server for what waits. */
  async settle() {
    await this.#opening;
    if (this.#isSettling || !this.waiting.length) return;
    this.#isSettling = true;
    try {
      await settle(this.#waiting, this.#connection, (entry, answer) => this.onChange(answer, entry.told));
    } finally {
      this.#isSettling = false;
      this.#settleLater();
    }
  }

  #settleLater() {
    clearTimeout(this.#settling);
    if (this.waiting.length) this.#settling = setTimeout(() => void this.settle(), TRY_AGAIN_MS);
  }

  /** Fetch keys and lists, and again when they have had their time. */
  async refresh() {
    clearTimeout(this.#refreshing);
    const again = await refresh(this.#connection).catch(() => REFRESH_AGAIN_MS);
    if (!this.#connection) return;
    this.#refreshing = setTimeout(() => void this.refresh(), again);
    this.onChange();
  }

  /** A break. */
  lock() {
    this.#stop();
    this.#waiting.lock();
  }

  /** The shift ends. */
  async end() {
    this.#stop();
    await this.#waiting.end();
  }

  #stop() {
    this.#connection = null;
    clearTimeout(this.#refreshing);
    clearTimeout(this.#settling);
  }
}

/** Without a word of the server, the clock is as far off as when it last spoke. */
async function setRight(clock) {
  const { correction = 0 } = (await publishedKeys()) ?? {};
  if (clock.correction === 0) clock.set(Date.now() + correction);
}
