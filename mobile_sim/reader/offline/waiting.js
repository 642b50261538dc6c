// What waits for the line (照会待ち): papers judged without network, until the server answers.
//
// In this page's memory while the shift is open; in the browser's storage only sealed, so
// that a reload, or a break, loses nothing. Gone when the shift ends.

import { cupboard } from "../terminal.js";
import { sealed, sealingKey, unsealed } from "./sealing.js";

const BOX = "waiting ";
const SALT = "sealing-salt";
const KEPT_FOR_MS = 3 * 86_400_000; // a weekend: a shift that nobody ended is not kept for ever

/**
 * @typedef {{id: string, question: any, told: any, answer: any|null}} Entry
 * `told`: what the desk was told without network; `answer`: the server's, once it is
 * another one and nobody has seen it yet
 */

export class Waiting {
  /** @type {Entry[]} the newest first */
  entries = [];
  /** @type {CryptoKey|null} */
  #key = null;

  /** The shift opens: what an earlier page of it sealed is here again. @param {string} pin */
  async open(pin) {
    this.#key = await sealingKey(pin, await salt());
    this.entries = (await Promise.all((await boxes()).map((name) => this.#opened(name)))).filter(Boolean);
    this.entries.sort((one, other) => other.told.checked_at.localeCompare(one.told.checked_at));
  }

  async #opened(name) {
    const kept = await cupboard.get(name);
    const entry = Date.now() < kept.until ? await unsealed(this.#key, kept.box) : null;
    if (!entry) await cupboard.remove(name);
    return entry;
  }

  /** Remember an entry, or what has become of it. @param {Entry} entry */
  async keep(entry) {
    const at = this.entries.findIndex((it) => it.id === entry.id);
    if (at < 0) this.entries.unshift(entry);
    else this.entries[at] = entry;
    const box = await sealed(this.#key, entry);
    await cupboard.put(BOX + entry.id, { box, until: Date.now() + KEPT_FOR_MS });
  }

  /** @param {string} id */
  async remove(id) {
    this.entries = this.entries.filter((it) => it.id !== id);
    await cupboard.remove(BOX + id);
  }

  /** A break: the key and everything readable are gone, what is sealed stays. */
  lock() {
    this.#key = null;
    this.entries = [];
  }

  /** The shift ends: nothing is left. */
  async end() {
    this.lock();
    for (const name of [...(await boxes()), SALT]) await cupboard.remove(name);
  }
}

const boxes = async () => (await cupboard.names()).filter((name) => name.startsWith(BOX));

async function salt() {
  const kept = (await cupboard.get(SALT)) ?? crypto.getRandomValues(new Uint8Array(16));
  await cupboard.put(SALT, kept);
  return kept;
}
