// One check (資格確認): asked once, repeated with the same name if the network was lost.

import { UnreachableError } from "/pages/kit/connection.js";

const DOOR = "/v1/clinic/checks";
const TRIES = 3;
const PAUSE_MS = 400;

/**
 * The server's answer. A repeated question has the same Idempotency-Key, so that a code
 * is not spent twice. Throws UnreachableError or ProblemError.
 * @param {import("/pages/kit/connection.js").Connection} connection @param {object} question
 */
export async function check(connection, question) {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.ask("POST", DOOR, question, headers);
    } catch (error) {
      if (attempt === TRIES || !mayRepeat(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  }
}

/** Nothing was recorded, or we cannot know: the same question may be asked again. */
function mayRepeat(error) {
  return error instanceof UnreachableError || error.status >= 502;
}
