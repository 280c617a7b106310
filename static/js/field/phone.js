/** What the pages of the site and the shell have in common: whose phone it is, her store, and who carries it. */

import { NotKept, open } from "./db.js";
import { tellGone, tellLine } from "./line.js";
import { become, current } from "./person.js";
import { Courier, greet } from "./sync.js";
import { Refusal } from "./talk.js";

/** Whether this browser has what it takes; an old one, or a page without TLS, works as pages do. */
const isAble = Boolean(navigator.locks && globalThis.indexedDB && globalThis.crypto?.subtle && globalThis.BroadcastChannel);

/**
 * The phone of the person who is signed in; without a network, of who was here last.
 *
 * @param {(status: string) => void} [changed] told after each sending
 * @returns {Promise<{store: any, courier: Courier} | null>} null where nobody has been here yet
 * @throws {NotKept} nothing can be kept in this browser
 */
export async function phoneOf(changed = () => {}) {
  if (!isAble) throw new NotKept("blocked");
  const person = (await who()) || current();
  if (!person) return null;
  become(person);
  const store = await open(person);
  tellGone(person, !(await store.keys("pack")).length);
  const tell = async (status) => {
    if (status === "other_person") return location.reload();
    await tellLine(store, status);
    changed(status);
  };
  return { store, courier: new Courier(store, tell) };
}

async function who() {
  try {
    return (await greet()).person;
  } catch (fault) {
    // Signed out: what she kept here is still hers to look at, and goes nowhere before she signs in.
    return fault instanceof Refusal && fault.status === 401 ? current() : "";
  }
}
