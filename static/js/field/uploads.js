/** Files in pieces, as tus has it: where the server stands is asked, then sent from there on. */

import { ask, NoAnswer, Refusal } from "./talk.js";

const PIECE = 262_144;
const TUS = { "Tus-Resumable": "1.0.0" };
/** A whole file that arrives as something else is begun anew, but not for ever. */
const MOST_BEGINNINGS = 3;

/** Whether files that cost are let through: a network of no price, or her word. */
export function mayCost() {
  const type = /** @type {any} */ (navigator).connection?.type;
  return localStorage.getItem("mobilizer-clips") === "1" || type === "wifi" || type === "ethernet";
}

/**
 * Send a file to its end.
 *
 * @param {import("./db.js").Store} store
 * @param {{id: string, size: number}} media
 * @returns {Promise<"sent" | "lost" | string>} "sent", "lost" where its bytes are gone from the phone,
 *   else what the site has against it
 * @throws {NoAnswer | Refusal}
 */
export async function upload(store, media) {
  const path = `/sync/media/${media.id}`;
  const { person } = store;
  let bytes;
  for (let beginning = 0; beginning < MOST_BEGINNINGS; beginning += 1) {
    let offset = await stand(path, person);
    if (offset === media.size) return "sent";
    bytes ??= (await store.get("media", media.id))?.bytes;
    if (bytes?.byteLength !== media.size) return "lost";
    try {
      while (offset < media.size) offset = await piece(path, person, bytes, offset);
      return "sent";
    } catch (fault) {
      if (!(fault instanceof Refusal) || ["other_person", "token", "signed_out"].includes(fault.code)) throw fault;
      if ([413, 415, 422].includes(fault.status)) return fault.message || fault.code;
    }
  }
  throw new NoAnswer("the file does not get through", 460);
}

async function stand(path, person) {
  try {
    return offsetOf(await ask("HEAD", path, { person, headers: TUS }));
  } catch (fault) {
    // 404: announced and yet unknown; it may be so between two servers, and not for long.
    if (fault instanceof Refusal && fault.status === 404) throw new NoAnswer("not announced");
    if (fault instanceof Refusal && fault.status === 401) throw new Refusal(401, { error: "signed_out" });
    throw fault;
  }
}

async function piece(path, person, bytes, offset) {
  const headers = { ...TUS, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
  const body = bytes.slice(offset, offset + PIECE);
  const now = offsetOf(await ask("PATCH", path, { person, headers, body, wait: 60_000 }));
  if (now !== offset + body.byteLength) throw new NoAnswer("another offset");
  return now;
}

function offsetOf(answer) {
  const offset = answer.headers.get("Upload-Offset");
  if (offset === null || !/^\d+$/.test(offset)) throw new NoAnswer("no offset");
  return Number(offset);
}
