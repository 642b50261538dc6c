// The reader (窓口): which view is shown, and what leads from one to the next.

import { Camera, cameraTrouble } from "/pages/kit/camera.js";
import { dayOf } from "/pages/kit/dates.js";
import { byId, fill, h, name } from "/pages/kit/dom.js";
import { onLanguage, w } from "/pages/kit/language.js";
import { languageButton } from "/pages/kit/language_button.js";
import { readCode } from "/pages/kit/pictures.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { check, isOutOfReach } from "./checking.js";
import { shownBy, whatIsWrong } from "./foreign.js";
import { listView } from "./list_view.js";
import { numbersView } from "./numbers_view.js";
import { endingView } from "./offline/ending_view.js";
import { showNews } from "./offline/news_view.js";
import { OfflineDesk } from "./offline/offline_desk.js";
import { offlineView } from "./offline/offline_view.js";
import { preparedLine, preparedView } from "./offline/prepared_view.js";
import { phoneNeedsServer } from "./offline/steps.js";
import { lookOf } from "./outcomes.js";
import { scanView } from "./scan_view.js";
import { hasPin, lockWhenIdle } from "./shift.js";
import { isMuted, setMuted, sound } from "./sound.js";
import { choosePinView, enrolView, lockView } from "./start_views.js";
import { enrolledTerminal } from "./terminal.js";
import { uncheckedView, verdictView } from "./verdict_view.js";
import { listenToScanner } from "./wedge.js";

const CLEARED_AFTER_MS = 60_000;
const EMPTY_SHIFT = () => ({ view: "lock", answer: null, trouble: "", question: null, checks: [], day: "", agreed: new Set() });

/** @type {any} */
let state = { ...EMPTY_SHIFT(), connection: null, clinic: null };
/** @type {Camera|null} */
let camera = null;
let clearing = 0;
const offline = new OfflineDesk(lineChanged);

/** Show a view; what belongs to the last person is not carried on. @param {string} view @param {object} more */
function go(view, more = {}) {
  clearTimeout(clearing);
  camera?.stop();
  camera = null;
  state = { ...state, ...more, view };
  draw();
  /** @type {any} */ (document.querySelector("main [data-first]") ?? document.querySelector("main h1"))?.focus();
}

const VIEWS = {
  enrol: () => enrolView((connection) => go("choose-pin", { connection })),
  "choose-pin": () => choosePinView(openShift),
  lock: () => lockView(openShift),
  scan: () => [...scanView({ ...state, agreed: state.agreed, today: dayOf(now()) }, ways), preparedLine(now(), () => go("prepared"))],
  numbers: () => numbersView(dayOf(now()), (numbers) => void ask({ numbers }), nextPerson),
  list: () => listView([...offline.waiting, ...state.checks], (answer) => go("verdict", { answer }), nextPerson),
  prepared: () => preparedView(now(), { refresh: () => offline.refresh(), back: nextPerson }),
  ending: () => endingView({ waiting: offline.waiting.length, unread: offline.news.length }, { settle: () => void offline.settle(), end: () => void endShift(), back: nextPerson }),
  asking: () => h("p", { class: "note", role: "status" }, w("確認しています…", "Checking…")),
  verdict: () => (state.answer.is_offline ? offlineView(state.answer, nextPerson, askAgain(offline.questionOf(state.answer))) : verdictView(state.answer, nextPerson)),
  unchecked: () => uncheckedView(state.trouble, nextPerson, state.question && (() => void ask(state.question))),
};

const now = () => state.connection.clock.now();

const ways = {
  numbers: () => go("numbers"),
  list: () => go("list"),
  film: () => void film(),
  picture: async (file) => {
    const text = await readCode(file, true);
    if (text) scanned(text);
    else tell(w("画像にコードが見つかりません。コードの全体が写るように撮り直してください。", "There is no code in the picture. Take one that shows the whole code."));
  },
};

function draw() {
  fill(byId("main"), VIEWS[state.view]());
  drawBar();
  if (state.view === "scan") void film();
}

function drawBar() {
  const isOpen = !["enrol", "choose-pin", "lock"].includes(state.view);
  const end = h("button", { type: "button", class: "quiet", onclick: leave }, w("勤務を終える", "End the shift"));
  const waiting = offline.waiting.length;
  const left = waiting ? h("button", { type: "button", class: "tag", onclick: ways.list }, w(`照会待ち ${waiting}件`, `${waiting} waiting`)) : null;
  const mute = h("button", { type: "button", class: "quiet", "aria-pressed": String(isMuted()), onclick: () => (setMuted(!isMuted()), drawBar()) }, isMuted() ? w("音を出す", "Sound on") : w("音を消す", "Sound off"));
  const clinic = state.clinic ? h("span", {}, name(state.clinic.name), " ", name(state.clinic.terminal)) : "";
  fill(byId("bar"), h("span", { class: "brand" }, w("資格確認", "Eligibility")), clinic, h("span", { class: "push" }), isOpen ? left : null, mute, isOpen ? end : null, languageButton());
  document.title = w("資格確認の窓口 Shikaku", "Shikaku reader");
}

async function film() {
  camera?.stop();
  const own = (camera = new Camera(byId("video"), scanned));
  void state.connection.warm().catch(() => {}); // so that the next check has no second journey
  if (!state.clinic) void whoAmI();
  try {
    await own.start();
  } catch (error) {
    tell(cameraTrouble(error, w("スキャナー、画像、番号入力はそのまま使えます。", "The scanner, a picture and typed numbers still work.")));
  }
}

async function whoAmI() {
  state.clinic = await state.connection.ask("GET", "/v1/clinic/me").catch(() => null);
  drawBar();
}

function tell(text) {
  const place = byId("trouble");
  if (!place) return;
  place.hidden = false;
  place.textContent = text;
}

/** A text from camera, scanner or picture. @param {string} text */
function scanned(text) {
  if (!["scan", "verdict", "unchecked", "list"].includes(state.view)) return;
  const wrong = whatIsWrong(text);
  if (wrong) {
    sound("unsure");
    go("unchecked", { trouble: wrong, question: null, answer: null });
  } else void ask(shownBy(text));
}

async function ask(shown) {
  await put({ shown, ...(state.day ? { on: state.day } : {}), ...(state.agreed.size ? { agreed: [...state.agreed] } : {}) });
}

const askAgain = (question) => question && (() => void put(question));

async function put(question) {
  go("asking", { answer: null, trouble: "" });
  try {
    const answer = await check(state.connection, question);
    answered(answer);
    void offline.answered(question, answer);
  } catch (error) {
    await unanswered(question, error).catch((broken) => notChecked(broken, question));
  }
}

/** A paper is judged here and waits for the line; a phone's code needs the server. */
async function unanswered(question, error) {
  const { certificate, code } = question.shown;
  const isAlone = isOutOfReach(error);
  if (isAlone && certificate) {
    show(await offline.judge(question));
    drawBar();
    return;
  }
  if (isAlone && code) go("unchecked", { trouble: phoneNeedsServer(), question: null });
  else notChecked(error, question);
  sound("unsure");
}

const notChecked = (error, question) => go("unchecked", { trouble: troubleWords(error), question: question.shown });

function answered(answer) {
  state.checks = [answer, ...state.checks];
  show(answer);
}

function show(answer) {
  go("verdict", { answer, agreed: new Set(), day: "" });
  requestAnimationFrame(() => performance.mark("shikaku-verdict"));
  sound(lookOf(answer.outcome).light);
  clearing = setTimeout(nextPerson, CLEARED_AFTER_MS);
}

/** Something was settled, or the data is fresh: whoever waits for it sees it at once. */
function lineChanged(answer, told) {
  if (answer) state.checks = [answer, ...state.checks];
  drawNews();
  drawBar();
  byId("prepared")?.replaceWith(preparedLine(now(), () => go("prepared")));
  if (answer && state.view === "verdict" && state.answer.check_id === told.check_id) show(answer);
  else if (state.view === "ending" && !offline.waiting.length && !offline.news.length) go("list");
  else if (state.view === "list" || state.view === "ending") draw();
}

function drawNews() {
  showNews(byId("news"), offline.news, ({ answer }) => go("verdict", { answer }), (id) => void offline.seen(id));
}

const nextPerson = () => go("scan", { answer: null, trouble: "", question: null });

function openShift(pin) {
  offline.open(pin, state.connection);
  go("scan");
}

/** Nobody is there: everything personal is forgotten, but for what waits, sealed. */
function lock() {
  if (!state.connection || state.view === "choose-pin") return;
  offline.lock();
  go("lock", EMPTY_SHIFT());
  drawNews();
}

/** The shift is to end: not unasked while something waits. */
function leave() {
  if (offline.waiting.length || offline.news.length) go("ending");
  else void endShift();
}

async function endShift() {
  await offline.end();
  lock();
}

function shortcuts(event) {
  if (["enrol", "choose-pin", "lock", "ending"].includes(state.view)) return;
  const keys = { F2: ways.numbers, F4: ways.list, Escape: nextPerson };
  const isAnswer = state.view === "verdict" || state.view === "unchecked";
  const onButton = event.target instanceof HTMLButtonElement;
  const chosen = keys[event.key] ?? (event.key === "Enter" && isAnswer && !onButton ? nextPerson : null);
  if (!chosen) return;
  event.preventDefault();
  chosen();
}

async function begin() {
  onLanguage(() => (draw(), drawNews()));
  addEventListener("keydown", shortcuts);
  listenToScanner(scanned);
  lockWhenIdle(lock);
  state.connection = await enrolledTerminal();
  go(state.connection ? ((await hasPin()) ? "lock" : "choose-pin") : "enrol");
}

void begin().catch((error) => fill(byId("main"), h("p", { class: "note bad", role: "alert" }, troubleWords(error))));
