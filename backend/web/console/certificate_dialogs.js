// What is done to a certificate, said before it is done: what, to whom, and whether for good.

import { h, name } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";
import { ask } from "./dialog.js";
import { FORMS, REASONS } from "./run_words.js";
import { ToldError } from "./told_error.js";

const STEPS = {
  suspend: {
    title: () => w("資格確認書の使用を停止しますか", "Suspend this certificate?"),
    label: () => w("停止する", "Suspend"),
    effects: () => [
      w("次の資格確認から、医療機関には「使用停止中」と表示されます。", "From the next check on, clinics read “Suspended”."),
      w("あとで解除できます。", "It can be reinstated later."),
    ],
  },
  revoke: {
    title: () => w("資格確認書を失効させますか", "Revoke this certificate?"),
    label: () => w("失効させる（取り消せません）", "Revoke for good"),
    effects: () => [
      w("次の資格確認から、医療機関には「使用できません（失効）」と表示されます。", "From the next check on, clinics read “Withdrawn”."),
      w("取り消せません。必要なら新しい資格確認書を交付してください。", "This is final. Issue a new certificate if one is needed."),
    ],
  },
  reinstate: {
    title: () => w("停止を解除しますか", "Reinstate this certificate?"),
    label: () => w("解除する", "Reinstate"),
    effects: () => [w("次の資格確認から、この資格確認書をまた使えます。", "From the next check on it can be used again.")],
  },
};

/** Suspend, revoke or reinstate; whether it was done. @param {import("./desk.js").Desk} desk @param {any} member @param {any} paper @param {"suspend"|"revoke"|"reinstate"} step */
export function withdrawDialog(desk, member, paper, step) {
  const told = STEPS[step];
  let reason = step === "reinstate" ? "error" : "";
  const choose = (event) => (reason = event.target.value);
  return ask({
    title: told.title,
    label: told.label,
    isDanger: step === "revoke",
    body: () => [
      h("p", {}, h("b", {}, name(member.name)), w(" さんの資格確認書 ", ", certificate "), h("code", {}, paper.serial)),
      h("ul", {}, told.effects().map((it) => h("li", {}, it)), h("li", {}, w("資格とスマホはそのままです。本人の履歴に記録されます。", "The coverage and the phone stay as they are. The member’s history shows it."))),
      reasonField(reason, choose),
    ],
    act: () => desk.ask("POST", `/v1/insurer/certificates/${paper.serial}/${step}`, { reason }),
  });
}

/** Why it is withdrawn. @param {string} chosen @param {(event: any) => void} choose @param {boolean} [isBusy] */
export function reasonField(chosen, choose, isBusy = false) {
  const none = h("option", { value: "", selected: chosen === "", disabled: true }, w("選んでください", "Choose one"));
  const options = REASONS.map(([value, words]) => h("option", { value, selected: value === chosen }, words()));
  return [h("label", { for: "reason" }, w("理由（保険者だけに表示）", "Reason (shown to the insurer only)")), h("select", { id: "reason", required: true, disabled: isBusy, onchange: choose }, none, options)];
}

/** Issue one certificate; whether it was done. @param {import("./desk.js").Desk} desk @param {any} member */
export function issueOne(desk, member) {
  let form = "a4";
  return ask({
    title: () => w("資格確認書を交付しますか", "Issue a certificate?"),
    label: () => w("交付する", "Issue"),
    body: () => [
      h("p", {}, h("b", {}, name(member.name)), w(" さんに1通交付します。有効な資格確認書がある方、マイナ保険証を使える方など、対象外の方には交付されません。", ": one certificate. Whoever holds a valid one, or needs none, gets none.")),
      h("label", { for: "one-form" }, w("用紙", "Paper")),
      h("select", { id: "one-form", onchange: (event) => (form = event.target.value) }, FORMS.map(([value, words]) => h("option", { value, selected: value === form }, words()))),
    ],
    act: async () => {
      const told = await desk.ask("POST", "/v1/insurer/certificates", { whom: { person_ids: [member.person_id] }, form });
      if (!told.issued.length) throw new ToldError(said(told.skipped[0]?.reason));
    },
  });
}
