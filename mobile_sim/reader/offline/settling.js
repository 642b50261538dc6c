// Asks the server for what waits, once the line is back (照会待ちの精算).

import { ProblemError } from "/pages/kit/connection.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { check, isOutOfReach } from "../checking.js";
import { isOtherThanTold } from "./differing.js";

/**
 * Ask for each entry, the oldest first, until the line fails again.
 * @param {import("./waiting.js").Waiting} waiting
 * @param {import("/pages/kit/connection.js").Connection} connection
 * @param {(entry: import("./waiting.js").Entry, answer: any) => void} onAnswer
 */
export async function settle(waiting, connection, onAnswer) {
  for (const entry of waiting.entries.filter((it) => !it.answer).reverse()) {
    const { answer, isAllForLater } = await ask(entry, connection);
    if (isAllForLater) return;
    if (answer) await settled(waiting, entry.id, answer, onAnswer);
  }
}

/**
 * The server has answered what waits under this name; nothing, if it does not wait any
 * more: the shift may have ended meanwhile.
 * @param {import("./waiting.js").Waiting} waiting @param {string} id @param {any} answer
 * @param {(entry: import("./waiting.js").Entry, answer: any) => void} onAnswer
 */
export async function settled(waiting, id, answer, onAnswer) {
  const entry = waiting.entries.find((it) => it.id === id && !it.answer);
  if (!entry) return;
  if (isOtherThanTold(entry.told, answer)) await waiting.keep({ ...entry, answer });
  else await waiting.remove(id);
  onAnswer(entry, answer);
}

/** The server's answer; none while it cannot be had, for this question or for any. */
async function ask({ id, question, told }, connection) {
  try {
    return { answer: await check(connection, question, id) };
  } catch (error) {
    if (isOutOfReach(error) || isForLater(error)) return { isAllForLater: true };
    if (error.status >= 500) return {}; // it failed over this one: that waits on
    return { answer: refused(told, error) };
  }
}

/** Too many at once, or this terminal may not ask just now. */
const isForLater = (error) => !(error instanceof ProblemError) || error.status === 429 || error.status === 401;

/** The server will never answer this question: no check was made, and the desk must know. */
function refused(told, error) {
  const why = troubleWords(error);
  return { ...told, outcome: "could-not-check", is_offline: false, is_waiting: false, refused: why, next_step: { ja: why, en: why } };
}
