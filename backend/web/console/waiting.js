// What waits for the insurer, asked now and then: for the menu's count and the first page.

const EVERY_MS = 60_000;

/** The overview as last told, the same for every page. */
export class Waiting {
  /** @type {any} */
  told = null;
  #desk;
  #askedAt = -Infinity;

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** Ask now. @param {(path: string) => Promise<any>} [ask] */
  async load(ask = (path) => this.#desk.watch(path)) {
    this.#askedAt = performance.now();
    this.told = await ask("/v1/insurer/overview");
  }

  /** Ask if it was long ago; the menu does without where it cannot be asked. @param {() => void} redraw */
  refresh(redraw) {
    if (performance.now() - this.#askedAt < EVERY_MS) return;
    this.load().then(redraw, () => null);
  }
}
