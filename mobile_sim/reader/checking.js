// One check (資格確認): asked once, repeated with the same name if the network was lost.

import { UnreachableError } from "/pages/kit/connection.js";

const DOOR = "/v1/clinic/checks";
const TRIES = 3;
const PAUSE_MS = 400;

/**
 * The server's answer. A repeated question has the same Idempotency-Key, so that a code
 * is not spent twice. Throws UnreachableError or ProblemError.
 * @param {import("/pages/kit/connection.js").Connection} connection @param {object} question
 * @param {string} [key] the question's Idempotency-Key, if it was asked before
 */
export async function check(connection, question, key = crypto.randomUUID()) {
  const headers = { "Idempotency-Key": key };
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.ask("POST", DOOR, question, headers);
    } catch (error) {
      if (attempt === TRIES || !isOutOfReach(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  }
}

/** No answer: nothing was recorded, or we cannot know. The same question may be asked again. @param {any} error */
export function isOutOfReach(error) {
  return error instanceof UnreachableError || error.status >= 502;
}
