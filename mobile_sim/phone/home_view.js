// The first view: whose code it is, the code to show, and whether coverage holds.

import { dayOf } from "/pages/kit/dates.js";
import { byId, fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { codePlace } from "./code_view.js";
import { shrink } from "./large_code.js";
import { isTheOne, takeOver } from "./one_tab.js";
import { oldCodeNote } from "./old_code.js";
import { connectionOf } from "./people.js";
import { Rolling } from "./rolling.js";
import { go, person, session, untilLeft } from "./session.js";
import { statusView } from "./status_view.js";
import { troubleNote } from "./trouble_note.js";
import { called, whose } from "./whose.js";

/** What renews the code on the screen, if there is one. @type {Rolling|null} */
let rolling = null;
/** Asks the server anew. @type {() => void} */
let renew = () => {};

/** @param {(id: string) => void} choose */
export function homeView(choose) {
  renew = () => choose(me().id);
  rolling = null;
  const handle = handleNow();
  return [
    session.told ? h("p", { class: "note warn", role: "status" }, session.told()) : null,
    whose(session.people, me(), choose),
    h("div", { id: "old" }, tooOld()),
    handle ? rollingCode(handle) : null,
    h("div", { id: "status", "aria-live": "polite" }, statusOrWait()),
    h("div", { id: "trouble" }, troubles()),
  ];
}

/** A code that is being shown stays as it is: only what was heard is written anew. Whether it could. */
export function renewHome() {
  const handle = handleNow();
  if (Boolean(handle) !== Boolean(rolling)) return false;
  if (rolling && handle) rolling.handle = handle; // the next code is of the renewed token
  fill(byId("old"), tooOld());
  fill(byId("status"), statusOrWait());
  fill(byId("trouble"), troubles());
  return true;
}

/** What stands in the way, if anything. */
export function troubles() {
  const { isOff } = connectionOf(me()).clock;
  const again = session.view === "home" ? renew : null;
  return [session.trouble ? troubleNote(session.trouble, again) : null, isOff ? h("p", { class: "note warn" }, clockWords()) : null];
}

function clockWords() {
  const how = session.trouble ? w("通信できないため、前に確かめたずれで補っています。", "Without network, it is set right by what was found before.") : w("サーバーの時刻で補っています。", "The server's time is used.");
  return [w("このスマホの時計がずれています。", "This phone's clock is wrong. "), how, w("スマホの設定で、日付と時刻を「自動」にしてください。", " Set date and time to automatic in the phone's settings.")];
}

const me = () => /** @type {import("./people.js").Person} */ (person());
const now = () => connectionOf(me()).clock.now();

/** The last day is over; that the server agrees is heard with the next network. */
const isOver = () => me().delegation !== null && me().delegation.until < dayOf(now());
const handleNow = () => (isOver() ? null : me().handle);

function rollingCode(handle) {
  const place = codePlace(called(me()));
  const own = (rolling = new Rolling(/** @type {Element} */ (place.querySelector("#symbol")), connectionOf(me()), handle));
  untilLeft(() => (own.stop(), shrink()));
  void isTheOne(turned).then((isOurs) => place.isConnected && (isOurs ? own.start() : fill(place, elsewhere())));
  return place;
}

/** Another tab took over, or was closed. */
const turned = () => session.view === "home" && go("home");

function elsewhere() {
  return [h("p", { class: "note warn", role: "status" }, w("コードは、別のタブで表示中です。", "The code is open in another tab.")), h("button", { type: "button", id: "use-here", class: "first wide", onclick: takeOver }, w("この画面で使う", "Use it here"))];
}

const tooOld = () => (handleNow() ? oldCodeNote(me().goodUntil, now(), renew) : null);

function statusOrWait() {
  const { status, at } = me();
  if (isOver()) return heading(w("代理の期限が終わりました", "Your delegation has ended"));
  return status ? statusView({ status, at }, now()) : heading(w("確認しています…", "Looking…"));
}

const heading = (words) => h("h1", { id: "title", tabindex: "-1" }, words);
