// Keeping up with the server: what is new of each person, and who is on this phone no more.

import { UnreachableError } from "/pages/kit/connection.js";
import { name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { rememberInsurer } from "./insurer_contact.js";
import { notify } from "./notices.js";
import { letGoOlder } from "./once.js";
import { freshStatus, isEnded } from "./owner.js";
import { forget, keep } from "./people.js";
import { called } from "./whose.js";
import { go, person, session } from "./session.js";

/** @typedef {import("./people.js").Person} Person */

/**
 * Newcomers first, for whom an older key may go; then the person on the screen, then the
 * others. `renew` writes anew what is shown.
 * @param {() => void} renew
 */
export async function keepUp(renew) {
  const newcomers = session.people.filter(({ status }) => !status);
  for (const it of newcomers) await ask(it).then(() => letGoOlder(it));
  if (!newcomers.some(isShown)) await ask(person());
  renew();
  for (const it of session.people.filter((it) => !isShown(it) && !newcomers.some(({ id }) => id === it.id))) await ask(it);
  await notify(session.people);
}

async function ask(someone) {
  if (!someone) return;
  try {
    const fresh = await freshStatus(someone);
    if (!session.people.some((it) => it.id === fresh.id)) return; // they left meanwhile
    await keep(fresh).catch(() => {}); // shown even by a device that can keep nothing
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
  const [wasHere, wasShown] = [session.people.some((it) => it.id === someone.id), isShown(someone)];
  session.people = session.people.filter((it) => it.id !== someone.id); // from now on nothing is kept of them
  await forget(someone);
  if (!wasHere) return; // two answers said so
  if (wasShown) session.chosen = session.people[0]?.id ?? null;
  if (!session.chosen) return go("activation", { told });
  if (wasShown || session.view === "home") go("home", { told, trouble: "" });
}

function endedWords(someone) {
  const gone = w("このスマホから消しました。", "They are on this phone no more.");
  if (someone.delegation) return [name(called(someone)), w("さんの代理は終わりました（期限が過ぎたか、解除されました）。", ": your delegation has ended; its time is over, or it was taken back. "), gone];
  return [name(called(someone)), w("さんの登録は、保険者かほかのスマホで終わりました。", ": this phone was ended by the insurer or another phone. "), gone, w("使うには、保険者に新しい有効化コードを頼んでください。", " Ask the insurer for a new code.")];
}
