// From a list to its run: chosen, looked at, begun, found again if it was sent before.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { isOlder, knownRunDialog } from "./known_run.js";
import { ListFile } from "./list_file.js";
import { problemBox } from "./problem_box.js";
import { RunPreview } from "./run_preview.js";
import { Sending } from "./sending.js";
import { UPLOADS } from "./upload.js";

/**
 * @typedef {object} Asked What one page asks of a list.
 * @property {(step: string) => string} path the door: "" begins, "/preview" and "/preview/lines" look
 * @property {() => import("./run_preview.js").PreviewWords} words
 * @property {() => string} begin what is said while it is begun
 * @property {(preview: any) => Promise<boolean>} [confirm] asks once more
 */

/** The list of one page and what becomes of it. */
export class ListRun {
  #desk;
  #asked;
  #acting;
  #sending = new Sending("sending");
  #file = new ListFile("list", ["csv", "xlsx", "zip"], () => this.changed());
  /** What was asked of which list, as long as nothing else is asked. @type {{preview: string, lines: string, begin: string, file: any}|null} */
  #looked = null;
  #key = "";
  #begunAt = 0;

  /** @param {import("./desk.js").Desk} desk @param {Asked} asked */
  constructor(desk, asked) {
    this.#desk = desk;
    this.#asked = asked;
    this.#acting = new Acting(desk.redraw);
    this.preview = new RunPreview(desk, this.#acting, asked.words, () => this.#lines());
  }

  get hasUnsent() {
    return this.#file.chosen !== null;
  }

  /** Something else is asked now: what was looked at is no longer it. */
  changed() {
    this.preview.clear();
    [this.#looked, this.#begunAt, this.#acting.trouble] = [null, 0, null];
    this.#desk.redraw();
  }

  trouble = () => problemBox(this.#acting.trouble);

  /** Whether it is at work: nothing else can be chosen meanwhile. */
  get isBusy() {
    return this.#acting.busy !== null;
  }

  chooser = () => this.#file.draw(this.isBusy);

  /** The button that looks, and how far the sending is. @param {string} [missing] what must be chosen first */
  looking(missing = "") {
    const look = this.preview.told ? "" : "first";
    const button = this.#acting.button("preview", w("内容を確かめる", "Look at what it would do"), () => this.#look(), { class: look });
    const hint = missing || w("一覧を選ぶと、内容を確かめられます。", "Choose a list to look at what it would do.");
    return [h("div", { class: "buttons" }, this.#file.chosen && !missing ? button : h("p", { class: "muted" }, hint)), this.#sending.draw()];
  }

  /** The field of the run's name. @param {(value: string, type: (key: string) => void) => any} field */
  named(field) {
    return field(this.#key, (key) => (this.#key = key));
  }

  /** @param {(preview: any) => string} words @param {string} [look] */
  beginButton(words, look = "first") {
    return this.preview.told && this.#acting.button("begin", words(this.preview.told), () => this.#begin(), { class: look });
  }

  #lines() {
    const { lines, file } = /** @type {any} */ (this.#looked);
    return { path: lines, name: file.name.replace(/\.\w+$/, ""), list: file.content };
  }

  async #look() {
    const { path } = this.#asked;
    const asked = (this.#looked = { preview: path("/preview"), lines: path("/preview/lines"), begin: path(""), file: this.#file.chosen });
    const told = await this.#sending.send(this.#desk, asked.preview, asked.file, () => w("内容を確かめています", "Looking at the list"));
    if (!told || this.#looked !== asked) return; // it is the answer to another question
    this.preview.take(told);
    this.#desk.say(w("確認の結果が出ました。", "The preview is ready."));
  }

  async #begin() {
    const [looked, page] = [/** @type {any} */ (this.#looked), location.hash];
    if (this.#asked.confirm && !(await this.#asked.confirm(this.preview.told))) return;
    if (this.#looked !== looked) return; // what was confirmed is no longer what is chosen
    this.#begunAt ||= this.#desk.now(); // a second try after a lost network is the same run
    const key = this.#key.trim() ? `&key=${encodeURIComponent(this.#key.trim())}` : "";
    const run = await this.#sending.send(this.#desk, `${looked.begin}${key}`, looked.file, this.#asked.begin);
    if (!run) return;
    await this.#arrive(run, page, looked.file.name);
  }

  /** Go to the run, unless its page was left or a dialog is open: then it is said, and nothing else. */
  async #arrive(run, page, file) {
    const isHere = location.hash === page && !document.querySelector("dialog[open]");
    const isKnown = isOlder(run, this.#begunAt);
    const href = `#/runs/${run.run_id}`;
    if (!isHere) UPLOADS.note(href, () => became(run, isKnown, file));
    if (isKnown && !(isHere && (await knownRunDialog(run)))) return;
    this.#clear();
    if (isHere) location.hash = href;
  }

  #clear() {
    this.#file.clear();
    this.preview.clear();
    [this.#looked, this.#key, this.#begunAt] = [null, "", 0];
  }
}

/** What became of a list, for whoever left its page. */
function became(run, isKnown, file) {
  if (isKnown) return w(`「${file}」は処理済みの一覧です。二重には行われません。`, `“${file}” was sent before. Nothing is done twice.`);
  if (run.state === "awaiting-approval") return w(`「${file}」の一括処理は承認待ちです。`, `The run of “${file}” awaits approval.`);
  return w(`「${file}」の一括処理が始まりました。`, `The run of “${file}” has begun.`);
}
