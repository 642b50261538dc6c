// 通知: what ends soon is told on the phone itself, once for each, where its owner allows it.
//
// A notice stands on a locked screen: it says that something ends, never whose or what.

import { h } from "/pages/kit/dom.js";
import { language, w } from "/pages/kit/language.js";
import { cupboard } from "./people.js";

/** @typedef {import("./people.js").Person} Person */
const TOLD = "noticed"; // which were told already, as long as they are due

const isAble = () => "Notification" in globalThis && "serviceWorker" in navigator;

/** Tell of what is new among everybody's reminders. @param {Person[]} people */
export async function notify(people) {
  if (!isAble() || Notification.permission !== "granted") return;
  const due = people.flatMap(({ id, status }) => (status?.reminders ?? []).map((it) => `${id} ${it.kind} ${it.on}`));
  const told = (await cupboard.get(TOLD)) ?? [];
  if (due.some((it) => !told.includes(it))) await show();
  await cupboard.put(TOLD, due);
}

async function show() {
  const registration = await navigator.serviceWorker.ready;
  const body = w("まもなく期限が来るものがあります。押して確かめてください。", "Something on your card ends soon. Tap to see what to do.");
  await registration.showNotification(w("スマホ保険証", "Insurance on the phone"), { body, tag: "ends-soon", lang: language(), icon: "/phone/icon-192.png" });
}

/** Something ends soon, and nobody has chosen yet. @param {Person} person */
export const isWorthAsking = ({ status }) => isAble() && Notification.permission === "default" && (status?.reminders ?? []).length > 0;

/** The choice: nobody is asked before they press the button. @param {Person[]} people */
export function noticeChoice(people) {
  const place = h("section", { id: "notices", "aria-live": "polite" });
  const draw = () => place.replaceChildren(h("h2", {}, w("期限のお知らせ", "Reminders")), ...choice(ask));
  const ask = async () => {
    if ((await Notification.requestPermission()) === "granted") void notify(people);
    draw();
  };
  draw();
  return place;
}

function choice(ask) {
  if (!isAble()) return [h("p", {}, w("このブラウザーは通知ができません。iPhone では、ホーム画面に追加して開くとできるようになります。", "This browser cannot notify. On an iPhone it can once the page is opened from the home screen."))];
  const when = h("p", {}, w("この画面を開いたときに調べて、期限が近いものを1回だけ通知します。", "Looked up whenever you open this page; told once."));
  if (Notification.permission === "granted") return [h("p", { class: "note good" }, w("✓ 通知はオンです。", "✓ Notifications are on.")), when];
  if (Notification.permission === "denied") return [h("p", { class: "note warn" }, w("通知が許可されていません。スマホの設定の「通知」で、このアプリ（またはブラウザー）を許可してください。期限は「コード」の画面でも確かめられます。", "Notifications are not allowed. Allow them for this app (or the browser) in the phone's settings. What ends soon stands under “Code” as well."))];
  return [when, h("div", { class: "buttons" }, h("button", { type: "button", class: "wide", id: "notify", onclick: ask }, w("期限が近づいたら通知する", "Notify me before something ends")))];
}
