// The first view: whose code it is, the code to show, and whether coverage holds.

import { dayOf } from "/pages/kit/dates.js";
import { byId, fillAnew, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { keepingFocus } from "./focus.js";
import { isWorthAsking, noticeChoice } from "./notices.js";
import { oldCodeNote } from "./old_code.js";
import { otherWays } from "./other_ways.js";
import { connectionOf } from "./people.js";
import { makeCode } from "./presentation.js";
import { rollingCode } from "./rolling_code.js";
import { person, session } from "./session.js";
import { statusView } from "./status_view.js";
import { troubleNote } from "./trouble_note.js";
import { called, whose } from "./whose.js";

/** What is on the screen: whether there is a code, and whether it comes first. */
let drawn = "";
/** Asks the server anew. @type {() => void} */
let renew = () => {};

/** @param {(id: string) => void} choose */
export function homeView(choose) {
  renew = () => choose(me().id);
  const handle = handleNow();
  drawn = layout();
  const code = handle ? ownCode(handle) : null;
  const status = h("div", { id: "status", "aria-live": "polite" }, statusOrWait());
  return [
    session.told ? h("p", { class: "note warn", role: "status" }, session.told()) : null,
    whose(session.people, me(), choose),
    h("div", { id: "old" }, tooOld()),
    isLapsed() ? [status, code] : [code, status],
    h("div", { id: "trouble" }, troubles()),
    h("div", { id: "ways" }, ways()),
  ];
}

/** A code that is being shown stays as it is: only what was heard is written anew. Whether it could. */
export function renewHome() {
  if (layout() !== drawn) return false;
  keepingFocus(renewAround);
  return true;
}

function renewAround() {
  fillAnew(byId("old"), tooOld());
  fillAnew(byId("status"), statusOrWait());
  fillAnew(byId("trouble"), troubles());
  fillAnew(byId("ways"), ways());
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
const ways = () => otherWays(me(), dayOf(now()));
const now = () => connectionOf(me()).clock.now();

/** The last day is over; that the server agrees is heard with the next network. */
const isOver = () => me().delegation !== null && me().delegation.until < dayOf(now());
/** That coverage has ended is read before anything is held out. */
const isLapsed = () => me().status !== null && me().status.qualification.validity !== "1";
const layout = () => `${handleNow() !== null} ${isLapsed()}`;
const handleNow = () => (isOver() ? null : me().handle);

/** Each code is of the newest token: it may have been renewed since this one. */
function ownCode(first) {
  const connection = connectionOf(me());
  return rollingCode(connection, called(me()), async (challenge) => ({
    text: await makeCode(connection.key, handleNow() ?? first, connection.clock.seconds(), challenge),
    kind: challenge ? w("サーバーと確認したコードです", "Made together with the server") : w("通信なしで作ったコードです", "Made without network"),
  }));
}

const tooOld = () => (handleNow() ? oldCodeNote(me().goodUntil, now(), renew) : null);

function statusOrWait() {
  const { status, at } = me();
  if (isOver()) return heading(w("代理の期限が終わりました", "Your delegation has ended"));
  return status ? [statusView({ status, at }, now()), isWorthAsking(me()) ? noticeChoice(session.people) : null] : heading(w("確認しています…", "Looking…"));
}

const heading = (words) => h("h1", { id: "title", tabindex: "-1" }, words);
