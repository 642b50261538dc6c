// The console begins here: a session, an address, the page of that address drawn.

import { byId, fill, h } from "/pages/kit/dom.js";
import { onLanguage, w } from "/pages/kit/language.js";
import { anotherOperator, Desk } from "./desk.js";
import { dropDialogs } from "./dialog.js";
import { drawTop, drawWays, fold } from "./frame.js";
import { hold } from "./held_focus.js";
import { problemBox } from "./problem_box.js";
import { Opened, START } from "./routes.js";
import { SignIn } from "./sign_in.js";
import { signInAgain } from "./sign_in_again.js";
import { Sessions } from "./sessions.js";
import { Warning } from "./session_warning.js";
import { onOtherTab } from "./tabs.js";
import { UPLOADS } from "./upload.js";

const opened = new Opened();
const sessions = new Sessions(sessionChanged);
const signIn = new SignIn(sessions, draw, enter);
const warning = new Warning(sessions, () => again().catch(() => null));
/** @type {import("./routes.js").Page|null} */
let shown = null;
let desk = deskOfNow();
/** Why the page shown is not as it stands now. @type {unknown} */
let trouble = null;
/** Why what was begun is gone. @type {unknown} */
let dropped = null;

addEventListener("hashchange", () => go());
addEventListener("beforeunload", (event) => {
  if (opened.hasUnsent() || UPLOADS.isBusy) event.preventDefault();
});
onLanguage(draw);
onOtherTab(lookAgain);
UPLOADS.onChange(() => drawNotes());
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names the page
  byId("main").focus();
});
setInterval(drawNotes, 15_000);
begin();

async function begin() {
  await sessions.restore().catch((error) => (trouble = error));
  await enter();
}

/** Somebody signed in here, or in another tab. */
async function enter() {
  if (desk.isOpen) return go();
  const told = desk.operator ? anotherOperator() : null;
  forget(); // one operator's drafts are not another's
  await go(told);
}

function sessionChanged() {
  if (sessions.kept) enter();
  else leave();
}

function deskOfNow() {
  return new Desk(sessions, again, draw, load);
}

function forget() {
  dropDialogs();
  opened.clear();
  desk.close();
  desk = deskOfNow();
}

function leave() {
  forget();
  signIn.clear();
  [shown, trouble, dropped] = [null, null, null];
  draw();
}

async function signOut() {
  await sessions.signOut();
  leave();
}

async function again() {
  await signInAgain(sessions);
  await sessions.restore();
  if (!desk.isOpen) await enter();
  drawNotes();
}

/** Another tab changed something: what is shown is asked anew, what is typed stays. */
async function lookAgain() {
  if (!sessions.kept) return;
  await Promise.all([shown?.load?.(), desk.waiting.load()]).catch(() => null); // as it was
  draw();
}

/** Show the page that the address names. @param {unknown} [told] why what was begun is gone */
async function go(told = null) {
  shown?.leave?.();
  fold();
  if (!sessions.kept) return draw();
  if (!location.hash) history.replaceState(null, "", START);
  shown = opened.page(desk, location.hash);
  dropped = told;
  const loading = load();
  scrollTo(0, 0);
  byId("title")?.focus({ preventScroll: true });
  desk.waiting.refresh(drawMenu);
  await loading;
}

/** Ask anew what the page shows. */
async function load() {
  const now = shown;
  trouble = null;
  draw();
  await now?.load?.().catch((error) => now === shown && (trouble = error));
  if (now === shown) draw();
}

/** Draw everything from the state; the field or button in hand stays in hand. */
function draw() {
  const held = hold();
  UPLOADS.belongTo(sessions.kept?.operator);
  const page = sessions.kept ? shown : signIn;
  document.title = `${page ? page.title() : w("見つかりません", "Not found")} | ${w("資格 保険者コンソール", "Shikaku: insurer’s console")}`;
  drawTop(sessions, signOut);
  drawMenu();
  fill(byId("main"), h("div", { id: "notes" }), ...(page ? body(page) : unknown()));
  drawNotes();
  held();
}

/** The menu, with how much waits. */
function drawMenu() {
  drawWays(Boolean(sessions.kept), location.hash, desk.waiting.told?.open_reports ?? 0);
}

function body(page) {
  const heading = h("h1", { id: "title", tabindex: "-1" }, (page.heading ?? page.title)());
  const waiting = trouble ? null : h("p", {}, w("読み込んでいます…", "Loading…"));
  return [heading, problemBox(dropped), problemBox(trouble), trouble && page.load && loadAgain(), page.draw() ?? waiting];
}

function loadAgain() {
  const button = h("button", { type: "button", id: "load-again", onclick: load }, w("もう一度読み込む", "Load again"));
  return [h("p", {}, w("画面の内容を最新にできませんでした。", "This page could not be brought up to date.")), h("div", { class: "buttons" }, button)];
}

function unknown() {
  return [
    h("h1", { id: "title", tabindex: "-1" }, w("この画面はありません", "There is no such page")),
    h("p", {}, w("アドレスを確かめるか、メニューから選んでください。", "Check the address, or choose from the menu.")),
  ];
}

/** What concerns every page: the end of the session, uploads under way or ended. */
function drawNotes() {
  const place = document.getElementById("notes");
  if (!place) return;
  const held = hold();
  fill(place, warning.draw(), sessions.kept && UPLOADS.draw());
  held();
  const words = warning.announcement();
  if (words) desk.say(words);
}
