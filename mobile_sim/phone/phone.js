// スマホ保険証: what the phone shows, and what leads from one view to the next.

import { byId, fill, h } from "/pages/kit/dom.js";
import { onLanguage, w } from "/pages/kit/language.js";
import { languageButton } from "/pages/kit/language_button.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { activationView, hasCode } from "./activation_view.js";
import { atTheDeskView } from "./at_the_desk_view.js";
import { copyView } from "./copy_view.js";
import { delegationsView } from "./delegations_view.js";
import { historyView } from "./history_view.js";
import { homeView, renewHome } from "./home_view.js";
import { forgetInsurer } from "./insurer_contact.js";
import { keepUp, remove } from "./keeping_up.js";
import { mintedView } from "./minted_view.js";
import { keepFiles } from "./new_version.js";
import { isEnded } from "./owner.js";
import { connectionOf, everybody } from "./people.js";
import { phonesView } from "./phones_view.js";
import { reportView } from "./report_view.js";
import { again, go, heard, leave, onAsking, onView, person, session } from "./session.js";
import { settingsView } from "./settings_view.js";

const ANEW_MS = 60_000; // what stands on the screen is true until then
const HAD_A_KEY = "shikaku-phone"; // outlives a database that the browser erased

/** @returns {any} */
const shown = () => person();
const connection = () => connectionOf(shown());
const VIEWS = {
  activation: () => activationView((newcomer) => void welcome(newcomer), session.told),
  add: () => activationView((newcomer) => void welcome(newcomer), null, () => go("settings")),
  desk: () => atTheDeskView(),
  home: () => homeView((id) => void show(id)),
  history: () => historyView(connection(), (about) => go("report", { about })),
  report: () => reportView(connection(), /** @type {number|null} */ (session.about)),
  copy: () => copyView(shown(), String(session.about)),
  minted: () => mintedView(shown()),
  settings: () => settingsView(shown(), () => end(shown())),
  delegations: () => delegationsView(connection()),
  phones: () => phonesView(connection()),
};

/** In which tab the other views stand. */
const WITHIN = { add: "settings", delegations: "settings", phones: "settings", copy: "home", minted: "home" };

function draw() {
  leave();
  fill(byId("main"), VIEWS[session.view]());
  fill(byId("bar"), h("span", { class: "brand" }, w("スマホ保険証", "Insurance on the phone")), h("span", { class: "push" }, languageButton()));
  document.querySelector(".tabs")?.remove();
  if (shown()) document.body.append(tabs());
  document.title = w("スマホ保険証 Shikaku", "Shikaku phone");
}

function tabs() {
  const shownTab = WITHIN[session.view] ?? session.view;
  const tab = (view, words) => h("button", { type: "button", "aria-current": shownTab === view ? "page" : null, onclick: () => go(view) }, words);
  const { delegation } = shown();
  const mayRead = !delegation || delegation.may_see_history;
  return h("nav", { class: "tabs", "aria-label": w("画面", "Views") }, tab("home", w("コード", "Code")), mayRead ? tab("history", w("履歴", "History")) : null, tab("report", w("連絡", "Report")), tab("settings", w("設定", "Settings")));
}

/** Show this person's code, and what the server says of them now. */
async function show(id) {
  go("home", { chosen: id, trouble: "" });
  await refresh();
}

async function welcome(newcomer) {
  localStorage.setItem(HAD_A_KEY, "1");
  session.people = await everybody();
  go("home", { chosen: newcomer.id, trouble: "" });
  await refresh();
}

const refresh = () => keepUp(renew);

function renew() {
  if (session.view !== "home") heard();
  else if (shown() && !renewHome()) again();
}

/** Somebody leaves this phone, because somebody here says so; another may be on the screen by then. */
async function end(leaving) {
  const door = leaving.delegation ? "delegations" : "phones";
  try {
    await connectionOf(leaving).ask("DELETE", `/v1/patient/${door}/${leaving.id}`);
  } catch (error) {
    if (!isEnded(error)) return notEnded(leaving, error);
  }
  if (session.people.every(({ id }) => id === leaving.id)) forgetAll();
  await remove(leaving, null);
}

function notEnded(leaving, error) {
  if (session.view === "settings" && shown()?.id === leaving.id) go("settings", { trouble: troubleWords(error) });
}

function forgetAll() {
  localStorage.removeItem(HAD_A_KEY);
  forgetInsurer();
}

/** Whoever has their own card here is shown first. */
async function start() {
  onView(draw);
  onAsking(() => void refresh());
  onLanguage(again);
  keepFiles();
  addEventListener("online", () => void refresh());
  setInterval(() => document.hidden || void refresh(), ANEW_MS);
  document.addEventListener("visibilitychange", () => !document.hidden && void refresh());
  session.people = await everybody();
  const [first] = session.people;
  if (first) return opened(first);
  go("activation", { told: localStorage.getItem(HAD_A_KEY) ? lostKey : null });
}

/** Whoever comes with a code has come to add somebody. */
const opened = ({ id }) => (hasCode() ? (go("add", { chosen: id }), refresh()) : show(id));

const lostKey = () => w("この端末の鍵がありません。保険者に新しい有効化コードを頼んでください。", "This device has no key any more. Ask your insurer for a new code.");

void start().catch((error) => fill(byId("main"), h("p", { class: "note bad", role: "alert" }, troubleWords(error))));
