// The same thing shown again: by a scanner that reads twice, a phone that is still held out.

import { asPrinted, PHONE } from "/pages/kit/transport.js";

const AT_ONCE_MS = 3_000; // a scanner that reads one paper twice
const HANDLE = [8, 26]; // the letters of a phone's code that are of its handle alone (credentials/presentation.py)

/** What all codes of one phone have in common; of any other code, all of it. @param {string} text */
export function sameThing(text) {
  const code = asPrinted(text);
  return code.startsWith(PHONE) ? code.slice(...HANDLE) : code;
}

/**
 * The question before, if this is it once more: asked under its own name it has the same
 * answer. A phone's code is spent by the first; a paper may well be asked about anew.
 * @template {{asked: {shown: any}, key: string, at: number}} Asked
 * @param {Asked|null} before whose answer is on the screen, since `at` @param {any} shown @param {number} at
 * @returns {Asked|null}
 */
export function sameQuestion(before, shown, at) {
  if (!before || JSON.stringify(before.asked.shown) !== JSON.stringify(shown)) return null;
  return shown.code || at - before.at < AT_ONCE_MS ? before : null;
}
