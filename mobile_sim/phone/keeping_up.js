// Keeping up with the server: what is new of each person, and who is on this phone no more.

import { UnreachableError } from "/pages/kit/connection.js";
import { name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { rememberInsurer } from "./insurer_contact.js";
import { notify } from "./notices.js";
import { freshStatus } from "./owner.js";
import { forget } from "./people.js";
import { called } from "./whose.js";
import { go, person, session } from "./session.js";

/** @typedef {import("./people.js").Person} Person */

/**
 * The person on the screen first; `renew` writes anew what is shown of them, then comes
 * `next`, then the others.
 * @param {() => void} renew @param {() => Promise<void>} [next]
 */
export async function keepUp(renew, next) {
  await ask(person());
  renew();
  await next?.();
  for (const other of session.people.filter((it) => it.id !== session.chosen)) await ask(other);
  await notify(session.people);
}

/**
 * The server itself says that it knows this key no more, or shows nothing to it. Any other
 * refusal ends nobody: a hotel's network answers 401 as well, and a key cannot be had again.
 * @param {any} error
 */
export const isEnded = (error) => error.code === "invalid_client" || error.code === "not-on-this-phone";

async function ask(someone) {
  if (!someone) return;
  try {
    const fresh = await freshStatus(someone);
    session.people = session.people.map((it) => (it.id === fresh.id ? fresh : it));
    if (!isShown(someone)) return;
    session.trouble = "";
    rememberInsurer(fresh.status.ask);
  } catch (error) {
    if (isEnded(error)) await remove(someone, () => endedWords(someone));
    else if (isShown(someone)) session.trouble = error instanceof UnreachableError ? alone(someone) : troubleWords(error);
  }
}

const alone = ({ handle }) => (handle ? w("いまは通信できません。コードは通信なしでも表示できます。", "There is no network now. The code can be shown without it.") : w("いまは通信できません。つながる場所で、もう一度お試しください。", "There is no network now. Try again where there is one."));
const isShown = (someone) => someone.id === session.chosen;

/** Somebody leaves this phone; the others stay. @param {Person} someone @param {(() => any)|null} told */
export async function remove(someone, told) {
  await forget(someone);
  if (!session.people.some((it) => it.id === someone.id)) return; // two answers said so
  const wasShown = isShown(someone);
  session.people = session.people.filter((it) => it.id !== someone.id);
  if (wasShown) session.chosen = session.people[0]?.id ?? null;
  if (!session.chosen) return go("activation", { told });
  if (wasShown || session.view === "home") go("home", { told, trouble: "" });
}

function endedWords(someone) {
  const gone = w("このスマホから消しました。", "They are on this phone no more.");
  if (someone.delegation) return [name(called(someone)), w("さんの代理は終わりました（期限が過ぎたか、解除されました）。", ": your delegation has ended; its time is over, or it was taken back. "), gone];
  return [name(called(someone)), w("さんの登録は、保険者かほかのスマホで終わりました。", ": this phone was ended by the insurer or another phone. "), gone, w("使うには、保険者に新しい有効化コードを頼んでください。", " Ask the insurer for a new code.")];
}
