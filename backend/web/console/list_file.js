// A list to send: dropped or chosen, read into memory once, so that twice is the same.

import { h, name } from "/pages/kit/dom.js";
import { language, w } from "/pages/kit/language.js";
import { problemBox } from "./problem_box.js";
import { ToldError } from "./told_error.js";

const MIB = 1024 * 1024;
const LARGEST = 32 * MIB;
const TYPES = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
};

/** The file of one page, with what is wrong with it. */
export class ListFile {
  /** @type {{name: string, size: number, content: Blob}|null} */
  chosen = null;
  /** @type {unknown} */
  trouble = null;
  #id;
  #kinds;
  #changed;

  /** @param {string} id @param {string[]} kinds endings of file names @param {() => void} changed */
  constructor(id, kinds, changed) {
    this.#id = id;
    this.#kinds = kinds;
    this.#changed = changed;
  }

  /** Put the file aside. */
  clear() {
    [this.chosen, this.trouble] = [null, null];
  }

  /** Where a file is dropped or chosen. @param {boolean} isBusy */
  draw(isBusy) {
    const kinds = this.#kinds.map((it) => it.toUpperCase()).join(w("・", ", "));
    const hint = w(`${kinds}、32MBまで。文字コード（UTF-8・CP932）は自動で見分けます。`, `${kinds}, up to 32 MB. The encoding (UTF-8, CP932) is found by itself.`);
    const place = h(
      "div",
      { class: "drop", ondragover: over, ondragleave: out, ondrop: (event) => this.#drop(event, isBusy) },
      h("p", {}, this.chosen ? this.#shown() : w("ここにファイルを置くか、選んでください", "Drop a file here, or choose one")),
      this.#input(isBusy),
      h("label", { for: this.#id, class: "button" }, this.chosen ? w("別のファイルを選ぶ", "Choose another file") : w("ファイルを選ぶ", "Choose a file")),
      h("span", { class: "hint", id: `${this.#id}-hint` }, hint),
    );
    return [place, problemBox(this.trouble)];
  }

  #input(isBusy) {
    const take = (event) => this.#take(event.target.files[0]);
    return h("input", { type: "file", id: this.#id, disabled: isBusy, accept: this.#kinds.map((it) => `.${it}`).join(), "aria-describedby": `${this.#id}-hint`, onchange: take });
  }

  #shown() {
    return h("span", {}, h("b", {}, name(this.chosen?.name ?? "")), ` ${size(this.chosen?.size ?? 0)}`);
  }

  #drop(event, isBusy) {
    event.preventDefault();
    out(event);
    if (!isBusy) this.#take(event.dataTransfer.files[0]);
  }

  async #take(file) {
    if (!file) return;
    this.clear();
    try {
      this.chosen = await readOnce(file, this.#kinds);
    } catch (error) {
      this.trouble = error;
    }
    this.#changed();
  }
}

/** A size as people read it. @param {number} octets */
export function size(octets) {
  const number = (value) => value.toLocaleString(language(), { maximumFractionDigits: 1 });
  return octets < MIB ? `${number(octets / 1024)} KB` : `${number(octets / MIB)} MB`;
}

async function readOnce(file, kinds) {
  const kind = file.name.split(".").pop().toLowerCase();
  if (!kinds.includes(kind)) throw new ToldError(wrongKind(kind, kinds));
  if (file.size > LARGEST) throw new ToldError(tooLarge(file.size));
  if (file.size === 0) throw new ToldError(w("ファイルが空です。中身のあるファイルを選んでください。", "The file is empty. Choose one that holds something."));
  const octets = await file.arrayBuffer().catch(() => {
    throw new ToldError(w("ファイルを読み取れません。開いているソフトを閉じ、選び直してください。", "The file cannot be read. Close whatever has it open and choose it again."));
  });
  return { name: file.name, size: file.size, content: new Blob([octets], { type: TYPES[kind] }) };
}

function wrongKind(kind, kinds) {
  const wanted = kinds.map((it) => `.${it}`).join(w("・", ", "));
  if (kind === "xls") return w("古い形式の Excel（.xls）は読めません。「名前を付けて保存」で .xlsx か CSV にしてください。", "The old Excel form (.xls) cannot be read. Save it as .xlsx or CSV.");
  return w(`この種類のファイルは受け付けません。${wanted} を選んでください。`, `Files of this kind are not taken. Choose ${wanted}.`);
}

function tooLarge(octets) {
  return w(
    `ファイルが大きすぎます（${size(octets)}）。zip にまとめるか、32MB以下に分けてください。`,
    `The file is too large (${size(octets)}). Zip it, or split it into files of up to 32 MB.`,
  );
}

function over(event) {
  event.preventDefault();
  event.currentTarget.classList.add("over");
}

const out = (event) => event.currentTarget.classList.remove("over");
