// One question answered: by the server, or, where it is out of reach, judged here.

import { check, isOutOfReach } from "../checking.js";
import { whileTheyWait } from "./while_they_wait.js";

/**
 * The server's answer, or what the desk is told without it (`is_offline`). Throws for a
 * refusal, and for a phone's code that the server could not be asked about.
 * @param {any} asked @param {string} key its name, the same when it is asked again
 * @param {import("/pages/kit/connection.js").Connection} connection
 * @param {import("./offline_desk.js").OfflineDesk} offline
 */
export async function answerTo(asked, key, connection, offline) {
  const waitable = offline.waitable(asked);
  const question = waitable ?? asked;
  const asking = check(connection, question, key);
  try {
    const answer = await (waitable ? whileTheyWait(asking, (late) => void offline.late(key, late)) : asking);
    void offline.answered(question, answer);
    return answer;
  } catch (error) {
    if (waitable && isOutOfReach(error)) return offline.judge(waitable, key);
    throw error;
  }
}
