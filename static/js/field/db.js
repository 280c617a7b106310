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
    const store = new Store(database, person);
    database.onversionchange = (event) => letGo(store, event.newVersion === null);
    return store;
  } catch (error) {
    throw new NotKept("blocked", error);
  }
}

/** Whether it is this window that erases; the others show nothing more of what is erased. */
let isErasing = false;

/** Another window takes the database: let go of it, and show nothing of it where it is erased. */
function letGo(store, isErased) {
  store.close();
  if (isErased && !isErasing) location.reload();
}

/** @param {string} person */
export function erase(person) {
  isErasing = true;
  return answered(indexedDB.deleteDatabase(`mobilizer-${person}`)).finally(() => (isErasing = false));
}

/** Of whom this browser keeps a database; undefined where it does not tell. @returns {Promise<string[] | undefined>} */
export async function keptOf() {
  const all = await indexedDB.databases?.();
  return all?.map(({ name }) => /^mobilizer-([\w-]+)$/.exec(name ?? "")?.[1]).filter(Boolean);
}

/** @param {IDBTransaction} transaction */
function apply(transaction, { put = {}, remove = {} }) {
  for (const [name, keys] of Object.entries(remove)) for (const key of keys) transaction.objectStore(name).delete(key);
  for (const [name, records] of Object.entries(put)) for (const record of records) transaction.objectStore(name).put(record);
}

export class Store {
  /** @param {IDBDatabase} database @param {string} person */
  constructor(database, person) {
    this.database = database;
    this.person = person;
    this.isClosed = false;
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
    if (names.length) await this.#within(names, (transaction) => apply(transaction, { put, remove }));
  }

  /**
   * Look at one record and change what follows from it, in one transaction: nobody comes between.
   *
   * @param {string} name @param {string} key
   * @param {(record: any) => {put?: Record<string, any[]>, remove?: Record<string, string[]>} | undefined} decide
   *   given the record, or undefined where it is gone; without an answer nothing changes
   * @param {string[]} [others] further stores it may change
   * @throws {NotKept} nothing of it was kept
   */
  change(name, key, decide, others = []) {
    return this.#within([name, ...others], async (transaction) => apply(transaction, decide(await answered(transaction.objectStore(name).get(key))) ?? {}));
  }

  /** One transaction to its very end. */
  async #within(names, act) {
    try {
      const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
      const ended = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      try {
        await act(transaction);
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
    this.isClosed = true;
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
