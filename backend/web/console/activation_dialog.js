// An activation code for a member's phone: made on purpose, shown once.

import { h, name } from "/pages/kit/dom.js";
import { instant } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { ask } from "./dialog.js";

/** Make a code and show it; whether it was made. @param {import("./desk.js").Desk} desk @param {any} member */
export async function giveCode(desk, member) {
  let made = null;
  const isMade = await ask({
    title: () => w("有効化コードを発行しますか", "Make an activation code?"),
    label: () => w("発行する", "Make the code"),
    body: () => [
      h("p", {}, h("b", {}, name(member.name)), w(" さんのスマホを登録するための、1回だけ使えるコードです。", ": a code that registers a phone once.")),
      h("ul", {}, h("li", {}, w("前に発行した未使用のコードは使えなくなります。", "An earlier code that was not used opens nothing any more.")), h("li", {}, w("コードを知る人は本人のスマホとして登録できます。本人確認をした相手にだけ渡してください。", "Whoever knows it can register a phone as this member’s: give it only to somebody whose identity you checked."))),
    ],
    act: async () => ([made] = (await desk.ask("POST", "/v1/insurer/activations", { person_ids: [member.person_id] })).codes),
  });
  if (isMade && made) await show(made, member);
  return isMade;
}

function show(made, member) {
  return ask({
    title: () => w("有効化コード", "Activation code"),
    label: () => w("閉じる", "Close"),
    body: () => [
      h("p", {}, name(member.name), w(" さん", "")),
      h("p", { class: "code-shown", id: "activation-code", translate: "no" }, made.code),
      h("p", {}, w(`期限：${instant(made.expires_at)}。この表示は一度だけです。`, `Good until ${instant(made.expires_at)}. It is shown only now.`)),
      h("p", {}, w("スマホで「資格」のページを開き、このコードを入力してもらってください。", "Have the member open the phone page and type this code.")),
    ],
    act: async () => {},
    leave: null,
  });
}
