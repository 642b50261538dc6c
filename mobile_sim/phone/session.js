// What is on the screen now: which view, whose code, and what there is to say.

import { keepingFocus } from "./focus.js";
import { wayBack } from "./way_back.js";

/** @typedef {import("./people.js").Person} Person */

/**
 * `chosen` is the id of whom the screen shows; `about` what a view is of: a check of
 * the history, a certificate; `told` says what happened, until the next view of somebody; `trouble` why the newest
 * status could not be had.
 * @type {{view: string, people: Person[], chosen: string|null, about: number|string|null, told: (() => any)|null, trouble: string}}
 */
export const session = { view: "home", people: [], chosen: null, about: null, told: null, trouble: "" };

/** Whom the screen shows; null while nobody is on this phone. @returns {Person|null} */
export const person = () => session.people.find((it) => it.id === session.chosen) ?? null;

/** Views to which the settings lead. */
const SETTINGS = ["add", "delegations", "phones"];

/** The view before this one. @param {string} view */
function before(view) {
  const first = person() ? "home" : "activation";
  return view === first ? null : () => go(SETTINGS.includes(view) ? "settings" : first);
}

let draw = () => {};
/** @type {(() => void)[]} */
let ends = [];

/** What draws the screen anew. @param {() => void} drawing */
export function onView(drawing) {
  draw = drawing;
}

/** Show another view. @param {string} view @param {Partial<typeof session>} [more] */
export function go(view, more = {}) {
  Object.assign(session, { about: null, ...more, view });
  if (person() && !more.told) session.told = null; // while nobody is here, it still says why
  draw();
  wayBack(before(view));
  scrollTo(0, 0);
  /** @type {any} */ (document.querySelector("main h1"))?.focus();
}

/** What is heard anew is shown by views that say how. @type {(() => void)[]} */
let hearing = [];

/** @param {() => void} hear what this view does once something was heard anew */
export const onHeard = (hear) => void hearing.push(hear);

/** Something was heard anew. */
export const heard = () => hearing.forEach((hear) => hear());

let asking = () => {};

/** @param {() => void} ask what asks the server anew */
export function onAsking(ask) {
  asking = ask;
}

/** Ask the server anew: something here may be over. */
export const askAnew = () => asking();

/** The same view, drawn anew. */
export const again = () => keepingFocus(draw);

/** What a view has running ends with it. @param {() => void} end */
export const untilLeft = (end) => void ends.push(end);

/** The view is left, or drawn anew. */
export function leave() {
  for (const end of ends) end();
  [ends, hearing] = [[], []];
}
