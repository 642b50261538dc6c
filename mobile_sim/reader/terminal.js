// The terminal (端末): its key, which never leaves this browser, and the clinic it speaks for.

import { Connection, ProblemError } from "/pages/kit/connection.js";
import { makeKey } from "/pages/kit/jose.js";
import { askToKeep, Cupboard } from "/pages/kit/kept.js";

const DOOR = "/v1/enrolments";

/** What the reader keeps: personal data is put in here sealed, and for one shift only. */
export const cupboard = new Cupboard("reader");

/** The enrolled terminal, or null before the first start. @returns {Promise<Connection|null>} */
export async function enrolledTerminal() {
  const [key, clientId] = [await cupboard.get("key"), await cupboard.get("client")];
  return key && clientId ? new Connection(key, clientId) : null;
}

/**
 * Spend the code: this browser's key becomes the terminal. The key is kept before it is
 * asked for, so that whoever lost the answer may send the same code again.
 * @param {string} code @param {string} name
 */
export async function enrolTerminal(code, name) {
  const key = (await cupboard.get("key")) ?? (await makeKey());
  await cupboard.put("key", key);
  await askToKeep();
  const connection = new Connection(key, null);
  await connection.enrol(DOOR, code, { name });
  await cupboard.put("client", connection.clientId);
  return connection;
}

/** The server does not admit this key (any more). @param {any} error */
export const isUnknownTerminal = (error) => error instanceof ProblemError && error.code === "invalid_client";

/** Forget the key alone: the terminal must be enrolled anew. */
export async function forgetKey() {
  await cupboard.remove("key");
  await cupboard.remove("client");
}

/** Forget everything. */
export const forgetTerminal = () => cupboard.empty();
