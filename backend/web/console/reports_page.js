// Reports from members: the open ones first, each answered and closed.

import { h, name } from "/pages/kit/dom.js";
import { day, instant } from "/pages/kit/dates.js";
import { said, w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { historyWord } from "./member_words.js";
import { problemBox } from "./problem_box.js";

const PAGE = 20;
const LONGEST = 500;

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function reportsPage(desk) {
  const acting = new Acting(desk.redraw);
  /** @type {Map<string, string>} */
  const drafts = new Map();
  /** @type {Map<string, any>} */
  const members = new Map();
  const state = { which: "open", reports: /** @type {any[]|null} */ (null), next: /** @type {number|null} */ (null) };
  let asked = 0;

  async function load(after = 0) {
    const own = ++asked;
    const told = await desk.ask("GET", `/v1/insurer/reports?state=${state.which}&limit=${PAGE}&after=${after}`);
    if (own !== asked) return; // others are wanted by now
    state.reports = after ? [...(state.reports ?? []), ...told.reports] : told.reports;
    state.next = told.next;
    await Promise.all(told.reports.map((it) => learn(it.person_id)));
  }

  /** Who it is; a person who was erased since is nobody, one who could not be asked for is asked for again. */
  async function learn(id) {
    if (members.has(id)) return;
    const found = await desk.ask("GET", `/v1/insurer/members/${id}`).catch((error) => (error.status === 404 ? null : undefined));
    if (found !== undefined) members.set(id, found);
  }

  async function answer(report, close) {
    const id = report.report_id;
    const typed = drafts.get(id) ?? "";
    const text = typed.replace(/\s+/g, " ").trim();
    await desk.ask("POST", `/v1/insurer/reports/${id}/answer`, { text, close });
    if ((drafts.get(id) ?? "") === typed) drafts.delete(id); // what was typed since stays
    answered(report, text, close);
    await Promise.all([load(), desk.waiting.load()]).catch(() => null); // it is done, seen anew or not
  }

  /** It is so from now on, before anything is asked anew. */
  function answered(report, text, close) {
    report.answers.push({ text, at: new Date(desk.now()).toISOString() });
    if (close) state.reports = (state.reports ?? []).filter((it) => it !== report);
    desk.say(close ? w("回答し、対応を終えました。", "Answered and closed.") : w("回答しました。", "Answered."));
  }

  const show = (which) => () => acting.run(`show-${which}`, async () => {
    [state.which, state.reports] = [which, null];
    await load();
  });

  function card(report) {
    const id = report.report_id;
    const member = members.get(report.person_id);
    return h(
      "article",
      { class: "card", "aria-labelledby": `of-${id}` },
      h("h2", { class: "plain", id: `of-${id}` }, said(report.kind_words)),
      h("p", {}, who(report, member), w("、", ", "), instant(report.filed_at)),
      report.delegate && h("p", {}, w(`届け出た人：${said(report.delegate.relation_words)}`, `Filed by: ${said(report.delegate.relation_words)}`)),
      report.text && h("blockquote", {}, name(report.text)),
      report.about && h("p", { class: "muted" }, w("対象：", "About: "), `${historyWord(report.about.kind)} ${instant(report.about.at)} ${report.about.actor}`),
      report.answers.map((it) => h("p", { class: "note" }, h("b", {}, w("回答 ", "Answer ")), instant(it.at), h("br"), name(it.text))),
      report.closed_at ? h("p", { class: "muted" }, w(`${instant(report.closed_at)} に対応を終えました。`, `Closed ${instant(report.closed_at)}.`)) : answering(report),
    );
  }

  function answering(report) {
    const id = report.report_id;
    const type = (event) => drafts.set(id, event.target.value);
    return [
      h("label", { for: `answer-${id}` }, w("回答（本人のスマホに表示）", "Answer (shown on the member’s phone)"), h("span", { class: "hint", id: `hint-${id}` }, w(`${LONGEST}字まで。個人番号（マイナンバー）は書かないでください。登録の訂正は、確認のうえ別に行います。`, `Up to ${LONGEST} characters, never a My Number. The register itself is corrected apart, once you have inspected it.`))),
      h("textarea", { id: `answer-${id}`, maxlength: LONGEST, "aria-describedby": `hint-${id}`, value: drafts.get(id) ?? "", oninput: type }),
      h("div", { class: "buttons" }, acting.button(`close-${id}`, w("回答して対応を終える", "Answer and close"), () => answer(report, true), { class: "first" }), acting.button(`keep-${id}`, w("回答して続ける", "Answer, keep it open"), () => answer(report, false))),
    ];
  }

  function list(reports) {
    if (!reports.length) return none(state.which);
    const more = () => load(state.next ?? 0);
    return [reports.map(card), state.next !== null && h("div", { class: "buttons" }, acting.button("more", w("続きを表示", "Show more"), more))];
  }

  return {
    title: () => w("本人からの申出", "Reports from members"),
    load,
    hasUnsent: () => [...drafts.values()].some((text) => text.trim()),
    draw: () => [
      h("div", { class: "buttons", role: "group", "aria-label": w("表示する申出", "Which reports") }, tab("open", w("未対応（古い順）", "Open, the oldest first")), tab("closed", w("対応済み", "Closed"))),
      problemBox(acting.trouble),
      state.reports !== null && list(state.reports),
    ],
  };

  function tab(which, label) {
    return h("button", { type: "button", id: `which-${which}`, "aria-pressed": String(state.which === which), "aria-disabled": acting.busy ? "true" : null, onclick: show(which) }, label);
  }
}

function who(report, member) {
  if (member === null) return w("（登録が削除された方）", "(a member who was erased)");
  if (!member) return h("a", { href: `#/members/${report.person_id}` }, w("本人の画面を開く", "Open the member’s page"));
  return [h("a", { href: `#/members/${report.person_id}` }, name(member.name)), w("（", " ("), day(member.birth_on), w("生）", ")")];
}

function none(which) {
  if (which === "closed") return h("p", { class: "card empty" }, w("対応を終えた申出はありません。", "No report has been closed yet."));
  return h("div", { class: "card empty" }, h("h2", { class: "plain" }, w("未対応の申出はありません", "No open reports")), h("p", {}, w("本人がスマホから「自分の情報ではない」「負担割合が違う」などを届け出ると、ここに届きます。", "When a member reports “this is not me” or “the ratio is wrong” on their phone, it arrives here.")));
}
