// What this browser keeps: named values in one IndexedDB database for each page.
//
// Keys are kept as CryptoKey objects that cannot be exported: the browser signs with
// them, and no script ever sees their octets.

const VERSION = 1;
const TABLE = "kept";

/** Storage that is full, forbidden (private mode) or was cleared while we looked. */
export class NotKeptError extends Error {}

/** The cupboard of one page: `phone`, `reader` or `console`. */
export class Cupboard {
  #name;

  /** @param {string} name */
  constructor(name) {
    this.#name = `shikaku-${name}`;
  }

  /** The value under a name; undefined if there is none. @param {string} name */
  get = (name) => this.#run("readonly", (table) => table.get(name));

  /** @param {string} name @param {any} value */
  put = (name, value) => this.#run("readwrite", (table) => table.put(value, name));

  /** @param {string} name */
  remove = (name) => this.#run("readwrite", (table) => table.delete(name));

  /** Every name that is kept. @returns {Promise<string[]>} */
  names = () => this.#run("readonly", (table) => table.getAllKeys());

  /** Forget everything. */
  empty = () => this.#run("readwrite", (table) => table.clear());

  async #run(mode, ask) {
    const database = await this.#open();
    try {
      return await new Promise((resolve, reject) => {
        const step = database.transaction(TABLE, mode);
        const asked = ask(step.objectStore(TABLE));
        step.oncomplete = () => resolve(asked.result);
        step.onerror = step.onabort = () => reject(new NotKeptError(String(step.error)));
      });
    } finally {
      database.close();
    }
  }

  #open() {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(this.#name, VERSION);
      opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new NotKeptError(String(opening.error)));
    });
  }
}

/** Ask the browser not to clear this page's storage by itself; whether it agreed. */
export async function askToKeep() {
  return (await navigator.storage?.persist?.()) ?? false;
}
