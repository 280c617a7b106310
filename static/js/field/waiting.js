/** What stands on this phone: begun, waiting, refused, received; and the file for sending it by hand. */

import { discard } from "./drafts.js";
import { isOpen, reopen, STUCK } from "./outbox.js";
import { find } from "./pack.js";
import { list, piece, show } from "./screens.js";
import { monthName, say, timeName } from "./words.js";
import { exportUnsent } from "./zip.js";

/** @param {any} phone */
export async function showOutbox(phone) {
  const { store, pack } = phone;
  const [drafts, items, received] = await Promise.all(["drafts", "outbox", "receipts"].map((name) => store.all(name)));
  const page = piece("outbox", { empty: !drafts.length && !items.length && say("empty"), sendable: items.length, exportable: items.length + drafts.length });
  const newest = received.sort((a, b) => b.received_at.localeCompare(a.received_at)).slice(0, 20);
  list(page, "items").append(...items.map((one) => itemCard(phone, one)), ...drafts.map((one) => draftCard(phone, one)), ...newest.map((one) => receivedCard(pack, one)));
  page.querySelector('[data-act="send"]')?.addEventListener("click", () => phone.courier.run());
  page.querySelector('[data-act="export"]')?.addEventListener("click", () => exportUnsent(store));
  const clips = /** @type {HTMLInputElement} */ (page.querySelector("#clips"));
  clips.checked = localStorage.getItem("mobilizer-clips") === "1";
  clips.addEventListener("change", () => localStorage.setItem("mobilizer-clips", clips.checked ? "1" : "0"));
  show(page, phone.isQuiet);
}

function titled(pack, { promise, typed, assignment, month }) {
  if (promise) return { title: typed?.title || say("promise") };
  const found = find(pack, assignment, month)?.assignment.promise;
  return { title: found?.title || found?.words.slice(0, 80) || say("whole"), month: monthName(month) };
}

function itemCard(phone, item) {
  const part = piece("item", { ...titled(phone.pack, item.draft), state: say(`item.${item.state}`), message: item.message, reopen: isOpen(item) });
  part.querySelector('[data-act="reopen"]')?.addEventListener("click", async () => {
    const { assignment, month, promise } = item.draft;
    const entry = find(phone.pack, assignment, month)?.month.entry;
    const draft = await reopen(phone.store, item, STUCK.has(item.state) ? entry : null);
    if (!draft) return showOutbox(phone); // Its sending has begun meanwhile.
    phone.go(promise ? `promise/${draft.key}/words` : `${assignment}/${month}/state`);
  });
  return part;
}

function draftCard(phone, draft) {
  const to = draft.promise ? `#/promise/${draft.key}/words` : `#/${draft.assignment}/${draft.month}/${SCREENS[draft.kind] ?? "state"}`;
  // A draft whose month the site no longer shows cannot be opened; it can be thrown away.
  const isShown = draft.promise || find(phone.pack, draft.assignment, draft.month);
  const part = piece("item", { ...titled(phone.pack, draft), state: say("state.draft"), message: draft.faults?.map((one) => one.message).join(" "), to: isShown && to });
  if (isShown) return part;
  part.querySelector(".actions").append(piece("discard"));
  part.querySelector('[data-act="discard"]').addEventListener("click", async () => {
    await discard(phone.store, { evidence: [], ...draft });
    showOutbox(phone);
  });
  return part;
}

const SCREENS = { no_change: "same", not_found_out: "could-not", full: "state" };

const receivedCard = (pack, one) => piece("item", { ...titled(pack, one), state: say("item.done", { time: timeName(one.received_at) }), message: one.fault });
