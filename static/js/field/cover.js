/** What came from the site is shown only while she is signed in; what she wrote stays on the phone, to be sent. */

import { aside } from "./line.js";
import { piece, show } from "./screens.js";
import { say } from "./words.js";

/** Take away what came from the site. @param {import("./db.js").Store} store */
export async function cover(store) {
  const [pack, receipts] = [await store.keys("pack"), await store.keys("receipts")];
  if (pack.length + receipts.length) await store.write({ remove: { pack, receipts } });
}

/** How many reports and promises are begun here, or wait. @param {import("./db.js").Store} store */
export const unsentOf = async (store) => (await store.keys("outbox")).length + (await store.keys("drafts")).length;

/** The screen without a pack: how to get one. @param {any} phone */
export function showCovered({ courier, isQuiet }) {
  const [isFirst, isShown] = ["#first", "#sign-in"].map((one) => document.querySelector(one));
  if (!isShown && (!isFirst || courier.status === "signed_out")) show(piece("covered"), isQuiet);
}

/** The account is a page of the site: where it leads nowhere that is said, not left to the browser. */
export function bindAccount() {
  document.querySelector('.tabbar a[href="/account/"]')?.addEventListener("click", (event) => {
    const isThere = navigator.onLine && document.querySelector("#phone").dataset.status !== "offline";
    if (isThere) return;
    event.preventDefault();
    aside("account", say("account"), say("try"), () => location.assign("/account/"));
    scrollTo(0, 0);
  });
}
