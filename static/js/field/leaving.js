/** Signing out: what stands on the phone goes, but nothing unsent without a question. */

import { erase } from "./db.js";
import { forget } from "./person.js";
import { piece } from "./screens.js";
import { say } from "./words.js";
import { exportUnsent } from "./zip.js";

/** @param {{store: any, courier: any}} phone */
export function bindLeaving({ store, courier }) {
  for (const form of document.querySelectorAll('form[action$="/sign-out"]')) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await courier.run();
      const unsent = (await store.keys("outbox")).length + (await store.keys("drafts")).length;
      if (unsent && !(await asked(store, unsent))) return;
      store.close();
      forget(store.person);
      await erase(store.person);
      form.submit();
    });
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
