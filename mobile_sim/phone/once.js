// Everybody is on this phone once: a new letter, or a longer delegation, replaces the older key.

import { connectionOf, forget } from "./people.js";
import { again, session } from "./session.js";

/** @typedef {import("./people.js").Person} Person */

/** Whoever came again, as what they were before: their older key goes. @param {Person} newcomer */
export async function letGoOlder({ id }) {
  const now = session.people.find((it) => it.id === id);
  const older = session.people.filter((it) => it.id !== id && now && isSame(it, now));
  for (const it of older) await letGo(it);
  session.people = session.people.filter((it) => !older.includes(it));
  if (older.some((it) => it.id === session.chosen)) session.chosen = id;
  if (older.length && session.view === "home") again();
}

/** The server may have ended it by itself: then there is nothing left to say. */
async function letGo(older) {
  const door = older.delegation ? "delegations" : "phones";
  await connectionOf(older).ask("DELETE", `/v1/patient/${door}/${older.id}`).catch(() => {});
  await forget(older);
}

const isSame = (one, other) => numbers(one) !== null && numbers(one) === numbers(other) && Boolean(one.delegation) === Boolean(other.delegation);

/** By which an insurer tells its members apart. @param {Person} person */
function numbers({ status }) {
  const it = status?.coverage;
  return it ? [it.insurer_number, it.symbol, it.number, it.branch].join("/") : null;
}
