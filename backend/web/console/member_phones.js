// A member's phones with their tokens; all of them can be ended at once.

import { h, name } from "/pages/kit/dom.js";
import { instant } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { giveCode } from "./activation_dialog.js";
import { ask } from "./dialog.js";
import { paperWord, STATE_LOOKS } from "./member_words.js";
import { table } from "./table.js";

/** @param {import("./desk.js").Desk} desk @param {string} door @param {(isDone: boolean|null, words: string) => Promise<void>} closed what follows a dialog */
export function phonesPart(desk, door, closed) {
  /** @type {any[]} */
  let phones = [];

  async function load() {
    phones = (await desk.ask("GET", `${door}/phones`)).phones;
  }

  async function end(member) {
    const live = phones.filter((it) => !it.ended_at).length;
    const isDone = await ask({
      title: () => w("すべてのスマホを停止しますか", "End all phones?"),
      label: () => w("すべて停止する（取り消せません）", "End all for good"),
      isDanger: true,
      body: () => [
        h("p", {}, h("b", {}, name(member.name)), w(` さんのスマホ ${live} 台を停止します。紛失・盗難のときに使います。`, `: ${live} phone(s) are ended. For phones that were lost or stolen.`)),
        h("ul", {}, h("li", {}, w("次の資格確認から、スマホのコードは受け付けられません。", "From the next check on, their codes are refused.")), h("li", {}, w("取り消せません。新しい有効化コードで登録し直せます。", "This is final. A new activation code lets the member begin again.")), h("li", {}, w("資格と資格確認書はそのままです。", "Coverage and certificates stay as they are."))),
      ],
      act: () => desk.ask("DELETE", `${door}/phones`),
    });
    await closed(isDone, w("すべてのスマホを停止しました。", "All phones are ended."));
  }

  const give = async (member) => closed(await giveCode(desk, member), w("有効化コードを発行しました。", "An activation code was made."));

  function draw(member) {
    const hasLive = phones.some((it) => !it.ended_at);
    return [
      h("h2", { id: "phones", tabindex: "-1" }, w("スマホ", "Phones")),
      phones.length ? table(w("登録されたスマホ", "Phones registered"), COLUMNS(), phones) : h("p", { class: "muted" }, w("登録されたスマホはありません。有効化コードを渡すと登録できます。", "No phone is registered. An activation code lets the member register one.")),
      h("div", { class: "buttons" }, h("button", { type: "button", id: "give-code", onclick: () => give(member) }, w("有効化コードを発行する", "Make an activation code")), hasLive && h("button", { type: "button", id: "end-phones", class: "danger", onclick: () => end(member) }, w("すべてのスマホを停止する", "End all phones"))),
    ];
  }

  return { load, draw };
}

const COLUMNS = () => [
  { label: w("登録", "Registered"), isHead: true, cell: (it) => instant(it.enrolled_at) },
  { label: w("状態", "State"), cell: (it) => (it.ended_at ? h("span", { class: "badge bad" }, w("停止", "Ended")) : h("span", { class: "badge good" }, w("使用中", "In use"))) },
  { label: w("停止", "Ended"), cell: (it) => (it.ended_at ? instant(it.ended_at) : "—") },
  { label: w("スマホ保険証", "Token"), cell: token },
];

function token(phone) {
  const last = [...phone.tokens].sort((one, other) => (one.issued_at < other.issued_at ? 1 : -1))[0];
  if (!last) return w("なし", "none");
  return [h("span", { class: `badge ${STATE_LOOKS[last.state]}` }, paperWord(last.state)), " ", w(`${instant(last.expires_at)}まで`, `until ${instant(last.expires_at)}`)];
}
