// スマホ保険証: what the phone shows, and what leads from one view to the next.

import { byId, fill, h } from "/pages/kit/dom.js";
import { onLanguage, w } from "/pages/kit/language.js";
import { languageButton } from "/pages/kit/language_button.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { activationView } from "./activation_view.js";
import { codePlace } from "./code_view.js";
import { historyView } from "./history_view.js";
import { activatedPhone, cupboard, forget, forgetActivation, freshStatus } from "./owner.js";
import { reportView } from "./report_view.js";
import { Rolling } from "./rolling.js";
import { statusView } from "./status_view.js";

/** @type {{view: string, connection: any, heard: any, about: number|null, isLost: boolean, trouble: string}} */
let state = { view: "home", connection: null, heard: null, about: null, isLost: false, trouble: "" };
/** @type {Rolling|null} */
let rolling = null;

const VIEWS = {
  activation: () => activationView((connection) => void begin(connection), state.isLost),
  home: () => [codePlaceIfCovered(), h("div", { id: "status", "aria-live": "polite" }, statusOrWait()), h("div", { id: "trouble" }, trouble())],
  history: () => historyView(state.connection, (about) => go("report", { about })),
  report: () => reportView(state.connection, state.about),
  settings: () => settings(),
};

function go(view, more = {}) {
  state = { ...state, about: null, ...more, view };
  draw();
  /** @type {any} */ (document.querySelector("main h1"))?.focus();
}

function draw() {
  rolling?.stop();
  fill(byId("main"), VIEWS[state.view]());
  fill(byId("bar"), h("span", { class: "brand" }, w("スマホ保険証", "Insurance on the phone")), h("span", { class: "push" }, languageButton()));
  document.querySelector(".tabs")?.remove();
  if (state.view !== "activation") document.body.append(tabs());
  document.title = w("スマホ保険証 Shikaku", "Shikaku phone");
  startRolling();
}

function tabs() {
  const tab = (view, words) => h("button", { type: "button", "aria-current": state.view === view ? "page" : null, onclick: () => go(view) }, words);
  return h("nav", { class: "tabs", "aria-label": w("画面", "Views") }, tab("home", w("コード", "Code")), tab("history", w("履歴", "History")), tab("report", w("連絡", "Report")), tab("settings", w("設定", "Settings")));
}

const codePlaceIfCovered = () => (state.heard?.handle ? codePlace() : null);

function startRolling() {
  const place = byId("symbol");
  if (!place) return;
  rolling = new Rolling(place, state.connection, state.heard.handle);
  rolling.start();
}

function statusOrWait() {
  if (state.heard) return statusView(state.heard, state.connection.clock.now());
  return [h("h1", { id: "title", tabindex: "-1" }, w("確認しています…", "Looking…"))];
}

function trouble() {
  const isOff = state.connection?.clock.isOff;
  const clock = isOff ? h("p", { class: "note warn" }, w("このスマホの時計がずれています。サーバーの時刻で補っています。", "This phone's clock is wrong; the server's time is used.")) : null;
  return [state.trouble ? h("p", { class: "note warn", role: "status" }, state.trouble) : null, clock];
}

function settings() {
  const really = () => confirm(w("このスマホの登録を消します。使うには新しい有効化コードが必要です。", "This ends this phone. A new code is needed to begin again.")) && void end();
  return [
    h("h1", { id: "title", tabindex: "-1" }, w("設定", "Settings")),
    trouble(),
    h("p", {}, w("鍵はこのスマホの中だけにあり、取り出せません。", "The key is in this phone alone and cannot be taken out.")),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "danger", onclick: really }, w("このスマホの登録を消す", "End this phone"))),
  ];
}

async function end() {
  const { connection } = state;
  try {
    await connection.ask("DELETE", `/v1/patient/phones/${connection.clientId}`);
  } catch (error) {
    if (/** @type {any} */ (error).status !== 401) return go("settings", { trouble: troubleWords(error) });
  }
  await forget();
  localStorage.removeItem("shikaku-phone");
  go("activation", { connection: null, heard: null, isLost: false });
}

async function begin(connection) {
  state = { ...state, connection, heard: (await cupboard.get("heard")) ?? null, view: "home" };
  localStorage.setItem("shikaku-phone", "1"); // that there was a key, should it vanish
  draw();
  await refresh();
}

async function refresh() {
  try {
    const heard = await freshStatus(state.connection);
    state = { ...state, heard, trouble: "" };
  } catch (error) {
    if (/** @type {any} */ (error).status === 401 || /** @type {any} */ (error).code === "invalid_client") return void lost();
    state = { ...state, trouble: troubleWords(error) };
  }
  if (state.view === "home") renewHome();
}

/** A code that is being shown stays as it is: only what was heard is written anew. */
function renewHome() {
  const isShown = byId("symbol") !== null;
  if (isShown !== Boolean(state.heard?.handle) || rolling?.handle !== state.heard.handle) return draw();
  fill(byId("status"), statusOrWait());
  fill(byId("trouble"), trouble());
}

/** Ended elsewhere: by the insurer, or from another phone. */
async function lost() {
  await forgetActivation();
  go("activation", { connection: null, heard: null, isLost: true });
}

async function start() {
  onLanguage(draw);
  void navigator.serviceWorker?.register("/phone/service_worker.js");
  addEventListener("online", () => state.connection && void refresh());
  document.addEventListener("visibilitychange", () => !document.hidden && state.connection && void refresh());
  const connection = await activatedPhone();
  if (connection) return begin(connection);
  go("activation", { isLost: localStorage.getItem("shikaku-phone") === "1" });
}

void start().catch((error) => fill(byId("main"), h("p", { class: "note bad", role: "alert" }, troubleWords(error))));
