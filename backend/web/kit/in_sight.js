// What lies before the camera: read once, and again only after it was taken away.

const AWAY_FRAMES = 20; // a code that is held still is missed in some frames

export class InSight {
  #whose = null;
  #missed = 0;
  #isLeft = false;

  /**
   * @param {(text: string) => string} whose codes of one document are one thing
   * @param {(isLeft: boolean) => void} onLeft told when what was read before lies there still, and when it is gone
   */
  constructor(whose = (text) => text, onLeft = () => {}) {
    this.whose = whose;
    this.onLeft = onLeft;
  }

  /** The camera begins to film. */
  begin() {
    this.#isLeft = false;
  }

  /** Whether a frame shows what the frames before did not. @param {string|null} text */
  isNew(text) {
    if (!text) this.#miss();
    else if (this.whose(text) === this.#whose) this.#leave(true);
    else return this.#read(text);
    return false;
  }

  #read(text) {
    [this.#whose, this.#missed] = [this.whose(text), 0];
    this.#leave(false);
    return true;
  }

  #miss() {
    if (++this.#missed < AWAY_FRAMES) return;
    this.#whose = null;
    this.#leave(false);
  }

  #leave(isLeft) {
    if (isLeft) this.#missed = 0;
    if (isLeft !== this.#isLeft) this.onLeft(isLeft);
    this.#isLeft = isLeft;
  }
}
