// A used code that this very desk has read before: read twice, or a copy in other hands.

import { time } from "/pages/kit/dates.js";
import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** What the desk itself knows about it; null for any other answer. @param {any} answer @param {any[]} checks today's */
export function readBefore(answer, checks) {
  if (answer.outcome !== "replayed") return null;
  const first = checks.find(({ code, outcome }) => code === answer.code && outcome !== "replayed");
  if (!first) return null;
  return h(
    "p",
    { id: "read-before", class: "note" },
    w(`このコードは、この窓口で${time(first.checked_at)}に読み取っています`, `This desk read the same code at ${time(first.checked_at)}`),
    first.person ? [w("（", " ("), name(first.person.name), w("さん）", ")")] : null,
    w("。同じ方のスマホなら二度読みです。今日の一覧（F4）にある答えを使えます。ほかの方のスマホなら、画面の写しかもしれません。", ". On the same person's phone it was read twice: use the answer in today's list (F4). On another's it may be a copy of the screen."),
  );
}
