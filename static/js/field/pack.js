/** What the server says there is to do: kept whole, and asked for again by its version. */

import { ask, NoAnswer } from "./talk.js";

/**
 * The pack as it stands on the phone.
 *
 * @param {import("./db.js").Store} store
 * @returns {Promise<any>} undefined where none has come yet
 */
export const held = (store) => store.get("pack", "pack");

/**
 * Ask whether there is a newer one, and keep it.
 *
 * @param {import("./db.js").Store} store
 */
export async function refresh(store) {
  const old = await held(store);
  const since = old ? `?since=${encodeURIComponent(old.version)}` : "";
  const { content } = await ask("GET", `/sync/pack${since}`, { person: store.person });
  if (typeof content?.version !== "string") throw new NoAnswer("no pack");
  if (content.version === old?.version || !content.assignments || content.person !== store.person) return old;
  const fresh = { ...content, key: "pack" };
  await store.write({ put: { pack: [fresh] } });
  return fresh;
}

/**
 * One month of one assignment.
 *
 * @param {any} pack @param {string} assignment @param {string} month
 * @returns {{assignment: any, month: any} | undefined}
 */
export function find(pack, assignment, month) {
  const one = pack?.assignments.find((candidate) => candidate.id === assignment);
  const found = one?.months.find((candidate) => candidate.month === month);
  return found && { assignment: one, month: found };
}

/** Which list of the home screen a month stands in; empty where it is not shown. */
export function listed(month, today) {
  const state = month.entry?.state;
  if (state === "returned") return "returned";
  if (month.is_current) return "now";
  if (state && state !== "draft") return "";
  return month.closes >= today ? "open" : "missed";
}
