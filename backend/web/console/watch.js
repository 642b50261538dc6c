// Looking again and again, for as long as a page is shown.

/** When a page looks next; a page that was left looks no more. */
export class Watch {
  /** Whether the page is shown. */
  isOn = false;
  #timer = 0;

  /** The page is shown. */
  begin() {
    this.isOn = true;
  }

  /** The page was left. */
  end() {
    this.isOn = false;
    clearTimeout(this.#timer);
  }

  /** Look next after so long. @param {number} ms @param {() => void} look */
  after(ms, look) {
    clearTimeout(this.#timer);
    if (this.isOn) this.#timer = window.setTimeout(look, ms);
  }
}
