/**
 * What a phone keeps: one IndexedDB database for each person, with a handful of stores.
 *
 * Every write is one transaction that is awaited to its very end, so a record and its files are
 * both there or neither is.
 */

const VERSION = 1;
const STORES = ["drafts", "media", "outbox", "pack", "receipts"];

/** Something could not be kept or read; `reason` is a word of the page: full, blocked, unkept. */
export class NotKept extends Error {
  /** @param {string} reason @param {unknown} [cause] */
  constructor(reason, cause) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/** @param {unknown} error */
function told(error) {
  if (error instanceof NotKept) return error;
  const name = /** @type {any} */ (error)?.name;
  return new NotKept(name === "QuotaExceededError" ? "full" : "unkept", error);
}

/** @param {IDBRequest} request */
const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * The database of a person.
 *
 * @param {string} person
 * @returns {Promise<Store>}
 * @throws {NotKept} the browser keeps nothing, or another window holds an older shape open
 */
export async function open(person) {
  try {
    const request = indexedDB.open(`mobilizer-${person}`, VERSION);
    request.onupgradeneeded = () => {
      for (const name of STORES) request.result.createObjectStore(name, { keyPath: "key" });
    };
    const database = await answered(request);
    database.onversionchange = () => database.close();
    return new Store(database, person);
  } catch (error) {
    throw new NotKept("blocked", error);
  }
}

/** @param {string} person */
export const erase = (person) => answered(indexedDB.deleteDatabase(`mobilizer-${person}`));

export class Store {
  /** @param {IDBDatabase} database @param {string} person */
  constructor(database, person) {
    this.database = database;
    this.person = person;
  }

  /** @param {string} name @param {string} key */
  get(name, key) {
    return this.#read(name, (store) => store.get(key));
  }

  /** @param {string} name @returns {Promise<any[]>} */
  all(name) {
    return this.#read(name, (store) => store.getAll());
  }

  /** @param {string} name @returns {Promise<string[]>} */
  keys(name) {
    return this.#read(name, (store) => store.getAllKeys());
  }

  /**
   * Several changes at once, all or none.
   *
   * @param {{put?: Record<string, any[]>, remove?: Record<string, string[]>}} changes by store
   * @throws {NotKept} nothing of it was kept
   */
  async write({ put = {}, remove = {} }) {
    const names = [...new Set([...Object.keys(put), ...Object.keys(remove)])];
    if (!names.length) return;
    try {
      const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
      const ended = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      try {
        for (const [name, keys] of Object.entries(remove)) for (const key of keys) transaction.objectStore(name).delete(key);
        for (const [name, records] of Object.entries(put)) for (const record of records) transaction.objectStore(name).put(record);
      } catch (error) {
        ended.catch(() => {}); // What threw says more than that the transaction ended.
        transaction.abort(); // Else what was put before would stand alone.
        throw error;
      }
      await ended;
    } catch (error) {
      throw told(error);
    }
  }

  /** Let go, so that it can be erased. */
  close() {
    this.database.close();
  }

  async #read(name, ask) {
    try {
      return await answered(ask(this.database.transaction(name).objectStore(name)));
    } catch (error) {
      throw told(error);
    }
  }
}
