// What is on the screen now: which view, of which person, and what there is to say.

/**
 * `about` is a check of the history that is reported; `told` what happened, until the
 * next view; `trouble` why the newest status could not be had.
 * @type {{view: string, person: import("./people.js").Person|null, about: number|null, told: string, trouble: string}}
 */
export const session = { view: "home", person: null, about: null, told: "", trouble: "" };

let draw = () => {};
/** @type {(() => void)[]} */
let ends = [];

/** What draws the screen anew. @param {() => void} drawing */
export function onView(drawing) {
  draw = drawing;
}

/** Show another view. @param {string} view @param {Partial<typeof session>} [more] */
export function go(view, more = {}) {
  Object.assign(session, { about: null, told: "", ...more, view });
  draw();
  /** @type {any} */ (document.querySelector("main h1"))?.focus();
}

/** What a view has running ends with it. @param {() => void} end */
export const untilLeft = (end) => void ends.push(end);

/** The view is left, or drawn anew. */
export function leave() {
  for (const end of ends) end();
  ends = [];
}
