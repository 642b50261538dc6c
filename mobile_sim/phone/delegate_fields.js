// Whose code is spent: one's own, or somebody else's, and then what the delegate says of themselves.

import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { relationChoice } from "./relations.js";
import { untilChoice } from "./until.js";

const LONGEST_NAME = 40;
const MORE = ["delegate.relation", "delegate.until"];
/** @type {[string, () => string][]} */
const WHOSE = [
  ["own", () => w("自分あての手紙のコード", "Of a letter to me")],
  ["granted", () => w("本人のスマホに出たコード（代理になる）", "Shown by the person's own phone, to stand for them")],
  ["letter", () => w("家族などあての手紙のコード（代理になる）", "Of a letter to somebody else, to stand for them")],
];

/** What was chosen and typed stays while views change. @type {Record<string, any>} */
let typed = {};

export const forgetWhose = () => void (typed = {});

/** The choice, out of the way where nobody is on the phone yet. @param {boolean} isAnother somebody is already */
export function delegateFields(isAnother) {
  typed.whose ??= isAnother ? "granted" : "own";
  const more = h("div", {}, fieldsOf(typed.whose));
  const choose = (value) => fill(more, fieldsOf((typed.whose = value)));
  const choice = ([value, words]) => h("label", { class: "choice" }, h("input", { type: "radio", name: "whose", value, checked: value === typed.whose, onchange: () => choose(value) }), words());
  const remember = ({ target }) => (typed[target.name] = target.value);
  const choices = h("div", { oninput: remember }, h("fieldset", {}, h("legend", {}, w("だれのコードですか", "Whose code is it?")), WHOSE.map(choice)), more);
  return isAnother ? choices : h("details", { open: typed.whose !== "own" }, h("summary", {}, w("家族などの代理で使うとき", "To stand for somebody else")), choices);
}

function fieldsOf(whose) {
  if (whose === "own") return [];
  const name = [
    h("label", { for: "delegate" }, w("あなたの名前（代理をする人）", "Your name, who stands for them")),
    h("input", { id: "delegate", name: "delegate", required: true, maxlength: LONGEST_NAME, value: typed.delegate ?? "", autocomplete: "name", "aria-describedby": "delegate-hint" }),
    h("p", { id: "delegate-hint", class: "hint" }, w("本人の一覧と履歴に、この名前で出ます。", "The person sees this name in their list and history.")),
  ];
  return whose === "granted" ? name : [...name, ...relationChoice(w("あなたは本人から見て", "To them, you are their"), typed.relation), ...untilChoice(typed.until)];
}

/**
 * Whose code it is after all, where the server found it to be of another kind: in words
 * what is to be added; null where that is not what was wrong.
 * @param {any} error
 */
export function learnWhose(error) {
  const field = error.errors?.map((it) => it.field).find((it) => it.startsWith("delegate"));
  if (field === "delegate") {
    typed.whose = "granted";
    return w("これは代理のコードです。あなたの名前を入れてください。", "This is a code to stand for somebody: add your name.");
  }
  if (typed.whose !== "granted" || !MORE.includes(field)) return null;
  typed.whose = "letter";
  return w("これはお手紙のコードです。続柄と期限も入れてください。", "This is a letter's code: add what you are to them, and until when.");
}

/** What the form says of a delegate, as the server takes it. @param {HTMLFormElement} form */
export function offerIn(form) {
  const { whose, delegate, relation, until } = Object.fromEntries(new FormData(form));
  if (whose === "granted") return { delegate: { name: delegate } };
  return whose === "letter" ? { delegate: { name: delegate, relation, until } } : {};
}
