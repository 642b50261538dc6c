// The coverage now, in plain words: does it hold, since when not, why, and what to do.

import { ago, day } from "/pages/kit/dates.js";
import { h, name } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";

const ENDED = ["lapsed", "newer-coverage", "registration-undone"];
const OLD_MS = 24 * 3_600_000;

/** @param {{status: any, at: number}} heard @param {number} now */
export function statusView({ status, at }, now) {
  const { qualification: told } = status;
  const isValid = told.validity === "1";
  const isOld = now - at > OLD_MS; // what held then may hold no more: it is no green answer
  return h(
    "section",
    { class: `status ${isValid ? (isOld ? "old" : "good") : "bad"}`, "aria-label": w("いまの資格", "Coverage now") },
    h("h1", { id: "title", tabindex: "-1" }, isValid ? held(isOld, now - at) : [sign("✕ "), said(told.reason_words)]),
    told.since && ENDED.includes(told.reason) ? h("p", {}, w(`${day(told.since)}から使えません`, `Not covered since ${day(told.since)}`)) : null,
    told.loss_reason && !isValid ? h("p", {}, w("理由: ", "Reason: "), said(told.loss_reason.label)) : null,
    isValid ? charge(status) : h("p", { class: "step" }, said(status.next_step)),
    ask(status),
    reminders(status),
    age(now - at),
  );
}

const sign = (shape) => h("span", { "aria-hidden": "true" }, shape);

function held(isOld, ms) {
  if (isOld) return [sign("？ "), w(`${ago(ms)}は有効でした`, `It held ${ago(ms)}`)];
  return [sign("✓ "), w("有効です", "Your coverage holds")];
}

function age(ms) {
  const words = w(`${ago(ms)}の情報です`, `As of ${ago(ms)}`);
  if (ms <= OLD_MS) return h("p", { class: "small muted" }, words);
  return h("p", { class: "step" }, words, w("。いまは変わっているかもしれません。通信できる場所で開くと新しくなります。", ". It may have changed since. Open this page where there is a network."));
}

function charge({ coverage, charge: told }) {
  const ratio = told?.ratio_tenths ? w(`窓口負担 ${told.ratio_tenths}割`, `You pay ${told.ratio_tenths * 10} %`) : null;
  return h("p", {}, coverage?.insurer_name ? name(coverage.insurer_name) : "", ratio ? h("strong", {}, " ", ratio) : "");
}

function ask({ ask: told }) {
  return told ? h("p", { class: "small" }, w("問い合わせ: ", "Ask: "), name(told.name), " ", h("span", { class: "number" }, told.contact)) : null;
}

function reminders({ reminders: told }) {
  return (told ?? []).map((it) => h("p", { class: "note warn" }, h("strong", {}, day(it.on)), h("br"), said(it.words)));
}
