// スマホ保険証: what the phone shows, and what leads from one view to the next.

import { byId, fill, h } from "/pages/kit/dom.js";
import { onLanguage, w } from "/pages/kit/language.js";
import { languageButton } from "/pages/kit/language_button.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { activationView } from "./activation_view.js";
import { historyView } from "./history_view.js";
import { homeView, renewHome } from "./home_view.js";
import { forgetInsurer, rememberInsurer } from "./insurer_contact.js";
import { freshStatus } from "./owner.js";
import { connectionOf, everybody, forget } from "./people.js";
import { reportView } from "./report_view.js";
import { go, leave, onView, session } from "./session.js";
import { settingsView } from "./settings_view.js";

const HAD_A_KEY = "shikaku-phone"; // outlives a database that the browser erased

/** @returns {any} */
const person = () => session.person;
const VIEWS = {
  activation: () => activationView((newcomer) => void show(newcomer), session.told),
  home: () => homeView(),
  history: () => historyView(connectionOf(person()), (about) => go("report", { about })),
  report: () => reportView(connectionOf(person()), session.about),
  settings: () => settingsView(end),
};

function draw() {
  leave();
  fill(byId("main"), VIEWS[session.view]());
  fill(byId("bar"), h("span", { class: "brand" }, w("スマホ保険証", "Insurance on the phone")), h("span", { class: "push" }, languageButton()));
  document.querySelector(".tabs")?.remove();
  if (session.view !== "activation") document.body.append(tabs());
  document.title = w("スマホ保険証 Shikaku", "Shikaku phone");
}

function tabs() {
  const tab = (view, words) => h("button", { type: "button", "aria-current": session.view === view ? "page" : null, onclick: () => go(view) }, words);
  return h("nav", { class: "tabs", "aria-label": w("画面", "Views") }, tab("home", w("コード", "Code")), tab("history", w("履歴", "History")), tab("report", w("連絡", "Report")), tab("settings", w("設定", "Settings")));
}

/** Show this person's code, and what the server says of them now. */
async function show(someone) {
  localStorage.setItem(HAD_A_KEY, "1");
  go("home", { person: someone, trouble: "" });
  await refresh();
}

async function refresh() {
  const asked = person();
  try {
    const fresh = await freshStatus(asked);
    if (session.person?.id === asked.id) Object.assign(session, { person: fresh, trouble: "" });
    rememberInsurer(fresh.status.ask);
  } catch (error) {
    if (isEnded(error)) return lost();
    session.trouble = troubleWords(error);
  }
  if (session.view === "home" && !renewHome()) draw();
}

/** The server knows this key no more: ended by the insurer, or from another phone. */
const isEnded = (error) => error.status === 401 || error.code === "invalid_client";

async function lost() {
  await forget(person());
  go("activation", { person: null, told: w("この端末の鍵がありません。保険者に新しい有効化コードを頼んでください。", "This device has no key any more. Ask your insurer for a new code.") });
}

async function end() {
  const connection = connectionOf(person());
  try {
    await connection.ask("DELETE", `/v1/patient/phones/${connection.clientId}`);
  } catch (error) {
    if (!isEnded(error)) return go("settings", { trouble: troubleWords(error) });
  }
  await forget(person());
  localStorage.removeItem(HAD_A_KEY);
  forgetInsurer();
  go("activation", { person: null });
}

async function start() {
  onView(draw);
  onLanguage(draw);
  void navigator.serviceWorker?.register("/phone/service_worker.js");
  addEventListener("online", () => session.person && void refresh());
  document.addEventListener("visibilitychange", () => !document.hidden && session.person && void refresh());
  const [someone] = await everybody();
  if (someone) return show(someone);
  go("activation", { told: localStorage.getItem(HAD_A_KEY) ? w("この端末の鍵がありません。保険者に新しい有効化コードを頼んでください。", "This device has no key any more. Ask your insurer for a new code.") : "" });
}

void start().catch((error) => fill(byId("main"), h("p", { class: "note bad", role: "alert" }, troubleWords(error))));
