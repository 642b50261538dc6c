// A file on its way to the house: how far it is, and how to stop it.

import { ProblemError, UnreachableError } from "/pages/kit/connection.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { changes, tellTabs } from "./tabs.js";
import { ToldError } from "./told_error.js";

/** The sending was stopped by the operator. */
export class StoppedError extends Error {}

/** Uploads of this tab, one at a time: they go on while other pages are looked at. */
class Uploads {
  /** @type {{name: string, back: string, part: number, stopping: AbortController}|null} */
  now = null;
  /** What became of uploads whose page was left. @type {{href: string, words: () => string}[]} */
  #notes = [];
  /** @type {string|undefined} */
  #operator;
  #listeners = new Set();

  constructor() {
    addEventListener("hashchange", () => this.#close(location.hash)); // it is read now
  }

  get isBusy() {
    return this.now !== null;
  }

  /** @param {() => void} listen */
  onChange(listen) {
    this.#listeners.add(listen);
  }

  /**
   * Send a file and read the JSON of the answer.
   * @param {import("./desk.js").Desk} desk @param {string} path @param {{name: string, content: Blob}} file
   * @throws {StoppedError|ToldError|UnreachableError|ProblemError}
   */
  async send(desk, path, file) {
    if (this.now) throw underWay(this.now.name);
    const now = (this.now = { name: file.name, back: location.hash, part: 0, stopping: new AbortController() });
    try {
      const told = opened(await this.#admitted(desk, path, file.content, now.stopping.signal));
      tellTabs("POST", path);
      return told;
    } finally {
      this.now = null;
      this.#tell();
    }
  }

  /** Stop what is being sent; what was sent whole may have begun. */
  stop() {
    this.now?.stopping.abort();
  }

  /** Say on every page what became of an upload, until it is read or closed. @param {string} href where it is read @param {() => string} words */
  note(href, words) {
    this.#close(href); // one line for each run, the last that was said of it
    if (href !== location.hash) this.#notes.push({ href, words });
    this.#tell();
  }

  /** Who is signed in; nothing of another's goes on or is shown. @param {string} [operator] */
  belongTo(operator) {
    if (operator === this.#operator) return;
    this.stop();
    [this.#operator, this.#notes] = [operator, []];
  }

  /** A line for every page but the one that shows the upload itself. */
  draw() {
    return [this.#drawNow(), this.#notes.map((it) => this.#drawNote(it))];
  }

  #drawNow() {
    if (!this.now || this.now.back === location.hash) return null;
    const words = w(`「${this.now.name}」を送信しています。この画面を離れても続きます。`, `Sending “${this.now.name}”. It goes on while you look at other pages.`);
    return h("div", { class: "note row", id: "upload-note" }, h("p", {}, words, " ", percent(this.now.part)), h("a", { class: "button", href: this.now.back }, w("戻る", "Back to it")));
  }

  #drawNote({ href, words }) {
    const close = h("button", { type: "button", onclick: () => this.#close(href) }, w("閉じる", "Close"));
    return h("div", { class: "note row upload-ended" }, h("p", {}, words()), h("a", { class: "button", href }, w("その処理を見る", "Look at that run")), close);
  }

  #close(href) {
    this.#notes = this.#notes.filter((it) => it.href !== href);
    this.#tell();
  }

  /** The answer, asked for once more if the token ran out on the way. */
  async #admitted(desk, path, content, signal) {
    const request = await this.#once(desk, path, content, signal);
    if (request.status !== 401) return request;
    desk.sessions.connection.forget();
    return this.#once(desk, path, content, signal);
  }

  async #once(desk, path, content, signal) {
    const headers = await desk.proofs("POST", path);
    if (signal.aborted) throw new StoppedError();
    return answered(path, content, headers, signal, (part) => this.#heard(part));
  }

  #heard(part) {
    if (this.now) this.now.part = part;
    this.#tell();
  }

  #tell() {
    for (const listen of this.#listeners) listen();
  }
}

export const UPLOADS = new Uploads();

/** A part of one as people read it. @param {number} part */
export const percent = (part) => `${Math.floor(part * 100)} %`;

function answered(path, content, headers, signal, watch) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let isSent = false;
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => watch(total ? loaded / total : 0);
    request.upload.onload = () => {
      isSent = true;
      watch(1);
    };
    request.onload = () => resolve(request);
    signal.onabort = () => request.abort();
    request.onabort = () => reject(isSent && changes("POST", path) ? tooLate() : new StoppedError());
    request.onerror = () => reject(new UnreachableError("upload"));
    request.send(content);
  });
}

function underWay(name) {
  return new ToldError(w(`「${name}」を送信しています。終わってから、もう一度押してください。`, `“${name}” is being sent. Press again once that is done.`));
}

function tooLate() {
  return new ToldError(w("サーバーに届いているかもしれません。「一括処理の状況」で確かめてください。", "It may have reached the server. See “Runs” to be sure."));
}

function opened(request) {
  let document = {};
  try {
    document = JSON.parse(request.responseText);
  } catch {
    if (request.status < 400) throw new UnreachableError("broken answer");
  }
  if (request.status >= 400) throw new ProblemError(request.status, document);
  return document;
}
