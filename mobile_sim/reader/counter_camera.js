// The counter's camera (窓口のカメラ): films while the counter is shown, and says why if not.

import { Camera, cameraTrouble, lostWords } from "/pages/kit/camera.js";
import { byId } from "/pages/kit/dom.js";
import { InSight } from "/pages/kit/in_sight.js";
import { w } from "/pages/kit/language.js";
import { sameThing } from "./same_again.js";
import { tell } from "./scan_view.js";

export class CounterCamera {
  /** @type {Camera|null} */
  #camera = null;
  #inSight = leftInSight();

  /** @param {(text: string) => void} onCode */
  constructor(onCode) {
    this.onCode = onCode;
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.#tryAgain());
  }

  /** Film into the counter's picture; false, and told why, if that cannot be. */
  async film() {
    this.stop();
    const own = (this.#camera = new Camera(byId("video"), this.onCode, this.#inSight));
    own.onLost = () => tell(lostWords(again() + otherWays()));
    try {
      await own.start();
      return true;
    } catch (error) {
      tell(cameraTrouble(error, otherWays()));
      return false;
    }
  }

  /** Another camera, or the same one again. */
  async #tryAgain() {
    if (byId("video") && !this.#camera?.isFilming && (await this.film())) tell("");
  }

  stop() {
    this.#camera?.stop();
    this.#camera = null;
  }

  /** What was seen last is nobody's business any more. */
  forget() {
    this.#inSight = leftInSight();
  }
}

const again = () => w("つなぎ直すと、ひとりでに再開します。", "Connect it again, and it goes on by itself. ");
const otherWays = () => w("スキャナー、画像、番号入力はそのまま使えます。", "The scanner, a picture and typed numbers still work.");

/** What was read may lie there still: it is not read again by itself, and the desk is told. */
function leftInSight() {
  const words = () => w("このコードは読み取りました。もう一度読み取るには、いったん外してください。", "This code has been read. To read it again, take it away first.");
  return new InSight(sameThing, (isLeft) => tell(isLeft ? words() : ""));
}
