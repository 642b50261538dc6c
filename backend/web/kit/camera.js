// The camera: every frame is looked at until one holds a code.

import { InSight } from "./in_sight.js";
import { w } from "./language.js";
import { readCode } from "./pictures.js";

const WANTED = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const HARD_EVERY = 6; // frames: a hard look takes longer, and finds what is bent or dim
const CHOSEN = "shikaku-camera";

/** Films until stopped, or until its picture is taken out of the page; each code is told once, until it is taken away. */
export class Camera {
  #stream = null;
  #frame = 0;
  #isRunning = false;
  /** Called when the camera is gone: unplugged, or no longer allowed. */
  onLost = () => {};

  /** @param {HTMLVideoElement} video @param {(text: string) => void} onCode @param {InSight} [inSight] what an earlier camera saw last */
  constructor(video, onCode, inSight = new InSight()) {
    this.video = video;
    this.onCode = onCode;
    this.inSight = inSight;
    this.canvas = new OffscreenCanvas(1280, 720);
    this.pen = /** @type {any} */ (this.canvas.getContext("2d", { willReadFrequently: true }));
  }

  /** Ask for the camera and begin; throws DOMException (`cameraTrouble` has the words). */
  async start() {
    const id = chosenCamera();
    const video = { ...WANTED, ...(id ? { deviceId: { ideal: id } } : { facingMode: { ideal: "environment" } }) };
    this.#stream = await navigator.mediaDevices.getUserMedia({ video });
    if (!this.video.isConnected) return this.stop(); // the view was left before the answer
    for (const track of this.#stream.getTracks()) track.addEventListener("ended", () => this.#lose());
    this.video.srcObject = this.#stream;
    await this.video.play();
    this.#isRunning = true;
    this.inSight.begin();
    this.#next();
  }

  /** Whether its pictures are looked at. */
  get isFilming() {
    return this.#isRunning;
  }

  #lose() {
    if (!this.#isRunning) return;
    this.stop();
    this.onLost();
  }

  stop() {
    this.#isRunning = false;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }

  #next() {
    if (!this.video.isConnected) this.stop();
    if (this.#isRunning) this.video.requestVideoFrameCallback(() => void this.#look());
  }

  async #look() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (width && height) {
      Object.assign(this.canvas, this.canvas.width === width && this.canvas.height === height ? {} : { width, height });
      this.pen.drawImage(this.video, 0, 0);
      const picture = this.pen.getImageData(0, 0, width, height);
      this.#tell(await readCode(picture, ++this.#frame % HARD_EVERY === 0));
    }
    this.#next();
  }

  #tell(text) {
    if (!this.#isRunning || !this.inSight.isNew(text)) return;
    performance.mark("shikaku-code-seen");
    this.onCode(text);
  }
}

/** Which cameras there are. */
export async function cameras() {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return all.filter((it) => it.kind === "videoinput");
}

/** The id of the camera chosen; null if none was. */
export const chosenCamera = () => localStorage.getItem(CHOSEN);

/** @param {string} id */
export const chooseCamera = (id) => localStorage.setItem(CHOSEN, id);

/** It was lost while it filmed. @param {string} ways what works without a camera */
export const lostWords = (ways) => w(`カメラの映像が止まりました。${ways}`, `The camera is gone. ${ways}`);

/** Why there is no picture, and what to do. @param {unknown} error @param {string} ways what works without a camera */
export function cameraTrouble(error, ways) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError")
    return w(`カメラの使用が許可されていません。アドレス欄の左のアイコンか、端末の設定から許可してください。${ways}`, `The camera is not allowed. Allow it at the left of the address bar or in the settings. ${ways}`);
  if (name === "NotFoundError" || !navigator.mediaDevices)
    return w(`カメラが見つかりません。${ways}`, `There is no camera. ${ways}`);
  return w(`カメラが他のアプリで使われています。閉じてからもう一度お試しください。${ways}`, `Another program uses the camera. Close it and try again. ${ways}`);
}
