// The list was sent before: it is the run that it was, and nothing is done twice.

import { h } from "/pages/kit/dom.js";
import { instant } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { ask } from "./dialog.js";
import { stateBadge } from "./run_words.js";

const CLOCKS_MS = 3_000; // how far our clock may be from the house's

/** Whether a run was made before we first sent its list. @param {any} run @param {number} begunAt milliseconds since 1970 */
export const isOlder = (run, begunAt) => Date.parse(run.made_at) < begunAt - CLOCKS_MS;

/** Say so; whether to look at that run. @param {any} run @returns {Promise<boolean>} */
export function knownRunDialog(run) {
  return ask({
    title: () => w("この一覧は処理済みです", "This list was sent before"),
    body: () => [
      h("p", {}, w(`同じ内容の一覧が ${instant(run.made_at)} に送られています。二重には処理しません。`, `The same list was sent on ${instant(run.made_at)}. Nothing is done twice.`)),
      h("p", {}, stateBadge(run)),
      h("p", {}, w("あらためて処理するときは、前の画面の「同じ一覧を、あらためて処理したいとき」で名前を付けてください。", "To do it once more on purpose, give it a name on the page before.")),
    ],
    label: () => w("その処理を見る", "Look at that run"),
    act: async () => {},
    leave: () => w("前の画面に戻る", "Back"),
  });
}
