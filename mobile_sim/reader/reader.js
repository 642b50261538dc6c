// The reader (窓口): which view is shown, and what leads from one to the next.

import { dayOf } from "/pages/kit/dates.js";
import { byId, fill, h } from "/pages/kit/dom.js";
import { onLanguage, w } from "/pages/kit/language.js";
import { readCode } from "/pages/kit/pictures.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { onBack, standBehind } from "./back_button.js";
import { drawBar as drawBarOf } from "./bar.js";
import { isOutOfReach } from "./checking.js";
import { clockNote } from "./clock_note.js";
import { CounterCamera } from "./counter_camera.js";
import { daySign, dayView } from "./day_view.js";
import { shownBy, whatIsWrong } from "./foreign.js";
import { keepFiles, lookForNewer, takeNewer } from "./kept_page.js";
import { desksKeys, isCovered, showKeys, uncover } from "./keys.js";
import { listView } from "./list_view.js";
import { numbersView } from "./numbers_view.js";
import { answerTo } from "./offline/answering.js";
import { endingView } from "./offline/ending_view.js";
import { showNews } from "./offline/news_view.js";
import { OfflineDesk } from "./offline/offline_desk.js";
import { offlineView } from "./offline/offline_view.js";
import { preparedLine, preparedView } from "./offline/prepared_view.js";
import { phoneNeedsServer } from "./offline/steps.js";
import { lookOf } from "./outcomes.js";
import { readBefore } from "./read_before.js";
import { sameQuestion } from "./same_again.js";
import { scanView, tell } from "./scan_view.js";
import { ServiceDay } from "./service_day.js";
import { settingsView } from "./settings_view.js";
import { hasPin, lockWhenIdle } from "./shift.js";
import { sound } from "./sound.js";
import { clearedView, elsewhereView, unknownTerminalView } from "./standstill_views.js";
import { choosePinView, enrolView, lockView } from "./start_views.js";
import { isUnknownTerminal } from "./terminal.js";
import { TerminalHere } from "./terminal_here.js";
import { TodaysChecks } from "./todays_checks.js";
import { keepingTyped } from "./typed_again.js";
import { uncheckedView, verdictView } from "./verdict_view.js";
import { listenToScanner } from "./wedge.js";

const CLEARED_AFTER_MS = 60_000;
const SHIFT_OVER_MS = 4 * 3_600_000; // locked for so long, a shift is over
const EMPTY_SHIFT = () => ({ view: "lock", answer: null, trouble: "", question: null, numbers: null, last: null, checks: new TodaysChecks(), agreed: new Set() });

/** @type {any} */
let state = { ...EMPTY_SHIFT(), connection: null, clinic: null };
let stayOpen = () => {};
let clearing = 0;
let forgetting = 0;
let leftAt = 0;
let turn = 0;
const camera = new CounterCamera(scanned);
const offline = new OfflineDesk(lineChanged);
const terminal = new TerminalHere(go, { lock: hide, end: endShift });
const serviceDay = new ServiceDay(() => state.view === "scan" && draw());
const CLOSED = ["enrol", "choose-pin", "lock", "elsewhere", "unknown", "cleared"];

/** Show a view; what belongs to the last person is not carried on. @param {string} view @param {object} more */
function go(view, more = {}) {
  clearTimeout(clearing);
  camera.stop();
  state = { ...state, ...more, view };
  if (view !== "scan" && !CLOSED.includes(view)) standBehind();
  draw();
  /** @type {any} */ (document.querySelector("main [data-first]") ?? document.querySelector("main h1"))?.focus();
}

const VIEWS = {
  enrol: () => enrolView((connection) => void terminal.arrive(connection)),
  "choose-pin": () => choosePinView(openShift),
  lock: () => lockView(openShift, () => go("cleared"), () => terminal.endEnrolment()),
  elsewhere: () => elsewhereView(() => void terminal.takeOver()),
  unknown: () => unknownTerminalView(() => void terminal.enrolAnew(), () => void terminal.arrive(state.connection)),
  cleared: () => clearedView(() => void terminal.enrolAnew()),
  scan: () => [sign(), h("div", { id: "clock" }, clockNote(state.connection.clock)), ...scanView(state.agreed, ways), preparedLine(now(), () => go("prepared"))],
  numbers: () => [sign(), numbersView(dayOf(now()), state.numbers ?? {}, askNumbers, nextPerson)],
  list: () => listView([...offline.waiting, ...state.checks.answers], (answer) => go("verdict", { answer, numbers: null }), nextPerson),
  day: () => dayView(serviceDay, dayOf(now()), { choose: (day, reason) => (serviceDay.choose(day, reason), nextPerson()), today: ways.today, back: nextPerson }),
  settings: () => settingsView(state.clinic, { back: nextPerson, prepared: () => go("prepared"), end: () => terminal.endEnrolment() }),
  prepared: () => preparedView(now(), { refresh: () => offline.refresh(), back: nextPerson }),
  ending: () => endingView({ waiting: offline.waiting.length, unread: offline.news.length }, { settle: () => void offline.settle(), end: () => void goHome(), back: nextPerson }),
  asking: () => h("p", { class: "note", role: "status" }, w("確認しています…", "Checking…")),
  verdict: () => (state.answer.is_offline ? offlineView(state.answer, now(), nextPerson, askAgain(offline.entryOf(state.answer))) : verdictView(state.answer, now(), { next: nextPerson, mend: state.numbers && ways.numbers, known: readBefore(state.answer, state.checks.answers) })),
  unchecked: () => uncheckedView(state.trouble, nextPerson, state.question && (() => void ask(state.question))),
};

const sign = () => daySign(serviceDay, dayOf(now()), ways);
const now = () => state.connection.clock.now();

const ways = {
  numbers: () => go("numbers"),
  list: () => go("list"),
  day: () => go("day"),
  settings: () => go("settings"),
  today: () => (serviceDay.backToToday(), nextPerson()),
  choosePicture: () => {
    if (state.view !== "scan") nextPerson();
    byId("picture").click();
  },
  picture: async (file) => {
    const text = await readCode(file, true);
    if (text) scanned(text);
    else tell(w("画像にコードが見つかりません。コードの全体が写るように撮り直してください。", "There is no code in the picture. Take one that shows the whole code."));
  },
};

function draw() {
  fill(byId("main"), VIEWS[state.view]());
  drawBar();
  if (state.view !== "scan") return;
  void camera.film();
  void greet();
}

function drawBar() {
  const waiting = offline.waiting.length;
  const left = waiting ? h("button", { type: "button", class: "tag", onclick: ways.list }, w(`照会待ち ${waiting}件`, `${waiting} waiting`)) : null;
  const isOpen = !CLOSED.includes(state.view);
  drawBarOf(state.clinic, isOpen ? [left] : [], isOpen ? { keys: showKeys, end: leave } : null);
}

/** Before anybody comes: the next check has no second journey, and the desk knows itself. */
async function greet() {
  try {
    await state.connection.warm();
    state.clinic ??= await state.connection.ask("GET", "/v1/clinic/me");
  } catch (error) {
    if (isUnknownTerminal(error) && state.view === "scan") go("unknown");
  }
  drawBar();
  if (byId("clock")) fill(byId("clock"), clockNote(state.connection.clock));
}

/** A text from camera, scanner or picture. @param {string} text */
function scanned(text) {
  if ([...CLOSED, "asking"].includes(state.view)) return;
  stayOpen();
  uncover();
  const wrong = whatIsWrong(text);
  state.numbers = null;
  if (wrong) {
    sound("unsure");
    go("unchecked", { trouble: wrong, question: null, answer: null });
  } else void ask(shownBy(text));
}

/** Typed numbers are kept until the next person comes: they may have to be mended. */
function askNumbers(numbers) {
  state.numbers = numbers;
  void ask({ numbers });
}

async function ask(shown) {
  const again = sameQuestion(state.last, shown, now());
  if (again) await put(again.asked, again.key);
  else await put({ shown, ...serviceDay.asked(), ...(state.agreed.size ? { agreed: [...state.agreed] } : {}) });
}

const askAgain = (entry) => (entry ? () => void put(entry.question, entry.id) : null);

async function put(asked, key = crypto.randomUUID()) {
  go("asking", { answer: null, trouble: "", last: { asked, key, at: now() } });
  const asking = ++turn;
  const { checks } = state;
  const isStillThere = () => asking === turn && state.view === "asking";
  try {
    const answer = { ...(await answerTo(asked, key, state.connection, offline)), code: asked.shown.code };
    if (!answer.is_offline) checks.add(answer); // of a shift that has ended, nobody reads it any more
    if (CLOSED.includes(state.view)) return; // locked meanwhile: it stays so
    if (isStillThere()) show(answer); // else it stands in the list: the screen is another's
    else lineChanged();
  } catch (error) {
    if (!isStillThere()) return;
    sound("unsure");
    notChecked(error, asked.shown);
  }
}

function notChecked(error, shown) {
  if (isUnknownTerminal(error)) go("unknown");
  else if (shown.code && isOutOfReach(error)) go("unchecked", { trouble: phoneNeedsServer(), question: null });
  else go("unchecked", { trouble: troubleWords(error), question: shown });
}

function show(answer) {
  go("verdict", { answer, agreed: new Set(), last: state.last && { ...state.last, at: now() } });
  requestAnimationFrame(() => performance.mark("shikaku-verdict"));
  sound(lookOf(answer.outcome).light);
  clearing = setTimeout(nextPerson, CLEARED_AFTER_MS);
}

/** Something was settled, or the data is fresh: whoever waits for it sees it at once. */
function lineChanged(answer, told) {
  if (answer) state.checks.add(answer);
  drawNews();
  drawBar();
  byId("prepared")?.replaceWith(preparedLine(now(), () => go("prepared")));
  if (answer && state.view === "verdict" && state.answer.check_id === told.check_id) show(answer);
  else if (state.view === "ending" && !offline.waiting.length && !offline.news.length) go("list");
  else if (state.view === "list" || state.view === "ending") keepingTyped(byId("main"), draw);
}

function drawNews() {
  showNews(byId("news"), offline.news, ({ answer }) => go("verdict", { answer }), (id) => void offline.seen(id));
}

/** Back to the camera; what somebody agreed to is not the next person's. */
function nextPerson() {
  const agreed = ["verdict", "unchecked"].includes(state.view) ? new Set() : state.agreed;
  go("scan", { answer: null, trouble: "", question: null, numbers: null, last: null, agreed });
}

function openShift(pin) {
  clearTimeout(forgetting);
  if (Date.now() - leftAt > SHIFT_OVER_MS) state.checks = new TodaysChecks(); // no timer ran: the device slept
  offline.open(pin, state.connection);
  lookForNewer();
  go("scan");
}

/** Nobody is there: nothing personal is seen until the PIN. */
function lock(since = Date.now()) {
  if (CLOSED.includes(state.view)) return;
  hide(since);
  go("lock", { ...EMPTY_SHIFT(), checks: state.checks });
}

/** Today's list stays in memory, but not for ever. */
function hide(since = Date.now()) {
  leftAt = since;
  offline.lock();
  serviceDay.lock();
  clearTimeout(forgetting);
  forgetting = setTimeout(() => (state.checks = new TodaysChecks()), SHIFT_OVER_MS);
  drawNews();
}

/** The shift is to end: not unasked while something waits. */
function leave() {
  if (offline.waiting.length || offline.news.length) go("ending");
  else void goHome();
}

async function goHome() {
  await endShift();
  takeNewer();
}

async function endShift() {
  await offline.end();
  lock();
  state.checks = new TodaysChecks();
  camera.forget();
}

function shortcuts(event) {
  if ([...CLOSED, "ending"].includes(state.view) || isCovered()) return;
  const isAnswer = state.view === "verdict" || state.view === "unchecked";
  const onButton = event.target instanceof HTMLButtonElement;
  const chosen = desksKeys({ ...ways, home: nextPerson })[event.key] ?? (event.key === "Enter" && isAnswer && !onButton ? nextPerson : null);
  if (!chosen) return;
  event.preventDefault();
  chosen();
}

async function begin() {
  onLanguage(() => (keepingTyped(byId("main"), draw), drawNews()));
  addEventListener("keydown", shortcuts);
  listenToScanner(scanned);
  stayOpen = lockWhenIdle(lock);
  keepFiles();
  onBack(() => CLOSED.includes(state.view) || nextPerson());
  await terminal.come();
}

void begin().catch((error) => fill(byId("main"), h("p", { class: "note bad", role: "alert" }, troubleWords(error))));
