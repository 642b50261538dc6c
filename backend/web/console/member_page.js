// One member: coverages, certificates, phones, history; and what may be done about them.

import { h, name } from "/pages/kit/dom.js";
import { day, dayOf } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { historyPart } from "./member_history.js";
import { issueOne, withdrawDialog } from "./certificate_dialogs.js";
import { coverageBadge, undisclosed } from "./members_found.js";
import { cardWord, lossWord, numbers, paperState, paperWord, ratioWord, relationWord, sexWord, STATE_LOOKS } from "./member_words.js";
import { phonesPart } from "./member_phones.js";
import { problemBox } from "./problem_box.js";
import { table } from "./table.js";

/** @param {import("./desk.js").Desk} desk @param {string} id @returns {import("./routes.js").Page} */
export function memberPage(desk, id) {
  const door = `/v1/insurer/members/${id}`;
  const acting = new Acting(desk.redraw);
  const phones = phonesPart(desk, door, closed);
  const history = historyPart(desk, door, acting);
  /** @type {any} */
  let member = null;
  /** What was done last, in words. */
  let done = "";

  async function load() {
    [member] = await Promise.all([desk.ask("GET", door), phones.load()]);
  }

  /** Whatever was tried, even if its answer was lost: what came of it is asked. @param {boolean|null} isDone @param {string} words */
  async function closed(isDone, words) {
    if (isDone === null) return;
    done = isDone ? words : "";
    desk.say(done);
    history.forget();
    await desk.reload();
  }

  return {
    title: () => (member ? member.name : w("加入者", "Member")),
    heading: () => (member ? name(member.name) : w("加入者", "Member")),
    load,
    leave: () => (done = ""),
    draw: () => {
      if (!member) return null;
      return [
        h("p", {}, h("a", { href: "#/members" }, w("← さがす画面へ", "← Back to the search"))),
        done && h("p", { class: "note good", id: "done" }, done),
        problemBox(acting.trouble),
        who(member),
        coverages(member),
        papers(desk, member, closed),
        phones.draw(member),
        history.draw(),
      ];
    },
  };
}

function who(member) {
  const rows = [
    [w("氏名", "Name"), [name(member.name), " ", h("span", { class: "muted" }, name(member.kana))]],
    [w("生年月日", "Birth date"), day(member.birth_on)],
    [w("性別", "Sex"), sexWord(member.sex)],
    [w("住所", "Address"), member.is_undisclosed ? undisclosed() : name(member.address ?? w("登録なし", "none registered"))],
    [w("マイナ保険証", "My Number card"), cardWord(member.card_status)],
    member.continuation_ends_on && [w("任意継続の終了日", "Continuation ends"), day(member.continuation_ends_on)],
  ];
  const warning = member.is_undisclosed && h("p", { class: "note bad" }, w("不開示の方です（DV等）。住所はこの画面にも印刷物にも出ません。本人確認のない問い合わせには、加入の有無を含めて答えないでください。", "Under 不開示 (violence and the like): the address appears nowhere, here or in print. Tell callers nothing, not even of the membership, unless you know who they are."));
  return [warning, h("dl", { class: "facts" }, rows.filter(Boolean).map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]))];
}

function coverages(member) {
  const columns = [
    { label: w("記号・番号", "Numbers"), isHead: true, cell: numbers },
    { label: w("状態", "State"), cell: coverageBadge },
    { label: w("取得", "From"), cell: (it) => day(it.acquired_on) },
    { label: w("喪失", "Lapsed"), cell: (it) => (it.lost_on ? [day(it.lost_on), it.loss_reason && ` ${lossWord(it.loss_reason)}`] : "—") },
    { label: w("本人・家族", "Relation"), cell: (it) => relationWord(it.relation) || "—" },
    { label: w("負担割合", "Ratio"), cell: (it) => ratio(it.copay) },
  ];
  return [h("h2", {}, w("資格", "Coverages")), table(w("この保険者の資格（{喪失|そうしつ}年月日は、資格がない最初の日）", "Coverages with this insurer (the lapse is the first day not covered)"), columns, member.coverages)];
}

function ratio(periods) {
  const today = dayOf(Date.now());
  const now = periods.find((it) => it.from_on <= today && (!it.until_on || it.until_on >= today));
  return now ? ratioWord(now.value) : "—";
}

function papers(desk, member, closed) {
  const issue = async () => closed(await issueOne(desk, member), w("資格確認書を交付しました。", "A certificate was issued."));
  const button = h("div", { class: "buttons" }, h("button", { type: "button", id: "issue-one", onclick: issue }, w("資格確認書を交付する", "Issue a certificate")));
  const heading = h("h2", { id: "papers", tabindex: "-1" }, w("資格確認書", "Certificates"));
  if (!member.certificates.length) return [heading, h("p", { class: "muted" }, w("交付した資格確認書はありません。", "No certificate was issued.")), button];
  return [heading, table(w("交付した資格確認書", "Certificates issued"), paperColumns(desk, member, closed), [...member.certificates].reverse()), button];
}

function paperColumns(desk, member, closed) {
  const today = dayOf(Date.now());
  const state = (it) => paperState(it, today);
  return [
    { label: w("発行番号", "Serial"), isHead: true, cell: (it) => h("span", { class: "number" }, it.serial) },
    { label: w("状態", "State"), cell: (it) => [h("span", { class: `badge ${STATE_LOOKS[state(it)]}` }, paperWord(state(it))), it.is_to_be_recalled && recall()] },
    { label: w("交付", "Issued"), cell: (it) => day(it.issued_on) },
    { label: w("有効期限", "Good until"), cell: (it) => day(it.expires_on) },
    { label: w("操作", "Do"), cell: (it) => steps(desk, member, it, closed) },
  ];
}

const recall = () => h("p", { class: "error" }, w("不開示の住所が印刷されています。失効し、新しく交付してください。", "It bears a withheld address: revoke it and issue another."));

function steps(desk, member, paper, closed) {
  const offered = { valid: ["suspend", "revoke"], suspended: ["reinstate", "revoke"], revoked: [] }[paper.state] ?? [];
  const words = { suspend: w("停止", "Suspend"), revoke: w("失効", "Revoke"), reinstate: w("停止を解除", "Reinstate") };
  const open = (step) => async () => closed(await withdrawDialog(desk, member, paper, step), w(`${words[step]}しました。次の資格確認から反映されます。`, "Done. The next check sees it."));
  const button = (step) => h("button", { type: "button", id: `${step}-${paper.serial}`, class: step === "revoke" ? "danger" : "", "aria-label": `${words[step]} ${paper.serial}`, onclick: open(step) }, words[step]);
  return offered.length ? h("div", { class: "choices gap" }, offered.map(button)) : w("—", "—");
}
