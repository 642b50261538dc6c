// Certificates withdrawn by a list of serials: looked at, then revoked, suspended or reinstated.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { reasonField } from "./certificate_dialogs.js";
import { ask } from "./dialog.js";
import { keyField } from "./issue_fields.js";
import { ListRun } from "./list_run.js";
import { STEPS } from "./run_words.js";
import { STEP_WORDS } from "./withdraw_words.js";

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function withdrawPage(desk) {
  const state = { step: "suspended", reason: "" };
  const words = () => STEP_WORDS[state.step];
  const list = new ListRun(desk, {
    path: (step) => `/v1/insurer/withdrawals${step}?step=${state.step}&reason=${state.reason}`,
    words: () => words().preview(),
    begin: () => w("一覧を送っています", "Sending the list"),
    confirm: (preview) => confirmed(words(), preview, state.step === "revoked"),
  });

  const choose = (key) => (event) => {
    state[key] = event.target.value;
    list.changed();
  };

  return {
    title: () => w("まとめて失効・停止", "Withdraw by list"),
    hasUnsent: () => list.hasUnsent,
    draw: () => [
      h("p", {}, w("「発行番号」の列がある一覧を使います。交付の結果ファイルもそのまま使えます。まず内容を確かめます。確かめるだけでは何も変わりません。", "Use a list with a column of serials (発行番号); the result file of a run will do as it is. You look at it first; that alone changes nothing.")),
      list.trouble(),
      h("h2", {}, w("1. 何をするか選ぶ", "1. Choose what shall be done")),
      stepChoice(state.step, choose("step"), list.isBusy),
      h("div", { class: "narrow" }, reasonField(state.reason, choose("reason"), list.isBusy)),
      h("h2", {}, w("2. 一覧を選ぶ", "2. Choose the list")),
      list.chooser(),
      list.looking(state.reason ? "" : w("理由と一覧を選ぶと、内容を確かめられます。", "Choose a reason and a list to look at what it would do.")),
      list.preview.draw(list.named(keyField), list.beginButton(words().button, state.step === "revoked" ? "first danger" : "first")),
    ],
  };
}

function stepChoice(chosen, choose, isBusy) {
  const choices = STEPS.map(([value, words]) =>
    h("label", { class: "choice" }, h("input", { type: "radio", name: "step", id: `step-${value}`, value, checked: value === chosen, onchange: choose }), words()),
  );
  return h("fieldset", { disabled: isBusy }, h("legend", {}, w("何をしますか", "What shall be done")), h("div", { class: "choices" }, choices), h("p", { class: "hint" }, STEP_WORDS[chosen].effect()));
}

function confirmed(words, preview, isDanger) {
  return ask({
    title: () => words.question(preview),
    isDanger,
    label: () => words.button(preview),
    body: () =>
      h("ul", {}, h("li", {}, words.effect()), preview.awaits_approval && h("li", {}, w("別の担当者が承認してから始まります。", "It begins once a colleague has approved it.")), h("li", {}, w("医療機関には次の資格確認から反映されます。", "Clinics see it from the next check on."))),
    act: async () => {},
  });
}
