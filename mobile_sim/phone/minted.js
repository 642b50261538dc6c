// サーバー発行コード: a code that the server made, large, with the minutes that it has left.

import { time } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { symbol, tapWords } from "./code_view.js";
import { enlarge, shrink } from "./large_code.js";
import { untilLeft } from "./session.js";

/**
 * Shows the code in `place` until it is over; then `ended` is asked what to show.
 * @param {Element} place @param {{code: string, expires_at: string}} minted
 * @param {import("/pages/kit/clock.js").Clock} clock @param {() => any} ended
 */
export function showMinted(place, { code, expires_at }, clock, ended) {
  const left = h("p", { class: "big number", role: "timer" });
  const tick = () => {
    if (!left.isConnected) return clearInterval(timer); // another code stands here
    const seconds = Math.ceil((Date.parse(expires_at) - clock.now()) / 1000);
    if (seconds > 0) return void (left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    clearInterval(timer);
    shrink();
    fill(place, h("p", { class: "note warn", role: "status" }, w("時間切れです。このコードはもう使えません。", "The time is over: this code is no good any more.")), ended());
  };
  const timer = setInterval(tick, 1_000);
  untilLeft(() => clearInterval(timer));
  fill(
    place,
    enlargeable(code, left, h("p", { class: "step" }, w(`${time(expires_at)}まで。1回だけ使えます`, `Until ${time(expires_at)}, for one use`))),
    h("p", {}, w("一度読み取られると使えなくなります。画面を閉じずに、そのまま窓口で見せてください。", "Once it is read it is spent. Keep this page open and show it at the desk.")),
  );
  tick();
}

function enlargeable(code, ...below) {
  const title = w("5分間のコード", "The code of five minutes");
  const large = () => enlarge(place, title);
  const place = h("section", { class: "code", "aria-label": title }, h("button", { type: "button", class: "white", "aria-label": tapWords(), onclick: large }, symbol(code, w("窓口で見せるコード", "The code to show at the desk"))), below, h("button", { type: "button", id: "enlarge", class: "first wide", onclick: large }, w("大きく表示する", "Show it large")));
  return place;
}

/** A code stays on the screen while it is good, though the view is drawn anew. */
export class Minted {
  /** @type {{code: string, expires_at: string}|null} */
  #code = null;
  #by = "";

  /** @param {string} by for whom @param {import("/pages/kit/clock.js").Clock} clock */
  stands(by, clock) {
    return this.#code && this.#by === by && Date.parse(this.#code.expires_at) > clock.now() ? this.#code : null;
  }

  /** @param {string} by @param {{code: string, expires_at: string}} code */
  keep(by, code) {
    [this.#by, this.#code] = [by, code];
  }
}
