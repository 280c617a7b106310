/**
 * The page that probably comes next, fetched before anybody asks for it.
 *
 * Only one is kept, it is given away once, and it is thrown away when it may no longer be true:
 * after a decision, or when it has lain here for a while.
 */

const LONGEST = 30_000;

/** @type {{ address: string, at: number, answer: Promise<Response | undefined> } | undefined} */
let kept;

/** @param {string} address @returns {Promise<Response>} */
export const ask = (address) => fetch(address, { credentials: "same-origin" });

/**
 * Fetch a page ahead. Who asked the browser to save data gets none.
 *
 * @param {string | undefined} address
 * @returns {void}
 */
export function prepare(address) {
  forget();
  if (!address || navigator.connection?.saveData) return;
  kept = { address, at: performance.now(), answer: ask(address).catch(() => undefined) };
}

/** @returns {void} */
export function forget() {
  kept = undefined;
}

/**
 * The page at an address: the one kept if it is that one and fresh, else asked for now.
 *
 * @param {string} address
 * @returns {Promise<Response>}
 */
export async function take(address) {
  const ready = kept;
  forget();
  const isFresh = ready?.address === address && performance.now() - ready.at < LONGEST;
  return (isFresh && (await ready.answer)) || ask(address);
}
