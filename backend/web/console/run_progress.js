// How far a run is: asked again and again while it goes on, ever more rarely if it rests.

import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { countsList } from "./counts_list.js";
import { count, howLong } from "./run_words.js";
import { ToldError } from "./told_error.js";
import { Watch } from "./watch.js";

const SOON_MS = 1_000;
const RARELY_MS = 15_000;
const GOES_ON = ["ready", "receiving", "awaiting-approval"];

/** A run as last told, and the pace since then. */
export class RunProgress {
  /** @type {any} */
  run = null;
  #desk;
  #door;
  #turned;
  #watch = new Watch();
  #pause = SOON_MS;
  /** @type {{at: number, decided: number}[]} */
  #seen = [];
  /** Why the last look failed. @type {unknown} */
  #trouble = null;

  /** @param {import("./desk.js").Desk} desk @param {string} door @param {() => void} turned called when its state has changed */
  constructor(desk, door, turned) {
    this.#desk = desk;
    this.#door = door;
    this.#turned = turned;
  }

  async load() {
    this.#watch.begin();
    this.take(await this.#desk.ask("GET", this.#door));
  }

  /** Look no longer: its page was left. */
  rest() {
    this.#watch.end();
  }

  /** The run as it was just told. @param {any} run */
  take(run) {
    const isSame = this.run?.counts.decided === run.counts.decided && this.run?.state === run.state;
    this.#pause = isSame ? Math.min(this.#pause * 1.5, RARELY_MS) : SOON_MS;
    this.#trouble = null;
    this.run = run;
    this.#seen = [...this.#seen, { at: Date.now(), decided: run.counts.decided }].slice(-6);
    this.#again();
  }

  draw() {
    return h("div", { id: "progress" }, this.#parts());
  }

  #again() {
    if (GOES_ON.includes(this.run.state)) this.#watch.after(this.#pause, () => this.#look());
  }

  async #look() {
    const before = this.run.state;
    try {
      this.take(await this.#desk.ask("GET", this.#door));
    } catch (error) {
      this.#miss(error);
    }
    if (!this.#watch.isOn) return; // another run's page may stand there now
    if (this.run.state !== before) return this.#end();
    const place = document.getElementById("progress");
    if (place) fill(place, this.#parts());
  }

  /** It goes on at the server; we look again, unless signing in again was declined. @param {unknown} error */
  #miss(error) {
    this.#trouble = error;
    this.#pause = Math.min(this.#pause * 2, RARELY_MS);
    if (!(error instanceof ToldError)) this.#again();
  }

  #end() {
    if (this.run.state === "finished") this.#desk.say(w("一括処理が完了しました。", "The run has finished."));
    this.#turned();
  }

  #parts() {
    return [this.run.state !== "awaiting-approval" && this.#bar(), this.#lost()];
  }

  #bar() {
    const { counts, lines, state } = this.run;
    const part = lines ? Math.floor((counts.decided / lines) * 100) : 0;
    return [
      h("p", { class: "strong" }, w(`${count(counts.decided)} / ${count(lines)} 行（${part} %）`, `${count(counts.decided)} of ${count(lines)} lines (${part} %)`)),
      h("progress", { max: Math.max(lines, 1), value: counts.decided, "aria-label": w("進み具合", "Progress") }),
      h("p", { class: "muted" }, state === "ready" ? this.#pace() : " "),
      countsList(counts, { done: this.run.kind === "issue" ? w("交付した", "Issued") : w("実行した", "Done") }),
    ];
  }

  #lost() {
    if (!this.#trouble) return null;
    if (!(this.#trouble instanceof ToldError)) return h("p", { class: "note warn" }, w("サーバーにつながりません。処理はサーバーで続いています。つながり次第、表示を更新します。", "The server cannot be reached. The run goes on there; this page catches up by itself."));
    const button = h("button", { type: "button", id: "look-again", onclick: () => this.#look() }, w("サインインして更新する", "Sign in and look again"));
    return h("div", { class: "note warn row" }, h("p", {}, w("サインインが終わっているため、表示を更新していません。処理には影響ありません。", "Your session has ended, so this page is not kept up to date. The run is not affected.")), button);
  }

  #pace() {
    const [first, last] = [this.#seen[0], this.#seen[this.#seen.length - 1]];
    const rate = last.at > first.at ? ((last.decided - first.decided) * 1000) / (last.at - first.at) : 0;
    const left = this.run.seconds_left;
    const parts = [
      rate > 0 && w(`毎秒${count(Math.round(rate))}行`, `${count(Math.round(rate))} lines a second`),
      left !== null ? w(`残り${howLong(left)}`, `${howLong(left)} left`) : w("順番を待っています", "waiting for its turn"),
    ];
    return `${parts.filter(Boolean).join(w("、", ", "))}${w("。この画面を閉じても続きます。", ". It goes on if you close this page.")}`;
  }
}
