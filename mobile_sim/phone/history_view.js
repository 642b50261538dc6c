// Who looked (閲覧履歴): when, which clinic, what it was shown, and what was refused.

import { instant } from "/pages/kit/dates.js";
import { fill, h, name } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { titleOf } from "./title.js";
import { troubleNote } from "./trouble_note.js";

const DOOR = "/v1/patient/history";
const A_PAGE = 30;
const GROUPS = {
  qualification: () => w("資格の有無", "coverage"),
  person: () => w("氏名・生年月日", "name and birth date"),
  numbers: () => w("記号・番号", "numbers"),
  ratio: () => w("負担割合", "what to charge"),
  limit: () => w("限度額区分", "limit category"),
  diseases: () => w("特定疾病", "specific diseases"),
};
const KINDS = {
  "phone-activated": () => w("スマホを登録しました", "A phone was activated"),
  "token-issued": () => w("スマホ保険証を更新しました", "The phone's token was renewed"),
  "certificates-issued": () => w("資格確認書が交付されました", "A certificate was issued"),
  withdrawn: () => w("資格確認書が失効しました", "A certificate was revoked"),
  suspended: () => w("資格確認書が使用停止になりました", "A certificate was suspended"),
  reinstated: () => w("資格確認書が再開されました", "A certificate was reinstated"),
  "history-read": () => w("履歴が読まれました", "The history was read"),
  "report-filed": () => w("お知らせを送りました", "A report was sent"),
  "report-answered": () => w("お知らせに返事がありました", "A report was answered"),
  "activation-code-made": () => w("お手紙のコードが作られました", "A letter's code was made"),
  "delegation-granted": () => w("代理のコードを出しました", "A delegate's code was made"),
  "code-minted": () => w("5分間のコードを出しました", "A code of five minutes was made"),
  "key-changed": () => w("スマホの登録が終わりました", "A phone was ended"),
  "coverage-registered": () => w("資格が登録されました", "Coverage was registered"),
  "coverage-changed": () => w("資格の内容が変わりました", "Coverage was changed"),
  "coverage-ended": () => w("資格の喪失が登録されました", "The end of coverage was registered"),
  "coverage-corrected": () => w("資格が訂正されました", "Coverage was corrected"),
  "coverage-reopened": () => w("資格が元に戻されました", "Coverage was re-opened"),
  "filing-noted": () => w("届出を受け付けました", "A filing was received"),
  "filing-ended": () => w("届出の受付が終わりました", "A filing was dealt with"),
};
const WHAT = {
  phone: () => w("スマホのコード", "a phone's code"),
  certificate: () => w("資格確認書", "a certificate"),
  numbers: () => w("記号・番号の入力", "numbers that were typed"),
};

/** @param {any} connection @param {(about: number) => void} report */
export function historyView(connection, report) {
  const list = h("ul", { class: "history" });
  const more = h("button", { type: "button", hidden: true, onclick: () => void load(more.value) }, w("続きを読む", "More"));
  const trouble = h("div", {});
  const load = async (before) => {
    if (more.disabled) return; // a second tap
    more.disabled = true;
    try {
      const page = await connection.ask("GET", `${DOOR}?limit=${A_PAGE}${before ? `&before=${before}` : ""}`);
      const lines = page.entries.map((entry) => line(entry, report));
      list.append(...lines);
      if (before) lines[0]?.focus();
      more.hidden = page.next === null;
      more.value = page.next ?? "";
      fill(trouble);
    } catch (error) {
      fill(trouble, troubleNote(troubleWords(error), () => void load(before)));
      if (before) trouble.querySelector("button").focus();
    }
    more.disabled = false;
  };
  void load("");
  return [titleOf(w("だれが確認したか", "Who looked")), list, trouble, more];
}

function presented({ kind, is_copy }) {
  return is_copy ? w("資格確認書の写し", "a certificate's copy") : WHAT[kind]?.();
}

function line(entry, report) {
  const isCheck = entry.what !== null;
  const what = isCheck ? said(entry.outcome_words) : (KINDS[entry.kind]?.() ?? said(entry.outcome_words) ?? "");
  const shown = entry.shown.map((group) => GROUPS[group]?.()).filter(Boolean).join(w("、", ", "));
  const ask = h("button", { type: "button", class: "quiet", onclick: () => report(entry.sequence) }, w("心当たりがない", "I do not know this"));
  return h(
    "li",
    { tabindex: "-1" },
    h("p", { class: "small muted" }, instant(entry.at)),
    h("p", {}, h("strong", {}, what || w("記録", "A record")), " ", name(entry.who.name), " ", name(entry.who.terminal)),
    isCheck ? h("p", { class: "small" }, w("見せたもの: ", "By: "), presented(entry.what)) : null,
    shown ? h("p", { class: "small" }, w("見られた内容: ", "Shown: "), shown) : null,
    entry.delegate ? h("p", { class: "small" }, w("代理: ", "Delegate: "), name(entry.delegate.name), w("（", " ("), said(entry.delegate.relation_words), w("）", ")")) : null,
    isCheck ? ask : null,
  );
}
