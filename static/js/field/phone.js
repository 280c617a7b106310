/** What the pages of the site and the shell have in common: whose phone it is, her store, and who carries it. */

import { bindAccount, cover, unsentOf } from "./cover.js";
import { NotKept, open } from "./db.js";
import { aside, tellGone, tellLine } from "./line.js";
import { become, current, named } from "./person.js";
import { Courier, greet } from "./sync.js";
import { Refusal } from "./talk.js";

/** Whether this browser has what it takes; an old one, or a page without TLS, works as pages do. */
export const isAble = Boolean(navigator.locks && globalThis.indexedDB && globalThis.crypto?.subtle && globalThis.BroadcastChannel);

/**
 * The phone of the person who is signed in; without a network, of who was here last.
 *
 * @param {(status: string) => void} [changed] told after each sending
 * @returns {Promise<{store: any, courier: Courier} | null>} null where nobody has been here yet
 * @throws {NotKept} nothing can be kept in this browser
 */
export async function phoneOf(changed = () => {}) {
  if (!isAble) throw new NotKept("blocked");
  bindAccount();
  const { person, isOut } = await who();
  if (!person) return null;
  become(person);
  const store = await open(person);
  if (isOut) await cover(store);
  tellGone(person, !(await store.keys("pack")).length && !(await unsentOf(store)));
  const tell = async (status) => {
    if (status === "other_person") return location.reload();
    try {
      if (status === "signed_out") await cover(store);
      if (status === "ok") aside("account", "");
      await tellLine(store, status);
      await changed(status);
    } catch (fault) {
      // Another window has signed out: there is nothing to tell of any more.
      if (!store.isClosed) throw fault;
    }
  };
  return { store, courier: new Courier(store, tell) };
}

async function who() {
  try {
    return { person: (await greet()).person, isOut: false };
  } catch (fault) {
    return { person: named() || current(), isOut: fault instanceof Refusal && fault.status === 401 };
  }
}
