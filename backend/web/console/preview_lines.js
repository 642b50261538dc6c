// The lines of a preview: those of one result at a time, with reason and cure, and as a file.

import { h } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";
import { fieldMark } from "./field_words.js";
import { count } from "./run_words.js";
import { table } from "./table.js";

const SHOWN = 100; // of each result, as many as the server tells one by one
const ORDER = ["rejected", "skipped", "done"]; // what needs a person comes first
const LOOKS = { rejected: "bad", skipped: "warn", done: "good" };

/** Which lines of a preview are shown. */
export class PreviewLines {
  #which = "";
  #words;
  #acting;
  #take;

  /**
   * @param {() => {done: string}} words what becomes of a line that is done
   * @param {import("./acting.js").Acting} acting
   * @param {(result: string) => Promise<void>} take saves the lines of a result ("": all) as a file
   */
  constructor(words, acting, take) {
    this.#words = words;
    this.#acting = acting;
    this.#take = take;
  }

  /** Begin again with what needs a person. */
  reset() {
    this.#which = "";
  }

  draw(preview) {
    const offered = ORDER.filter((it) => preview.counts[it]);
    const which = offered.includes(this.#which) ? this.#which : offered[0];
    const lines = preview.shown.filter((it) => it.result === which);
    return [this.#choice(offered, which, preview.counts), reasons(preview, which), table(this.#caption(which, preview.counts), this.#columns(lines), lines), this.#files(preview.counts)];
  }

  #word(result) {
    return { rejected: w("エラー", "Rejected"), skipped: w("対象外", "Skipped"), done: this.#words().done }[result];
  }

  #choice(offered, which, counts) {
    if (offered.length < 2) return null;
    const choose = (result) => () => this.#acting.run("which", async () => (this.#which = result));
    const button = (result) => h("button", { type: "button", id: `lines-${result}`, "aria-pressed": String(result === which), onclick: choose(result) }, `${this.#word(result)} ${count(counts[result])}`);
    return h("div", { class: "buttons", role: "group", "aria-label": w("表示する行", "Which lines") }, offered.map(button));
  }

  #caption(which, counts) {
    const [word, total] = [this.#word(which), counts[which]];
    if (total <= SHOWN) return w(`${word}：${count(total)}行`, `${word}: ${count(total)} ${total === 1 ? "line" : "lines"}`);
    return w(`${word}：${count(total)}行のうち、はじめの${SHOWN}行（すべては下のCSVで）`, `${word}: the first ${SHOWN} of ${count(total)} lines (all of them in the CSV below)`);
  }

  #columns(lines) {
    return [
      { label: w("行", "Line"), cell: (it) => count(it.line), isHead: true, isNumber: true },
      { label: w("結果", "Result"), cell: (it) => h("span", { class: `badge ${LOOKS[it.result]}` }, this.#word(it.result)) },
      lines.some((it) => it.serial) && { label: w("発行番号", "Serial"), cell: (it) => h("span", { class: "number" }, it.serial ?? "—") },
      lines.some((it) => it.result !== "done") && { label: w("理由と直し方", "Reason and cure"), cell: why },
    ].filter(Boolean);
  }

  #files(counts) {
    const rejected = counts.rejected && this.#acting.button("take-rejected", w("エラーの行を保存（CSV）", "Save the rejected lines (CSV)"), () => this.#take("rejected"));
    return h("div", { class: "buttons" }, rejected || null, this.#acting.button("take-all", w("すべての行を保存（CSV）", "Save every line (CSV)"), () => this.#take("")));
  }
}

function reasons(preview, which) {
  if (which === "done" || preview.counts[which] <= SHOWN || preview.reasons.length < 2) return null;
  const words = (reason) => said(preview.shown.find((it) => it.code === reason)?.reason) || fieldMark(reason);
  const lines = preview.reasons.map((it) => h("li", {}, words(it.reason), w(`：${count(it.lines)}行`, `: ${count(it.lines)} lines`)));
  return h("details", {}, h("summary", {}, w("理由ごとの行数", "How many by reason")), h("ul", {}, lines));
}

function why(outcome) {
  if (outcome.result !== "rejected") return said(outcome.reason);
  return h("ul", { class: "complaints" }, outcome.errors.map((it) => h("li", {}, fieldMark(it.field), " ", said(it.reason), h("br"), w("対処：", "What to do: "), said(it.fix))));
}
