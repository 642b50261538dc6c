// Certificates for a list: chosen, looked at line by line, begun. Nothing is done before.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { formChoice, keyField } from "./issue_fields.js";
import { previewPart } from "./issue_preview.js";
import { ListFile } from "./list_file.js";
import { problemBox } from "./problem_box.js";
import { isOlder, knownRunDialog } from "./known_run.js";
import { Sending } from "./sending.js";

const DOOR = "/v1/insurer/runs";

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function issuePage(desk) {
  const acting = new Acting(desk.redraw);
  const sending = new Sending("sending");
  const file = new ListFile("list", ["csv", "xlsx", "zip"], changed);
  const state = { form: "a4", key: "", preview: /** @type {any} */ (null), begunAt: 0 };

  function changed() {
    [state.preview, state.begunAt, acting.trouble] = [null, 0, null];
    desk.redraw();
  }

  async function preview() {
    const told = await sending.send(desk, `${DOOR}/preview?form=${state.form}`, file.chosen, () => w("内容を確かめています", "Looking at the list"));
    if (!told) return;
    state.preview = told;
    desk.say(w("確認の結果が出ました。", "The preview is ready."));
    setTimeout(() => document.getElementById("preview-title")?.focus());
  }

  async function begin() {
    state.begunAt ||= desk.now(); // a second try after a lost network is the same run
    const key = state.key.trim() ? `&key=${encodeURIComponent(state.key.trim())}` : "";
    const run = await sending.send(desk, `${DOOR}?form=${state.form}${key}`, file.chosen, () => w("交付を始めています", "Beginning to issue"));
    if (!run) return;
    if (isOlder(run, state.begunAt) && !(await knownRunDialog(run))) return;
    file.clear();
    Object.assign(state, { key: "", preview: null, begunAt: 0 });
    location.hash = `#/runs/${run.run_id}`;
  }

  const set = (name) => (value) => {
    state[name] = value;
    if (name === "form") changed();
  };

  return {
    title: () => w("資格確認書をまとめて交付", "Issue certificates by list"),
    hasUnsent: () => file.chosen !== null,
    draw: () => [
      steps(),
      problemBox(acting.trouble),
      h("h2", {}, w("1. 一覧を選ぶ", "1. Choose the list")),
      file.draw(acting.busy !== null),
      h("h2", {}, w("2. 用紙を選ぶ", "2. Choose the paper")),
      formChoice(state.form, set("form")),
      h("div", { class: "buttons" }, file.chosen ? acting.button("preview", w("内容を確かめる", "Look at what it would do"), preview, { class: state.preview ? "" : "first" }) : null),
      sending.draw(),
      state.preview && previewPart(state.preview, keyField(state.key, set("key")), acting.button("begin", beginWords(state.preview), begin, { class: "first" })),
    ],
  };
}

function steps() {
  return h("p", {}, w("加入者の一覧（被保険者証の記号・番号と生年月日）から、資格確認書が必要な方にだけ交付します。確認の段階では何も書き込まれません。", "From a list of members (numbers and birth date) certificates go only to those who need one. Looking at it first writes nothing."));
}

function beginWords(preview) {
  const done = preview.counts.done.toLocaleString();
  return preview.awaits_approval ? w(`${done}件の交付を申請する（承認待ちになります）`, `Submit ${done} for approval`) : w(`${done}件を交付する`, `Issue ${done}`);
}
