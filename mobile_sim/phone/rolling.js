// The rolling code: a new one every thirty seconds, while the page can be seen.

import { makeCode } from "./presentation.js";
import { freshChallenge } from "./owner.js";
import { SECONDS, showCode, showLeft } from "./code_view.js";

const PATIENCE_MS = 2_000;

/** Renews the code in `place` until stopped. */
export class Rolling {
  #timer = 0;
  #left = 0;
  #isBusy = false;

  /** @param {Element} place @param {any} connection @param {string} handle */
  constructor(place, connection, handle) {
    this.place = place;
    this.connection = connection;
    this.handle = handle;
  }

  start() {
    void this.#renew();
    this.#timer = setInterval(() => void this.#tick(), 1_000);
  }

  stop() {
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
    const { key, clock } = this.connection;
    const text = await makeCode(key, this.handle, clock.seconds(), challenge);
    showCode(this.place, text, challenge !== null);
    this.#left = SECONDS;
    showLeft(SECONDS);
  }
}

/** Nobody waits at the desk for a slow network: then the phone makes its code alone. */
const patience = () => new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
