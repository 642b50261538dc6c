// The rolling code: a new one every thirty seconds, while the page can be seen.

import { freshChallenge } from "./owner.js";
import { SECONDS, showCode, showLeft } from "./code_view.js";

const PATIENCE_MS = 2_000;

/** Renews the code in `place` until stopped. */
export class Rolling {
  #timer = 0;
  #left = 0;
  #isBusy = false;
  #isStopped = false;

  /**
   * @param {Element} place @param {any} connection
   * @param {(challenge: string|null) => Promise<{text: string, kind: string}>} make the code's text, and in words what it is
   */
  constructor(place, connection, make) {
    this.place = place;
    this.connection = connection;
    this.make = make;
  }

  start() {
    void this.#renew();
    this.#timer = setInterval(() => void this.#tick(), 1_000);
  }

  stop() {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  async #tick() {
    if (document.hidden) {
      this.#left = 0; // the first thing seen again is a new code
      return;
    }
    this.#left -= 1;
    if (this.#left <= 0) await this.#renew();
    else showLeft(this.#left);
  }

  async #renew() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#show(await Promise.race([freshChallenge(this.connection), patience()]));
    } finally {
      this.#isBusy = false;
    }
  }

  async #show(challenge) {
    if (this.#isStopped) return; // whose code it was may be gone by now
    const { text, kind } = await this.make(challenge);
    showCode(this.place, text, kind);
    this.#left = SECONDS;
    showLeft(SECONDS);
  }
}

/** Nobody waits at the desk for a slow network: then the phone makes its code alone. */
const patience = () => new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
