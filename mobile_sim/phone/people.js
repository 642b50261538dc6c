// Who is on this phone: each person with a key of their own, and what was last heard of them.

import { Clock } from "/pages/kit/clock.js";
import { Connection, ProblemError } from "/pages/kit/connection.js";
import { digest, makeKey } from "/pages/kit/jose.js";
import { askToKeep, Cupboard } from "/pages/kit/kept.js";
import { nameIn } from "./token.js";

/**
 * `name` as the token bears it, "" before there was one; `status` as it was heard `at`
 * an instant, null before; `handle` and end of the newest token, null without coverage;
 * `delegation` where the key stands for somebody else, null on a person's own phone.
 * @typedef {{id: string, key: CryptoKeyPair, name: string, handle: string|null, goodUntil: number|null, delegation: any, status: any, at: number}} Person
 */

export const cupboard = new Cupboard("phone");
const PERSON = "person/";
const NEWCOMER = "newcomer/";

/** One phone, one clock; right once a server was heard. */
const clock = new Clock();
/** @type {Map<string, Connection>} */
const connections = new Map();

/** Everybody on this phone: who has their own card here first, then by the order in which they came. @returns {Promise<Person[]>} */
export async function everybody() {
  clock.correction = (await cupboard.get("correction")) ?? 0; // until we hear better
  const names = (await cupboard.names()).filter((name) => name.startsWith(PERSON));
  const people = await Promise.all(names.map((name) => cupboard.get(name)));
  return people.sort((a, b) => Number(a.delegation !== null) - Number(b.delegation !== null));
}

/** Through which a person's key speaks. @param {Person} person */
export function connectionOf({ id, key }) {
  if (!connections.has(id)) connections.set(id, new Connection(key, id, clock));
  return /** @type {Connection} */ (connections.get(id));
}

/**
 * Spend a code: somebody more is on this phone. The key is kept before it is asked for:
 * whoever lost the answer sends the same code again, for ten minutes, whatever code
 * came in between.
 * @param {string} code @param {object} more the phone's name, and the delegate's words
 * @returns {Promise<Person>}
 */
export async function activate(code, more) {
  const newcomer = NEWCOMER + (await digest(code));
  const key = (await cupboard.get(newcomer)) ?? (await makeKey());
  await cupboard.put(newcomer, key);
  await askToKeep();
  const answer = await new Connection(key, null, clock).enrol("/v1/activations", code, more).catch((error) => refused(newcomer, error));
  const person = { id: answer.client_id, key, name: nameIn(answer.token), handle: answer.handle, goodUntil: endOf(answer), delegation: answer.delegation, status: null, at: 0 };
  await keep(person);
  await cupboard.remove(newcomer);
  return person;
}

/** The server has heard the code, and nobody comes of it. @returns {Promise<never>} */
async function refused(newcomer, error) {
  if (error instanceof ProblemError && error.status < 500) await cupboard.remove(newcomer);
  throw error;
}

/** The instant from which a token is good no more. @param {{expires_at: string|null}|null} token */
export const endOf = (token) => (token?.expires_at ? Date.parse(token.expires_at) : null);

/** @param {Person} person */
export const keep = (person) => cupboard.put(PERSON + person.id, person);

/** Their key and all that was heard of them. @param {Person} person */
export async function forget({ id }) {
  connections.delete(id);
  await cupboard.remove(PERSON + id);
}
