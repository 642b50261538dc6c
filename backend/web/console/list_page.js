// A member list: what it would change, looked at first, then made true.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { LONG_MS } from "./desk.js";
import { ask } from "./dialog.js";
import { ListFile } from "./list_file.js";
import { listPreview } from "./list_preview.js";
import { problemBox } from "./problem_box.js";
import { count } from "./run_words.js";
import { Sending } from "./sending.js";

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function listPage(desk) {
  const acting = new Acting(desk.redraw);
  const sending = new Sending("sending");
  const file = new ListFile("list", ["csv"], changed);
  const state = { preview: /** @type {any} */ (null), done: /** @type {any} */ (null) };

  function changed() {
    [state.preview, state.done, acting.trouble] = [null, null, null];
    desk.redraw();
  }

  async function preview() {
    const told = await sending.send(desk, "/v1/insurer/lists", file.chosen, () => w("内容を確かめています", "Looking at the list"));
    if (!told) return;
    state.preview = told;
    desk.say(w("確認の結果が出ました。", "The preview is ready."));
    setTimeout(() => document.getElementById("preview-title")?.focus());
  }

  async function commit() {
    const { counts, list_id: id } = state.preview;
    const act = async () => (state.done = await desk.ask("POST", `/v1/insurer/lists/${id}/commit`, undefined, LONG_MS));
    const isDone = await ask({ ...commitWords(counts), act });
    if (!isDone) return;
    file.clear();
    state.preview = null;
  }

  return {
    title: () => w("加入者一覧の登録", "Register a member list"),
    hasUnsent: () => file.chosen !== null,
    draw: () => [
      h("p", {}, w("加入者の一覧（見出し行のある CSV）を読み、登録内容との違いを示します。確定するまで何も変わりません。一覧にない方の資格は、そのまま続きます。", "Reads a list of members (CSV with a heading line) and shows how it differs from the register. Nothing changes until you commit it. Whoever the list does not name stays covered.")),
      state.done && h("p", { class: "note good", role: "status" }, w(`登録しました。新規${count(state.done.counts.added)}件、変更${count(state.done.counts.changed)}件、喪失${count(state.done.counts.ended)}件。`, `Committed: ${count(state.done.counts.added)} added, ${count(state.done.counts.changed)} changed, ${count(state.done.counts.ended)} ended.`)),
      problemBox(acting.trouble),
      file.draw(acting.busy !== null),
      h("div", { class: "buttons" }, file.chosen ? acting.button("preview", w("内容を確かめる", "Look at what it would change"), preview, { class: state.preview ? "" : "first" }) : null),
      sending.draw(),
      state.preview && listPreview(state.preview, acting.button("commit", w("確定に進む", "Go on to commit"), commit, { class: "first" })),
    ],
  };
}

const commitWords = (counts) => ({
  title: () => w("この一覧を確定しますか", "Commit this list?"),
  label: () => w("確定する", "Commit"),
  body: () => [
    h("p", {}, w("次の資格確認から反映されます。", "The next check sees it.")),
    h(
      "ul",
      {},
      h("li", {}, w(`資格の登録 ${count(counts.added)}件`, `${count(counts.added)} coverages registered`)),
      h("li", {}, w(`変更 ${count(counts.changed)}件`, `${count(counts.changed)} changed`)),
      h("li", {}, w(`喪失 ${count(counts.ended)}件（医療機関で使えなくなります）`, `${count(counts.ended)} ended: clinics will read that they have lapsed`)),
      h("li", {}, w(`喪失の取消し ${count(counts.reopened)}件`, `${count(counts.reopened)} losses taken back`)),
    ),
  ],
});
