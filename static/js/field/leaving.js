/** Signing out: what stands on the phone goes once the site has let her go, but nothing unsent without a question. */

import { cover, unsentOf } from "./cover.js";
import { erase, keptOf, open } from "./db.js";
import { aside } from "./line.js";
import { forget, known, named } from "./person.js";
import { isAble } from "./phone.js";
import { piece } from "./screens.js";
import { Courier, greet } from "./sync.js";
import { ask, NoAnswer, Refusal } from "./talk.js";
import { load, say } from "./words.js";
import { exportUnsent } from "./zip.js";

const PATIENCE = 4_000;
const ANSWER = 10_000;

/** What a promise gives, or nothing if that takes too long. */
const soon = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);

/** Bound at once, whatever the network does. @param {() => {courier: Courier} | undefined} phone as far as it is there */
export function bindLeaving(phone) {
  if (!isAble || !named()) return;
  const door = new BroadcastChannel("mobilizer-door");
  door.onmessage = () => location.reload();
  for (const form of document.querySelectorAll('form[action$="/sign-out"]')) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      leave(form, phone()?.courier, door);
    });
  }
}

async function leave(form, courier, door) {
  const button = form.querySelector("button");
  button.disabled = true;
  const store = (await soon(load())) && (await soon(open(named()).catch(() => null)));
  // Without words nothing can be asked: the page behind the door erases what may be erased.
  if (!store) return form.submit();
  try {
    if (await mayGo(store, courier)) return await go(store, form, door);
    aside("leaving", "");
  } catch {
    aside("leaving", say("not-left"));
  }
  store.close();
  button.disabled = false;
}

/** @throws {NoAnswer} there is no network */
async function mayGo(store, courier = new Courier(store, () => {})) {
  aside("leaving", say("leaving-now"));
  if (!navigator.onLine) throw new NoAnswer("no network");
  if ((await store.keys("outbox")).length && (await soon(courier.run())) === "offline") throw new NoAnswer("no network");
  const unsent = await unsentOf(store);
  return !unsent || asked(store, unsent);
}

async function go(store, form, door) {
  await signOut(form);
  store.close();
  forget(store.person);
  await soon(erase(store.person));
  door.postMessage("out");
  location.assign(form.action.replace(/out$/, "in"));
}

/** Whatever became of the answer, afterwards she is signed out. @throws {NoAnswer | Refusal} she may not be */
async function signOut(form) {
  const { action } = form;
  try {
    await ask("POST", action, { body: new FormData(form), wait: ANSWER });
  } catch {
    const isOut = await greet().then(() => false, (fault) => fault instanceof Refusal && fault.status === 401);
    // The greeting brought a fresh token, in case the page's own was too old.
    if (!isOut) await ask("POST", action, { person: named(), wait: ANSWER });
  }
}

/** @returns {Promise<boolean>} whether to erase it */
function asked(store, unsent) {
  const dialog = /** @type {HTMLDialogElement} */ (piece("leaving", { text: say("leaving", { n: unsent }) }).firstElementChild);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    const end = (isErased) => {
      dialog.remove();
      resolve(isErased);
    };
    dialog.addEventListener("cancel", () => end(false));
    dialog.addEventListener("click", (event) => {
      const act = event.target.closest("button")?.dataset.act;
      if (act === "export") exportUnsent(store);
      if (act === "erase" || act === "stay") end(act === "erase");
    });
  });
}

/** Where nobody is signed in: of whom nothing unsent is here nothing stays, and of the others what they wrote. */
export async function sweep() {
  if (!isAble) return;
  for (const person of (await keptOf()) ?? known()) {
    const store = await open(person);
    const isUnsent = Boolean(await unsentOf(store));
    if (isUnsent) await cover(store);
    store.close();
    if (isUnsent) continue;
    forget(person);
    await erase(person);
  }
}
