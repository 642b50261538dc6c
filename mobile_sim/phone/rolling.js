// The rolling code: a new one every thirty seconds, while the page can be seen.

import { fill, h } from "/pages/kit/dom.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { freshChallenge } from "./owner.js";
import { SECONDS, showCode, showLeft } from "./code_view.js";

const PATIENCE_MS = 2_000;
const AGAIN_AFTER_S = 5;

/** Renews the code in `place` until stopped. */
export class Rolling {
  #timer = 0;
  #shownAt = 0;
  #isDue = true;
  #isBusy = false;
  #isStopped = false;

  /**
   * @param {Element} place @param {any} connection
   * @param {(challenge: string|null) => Promise<{text: string, kind: string}>} make the code's text, and in words what it is
   * @param {() => void} onEnded the server knows the key no more
   */
  constructor(place, connection, make, onEnded) {
    this.place = place;
    this.connection = connection;
    this.make = make;
    this.onEnded = onEnded;
  }

  start() {
    void this.#renew();
    this.#timer = setInterval(() => void this.#tick(), 1_000);
  }

  stop() {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  /** By the clock, not by ticks: a device sleeps, and its timers with it. */
  async #tick() {
    const left = SECONDS - this.#age();
    if (document.hidden) this.#isDue = true; // the first thing seen again is a new code
    else if (this.#isDue || left <= 0 || left > SECONDS) await this.#renew();
    else showLeft(left);
  }

  async #renew() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    if (Math.abs(this.#age()) > 2 * SECONDS) fill(this.place); // nobody holds out an old one
    try {
      await this.#show(await Promise.race([freshChallenge(this.connection, this.onEnded), patience()]));
    } catch (error) {
      this.#wait(error);
    }
    this.#isBusy = false;
  }

  async #show(challenge) {
    if (this.#isStopped) return; // whose code it was may be gone by now
    const { text, kind } = await this.make(challenge);
    showCode(this.place, text, kind);
    [this.#shownAt, this.#isDue] = [Date.now(), false];
    showLeft(SECONDS);
  }

  /** No code could be made: said in its place, and tried again. */
  #wait(error) {
    fill(this.place, h("span", { class: "error" }, troubleWords(error)));
    [this.#shownAt, this.#isDue] = [Date.now() - (SECONDS - AGAIN_AFTER_S) * 1_000, false];
  }

  /** For how many seconds the code has been shown. */
  #age() {
    return Math.floor((Date.now() - this.#shownAt) / 1_000);
  }
}

/** Nobody waits at the desk for a slow network: then the phone makes its code alone. */
const patience = () => new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
