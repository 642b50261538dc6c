// Reads codes out of pictures, beside the page, so that the page never stutters.

import { prepareZXingModule, readBarcodes } from "/vendor/zxing-wasm/dist/es/reader/index.js";

const WASM = "/vendor/zxing-wasm/dist/reader/zxing_reader.wasm";
/** @typedef {import("/vendor/zxing-wasm/dist/es/reader/index.js").ReaderOptions} Options */

/** @type {Options} */
const FAST = { formats: ["QRCode"], tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false, maxNumberOfSymbols: 1 };
/** @type {Options} */
const HARD = { formats: ["QRCode"], tryHarder: true, tryInvert: false, maxNumberOfSymbols: 1 };

prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });

/** A picture (ImageData or Blob) and whether to try hard; the text found, or null. */
self.onmessage = async ({ data: { picture, isHard, turn } }) => {
  const found = await readBarcodes(picture, isHard ? HARD : FAST).catch(() => []);
  self.postMessage({ turn, text: found.find((code) => code.isValid)?.text ?? null });
};
