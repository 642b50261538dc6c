// A file on its way to the house: how far it is, and how to stop it.

import { ProblemError, UnreachableError } from "/pages/kit/connection.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { changes, tellTabs } from "./tabs.js";
import { ToldError } from "./told_error.js";

/** The sending was stopped by the operator. */
export class StoppedError extends Error {}

/** Uploads of this tab: they go on while other pages are looked at. */
class Uploads {
  /** @type {{name: string, back: string, part: number, request: XMLHttpRequest}|null} */
  now = null;
  #listeners = new Set();

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
    let request = await this.#once(desk, path, file);
    if (request.status === 401) {
      desk.sessions.connection.forget(); // its token ran out on the way
      request = await this.#once(desk, path, file);
    }
    const told = opened(request);
    tellTabs("POST", path);
    return told;
  }

  /** Stop what is being sent; what was sent whole may have begun. */
  stop() {
    this.now?.request.abort();
  }

  /** A line for every page but the one that shows the upload itself. */
  draw() {
    if (!this.now || this.now.back === location.hash) return null;
    const words = w(`「${this.now.name}」を送信しています。この画面を離れても続きます。`, `Sending “${this.now.name}”. It goes on while you look at other pages.`);
    return h("div", { class: "note row", id: "upload-note" }, h("p", {}, words, " ", percent(this.now.part)), h("a", { class: "button", href: this.now.back }, w("戻る", "Back to it")));
  }

  async #once(desk, path, file) {
    const headers = await desk.proofs("POST", path);
    const request = new XMLHttpRequest();
    this.now = { name: file.name, back: location.hash, part: 0, request };
    try {
      return await answered(request, path, file.content, headers, (part) => this.#heard(part));
    } finally {
      this.now = null;
      this.#tell();
    }
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

function answered(request, path, content, headers, watch) {
  return new Promise((resolve, reject) => {
    let isSent = false;
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => watch(total ? loaded / total : 0);
    request.upload.onload = () => {
      isSent = true;
      watch(1);
    };
    request.onload = () => resolve(request);
    request.onabort = () => reject(isSent && changes("POST", path) ? tooLate() : new StoppedError());
    request.onerror = () => reject(new UnreachableError("upload"));
    request.send(content);
  });
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
