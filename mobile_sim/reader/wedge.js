// A scanner that types (キーボード型スキャナー): read by physical key, wherever the focus is.
//
// A Japanese input method or CapsLock changes what a key writes, not which key it is. The
// code itself says where it ends: prefix, length, checksum.

import { unpack } from "/pages/kit/transport.js";

const LONGEST_PAUSE_MS = 120; // between two letters of a scanner
const BROKEN_OFF_MS = 1_000; // a page may stutter in the middle of a code
const PREFIX = ["SK1P", "SK1C"];
const LONGEST = 1700;

/** Call `onCode` for a text that a scanner typed. @param {(text: string) => void} onCode */
export function listenToScanner(onCode) {
  let typed = "";
  let last = 0;
  addEventListener(
    "keydown",
    (event) => {
      const letter = letterOf(event);
      const pause = event.timeStamp - last;
      const isSlow = pause > (isOurs(typed) ? BROKEN_OFF_MS : LONGEST_PAUSE_MS);
      last = event.timeStamp;
      if (letter === null && isEnd(event) && typed.length > 8 && (isOurs(typed) || !isField(event.target))) {
        finish(event);
        return;
      }
      if (letter === null) {
        if (isEnd(event)) typed = "";
        return;
      }
      typed = (isSlow ? "" : typed) + letter;
      if (typed.length > LONGEST) typed = "";
      if (!isOurs(typed)) return;
      event.preventDefault(); // no letter of a code may land in a field
      if (isWhole(typed)) finish(event);
    },
    { capture: true },
  );

  function finish(event) {
    event.preventDefault();
    const text = typed;
    typed = "";
    onCode(text);
  }
}

function letterOf(event) {
  const key = /^Key([A-Z])$/.exec(event.code) ?? /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  return event.ctrlKey || event.metaKey || event.altKey || !key ? null : key[1];
}

const isEnd = (event) => event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab";
/** Where people type as fast as scanners, and Tab leads on. */
const isField = (target) => target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
const isOurs = (typed) => PREFIX.some((prefix) => typed.startsWith(prefix));

function isWhole(typed) {
  if (typed.length < 20) return false;
  try {
    unpack(typed);
    return true;
  } catch {
    return false;
  }
}
