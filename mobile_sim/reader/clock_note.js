// The device's clock is wrong: said in words, while the desk works on by the server's.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

const MINUTE_MS = 60_000;

/** Nothing for a clock that is right. @param {import("/pages/kit/clock.js").Clock} clock */
export function clockNote(clock) {
  if (!clock.isOff) return null;
  const minutes = Math.round(Math.abs(clock.correction) / MINUTE_MS);
  const off = clock.correction > 0 ? w(`${minutes}分遅れています`, `${minutes} min slow`) : w(`${minutes}分進んでいます`, `${minutes} min fast`);
  return h(
    "p",
    { id: "clock-note", class: "note warn", role: "status" },
    w(`この端末の時計は約${off}。サーバーの時刻に直して使うので、確認は続けられます。`, `This device's clock is about ${off}. The server's time is used instead, so checks go on. `),
    w("あとで、パソコンの「日付と時刻」の設定で自動合わせをオンにしてください。", "Later, switch on automatic time in the device's date and time settings."),
  );
}
