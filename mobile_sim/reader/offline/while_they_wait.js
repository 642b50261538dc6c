// How long somebody who stands at the desk waits for a network that is there but silent.

import { UnreachableError } from "/pages/kit/connection.js";

const AT_A_DESK_MS = 6_000;

/**
 * The answer, if it comes in time; UnreachableError if not, and `late` gets what comes
 * afterwards.
 * @template T
 * @param {Promise<T>} asked @param {(answer: T) => void} late
 * @returns {Promise<T>}
 */
export function whileTheyWait(asked, late) {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const tooLong = () => {
      isLate = true;
      reject(new UnreachableError("silent"));
    };
    const timer = setTimeout(tooLong, AT_A_DESK_MS);
    asked.then((answer) => (isLate ? late(answer) : resolve(answer)), reject).finally(() => clearTimeout(timer));
  });
}
