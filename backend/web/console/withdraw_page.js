// Certificates withdrawn by a list of serials: revoked, suspended, or reinstated.

import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { reasonField } from "./certificate_dialogs.js";
import { ask } from "./dialog.js";
import { isOlder, knownRunDialog } from "./known_run.js";
import { ListFile } from "./list_file.js";
import { problemBox } from "./problem_box.js";
import { STEPS, wordOf } from "./run_words.js";
import { Sending } from "./sending.js";

const EFFECTS = {
  revoked: () => w("一覧のすべての資格確認書が使えなくなります。取り消せません。", "Every certificate of the list is withdrawn for good. This is final."),
  suspended: () => w("一覧のすべての資格確認書が使用停止になります。あとで解除できます。", "Every certificate of the list is suspended. They can be reinstated later."),
  reinstated: () => w("一覧のうち停止中の資格確認書を、また使えるようにします。", "Those of the list that are suspended can be used again."),
};

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function withdrawPage(desk) {
  const acting = new Acting(desk.redraw);
  const sending = new Sending("sending");
  const file = new ListFile("list", ["csv", "xlsx", "zip"], changed);
  const state = { step: "suspended", reason: "", begunAt: 0 };

  function changed() {
    [acting.trouble, state.begunAt] = [null, 0];
    desk.redraw();
  }

  async function begin() {
    if (!(await confirmed(state, file.chosen))) return;
    state.begunAt ||= desk.now();
    const path = `/v1/insurer/withdrawals?step=${state.step}&reason=${state.reason}`;
    const run = await sending.send(desk, path, file.chosen, () => w("一覧を送っています", "Sending the list"));
    if (!run) return;
    if (isOlder(run, state.begunAt) && !(await knownRunDialog(run))) return;
    file.clear();
    state.begunAt = 0;
    location.hash = `#/runs/${run.run_id}`;
  }

  const choose = (key) => (event) => {
    state[key] = event.target.value;
    changed();
  };

  return {
    title: () => w("まとめて失効・停止", "Withdraw by list"),
    hasUnsent: () => file.chosen !== null,
    draw: () => [
      h("p", {}, w("「発行番号」の列がある一覧を使います。交付の結果ファイルもそのまま使えます。", "Use a list with a column of serials (発行番号); the result file of a run will do as it is.")),
      problemBox(acting.trouble),
      stepChoice(state.step, choose("step")),
      h("div", { class: "narrow" }, reasonField(state.reason, choose("reason"))),
      h("h2", {}, w("一覧を選ぶ", "Choose the list")),
      file.draw(acting.busy !== null),
      sending.draw(),
      h("div", { class: "buttons" }, file.chosen && state.reason ? acting.button("begin", w("内容を確認して進む", "Look at it and go on"), begin, { class: "first" }) : h("p", { class: "muted" }, w("理由と一覧を選ぶと進めます。", "Choose a reason and a list to go on."))),
    ],
  };
}

function stepChoice(chosen, choose) {
  const choices = STEPS.map(([value, words]) =>
    h("label", { class: "choice" }, h("input", { type: "radio", name: "step", id: `step-${value}`, value, checked: value === chosen, onchange: choose }), words()),
  );
  return h("fieldset", {}, h("legend", {}, w("何をしますか", "What shall be done")), h("div", { class: "choices" }, choices), h("p", { class: "hint" }, EFFECTS[chosen]()));
}

function confirmed({ step, reason }, file) {
  return ask({
    title: () => w(`一覧の資格確認書を「${wordOf(STEPS, step)}」にしますか`, `${wordOf(STEPS, step)} every certificate of the list?`),
    isDanger: step === "revoked",
    label: () => w("送って始める", "Send it and begin"),
    body: () => [
      h("p", {}, w("一覧：", "List: "), h("b", {}, name(file.name))),
      h("ul", {}, h("li", {}, EFFECTS[step]()), h("li", {}, w("件数が多いときは、別の担当者の承認を待ちます。", "A large list waits for a colleague’s approval.")), h("li", {}, w("医療機関には次の資格確認から反映されます。", "Clinics see it from the next check on."))),
    ],
    act: async () => {},
  }).then((isSure) => isSure && reason !== "");
}
