// The files that a run gave: what became of every line, and what goes to the printer.

import { ProblemError } from "/pages/kit/connection.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { download } from "./download.js";
import { problemWords } from "./problem_box.js";
import { count } from "./run_words.js";

const AT_REST = ["finished", "cancelled", "abandoned"];

/** @param {import("./desk.js").Desk} desk @param {string} door @param {string} id @param {import("./acting.js").Acting} acting */
export function runFiles(desk, door, id, acting) {
  /** How many parts, by layout; or why there are none. @type {any} */
  let prints = null;
  let layout = "sheets";

  async function load(run) {
    prints = null;
    if (run.kind !== "issue" || !AT_REST.includes(run.state)) return;
    prints = await desk.ask("GET", `${door}/prints?layout=${layout}`).catch((error) => {
      if (error instanceof ProblemError && error.status < 500) return { refusal: error };
      throw error;
    });
  }

  function results() {
    const take = (encoding) => () => download(desk, `${door}/result?encoding=${encoding}`, `${id}-result-${encoding}.csv`);
    return [
      h("h2", {}, w("結果ファイル", "Results")),
      h("p", {}, w("1行ごとの結果（発行番号、対象外とエラーの理由）です。", "What became of every line: serials, reasons, errors.")),
      h("div", { class: "buttons" }, acting.button("utf8", w("CSV（UTF-8・Excel用）", "CSV (UTF-8, for Excel)"), take("utf-8")), acting.button("cp932", w("CSV（CP932・従来システム用）", "CSV (CP932, for older systems)"), take("cp932"))),
    ];
  }

  function printing(run) {
    if (run.kind !== "issue") return null;
    return [h("h2", {}, w("印刷ファイル", "Print files")), !AT_REST.includes(run.state) ? h("p", { class: "muted" }, w("処理が終わると受け取れます。", "They are ready when the run has ended.")) : parts(run)];
  }

  function parts(run) {
    if (!prints) return h("button", { type: "button", id: "ask-prints", onclick: () => acting.run("prints", () => load(run)) }, w("印刷ファイルを用意する", "Prepare the print files"));
    if (prints.refusal) return h("p", { class: "note" }, problemWords(prints.refusal));
    const numbers = Array.from({ length: prints.parts }, (_, place) => place + 1);
    return [
      h("p", {}, w(`${count(prints.papers)}枚を${count(prints.papers_a_part)}枚ずつ、${prints.parts}個のファイル（PDFと索引のzip）に分けています。その後に失効したものは除かれます。`, `${count(prints.papers)} certificates, ${count(prints.papers_a_part)} a file, in ${prints.parts} files (PDF and index, zipped). What was withdrawn since is left out.`)),
      layoutChoice(run),
      h("div", { class: "buttons" }, numbers.map(partButton)),
    ];
  }

  function layoutChoice(run) {
    const choose = (event) => {
      layout = event.target.value;
      acting.run("prints", () => load(run));
    };
    const options = [["sheets", w("印刷所向け（面付け・トンボ付き）", "For a print shop: sheets with marks")], ["pages", w("1ページに1枚", "One a page")]];
    return h("div", { class: "narrow" }, h("label", { for: "layout" }, w("並べ方", "Layout")), h("select", { id: "layout", onchange: choose }, options.map(([value, words]) => h("option", { value, selected: value === layout }, words))));
  }

  function partButton(number) {
    const take = () => download(desk, `${door}/prints/${number}?layout=${layout}`, `${id}-${String(number).padStart(3, "0")}.zip`);
    return acting.button(`part-${number}`, w(`印刷ファイル ${number}`, `Print file ${number}`), take);
  }

  return { load, draw: (run) => (run.state === "receiving" || run.state === "awaiting-approval" ? null : [results(), printing(run)]) };
}
