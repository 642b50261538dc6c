// Codes in pictures: asks the worker, one picture at a time.

/** @type {Map<number, (text: string|null) => void>} */
const waiting = new Map();
/** @type {Worker|null} */
let worker = null;
let turns = 0;

function reader() {
  if (worker) return worker;
  worker = new Worker("/pages/kit/code_worker.js", { type: "module" });
  worker.onmessage = ({ data }) => {
    waiting.get(data.turn)?.(data.text);
    waiting.delete(data.turn);
  };
  return worker;
}

/** The text of the code in a picture, or null. @param {ImageData|Blob} picture @param {boolean} isHard @returns {Promise<string|null>} */
export function readCode(picture, isHard) {
  const turn = ++turns;
  return new Promise((resolve) => {
    waiting.set(turn, resolve);
    reader().postMessage({ picture, isHard, turn });
  });
}
