/**
 * What is to be sent. A thing is written down once, as bytes, when somebody presses "send"; it can be
 * taken back until sending has begun, and leaves only on a receipt that names it and all its files.
 */

import { sha256 } from "./hash.js";

/** States in which nothing more is tried by itself: somebody has to look at it. */
export const STUCK = new Set(["conflict", "decided", "unknown", "malformed", "too_large", "lost"]);

/** @param {any} draft @param {string} savedAt */
function reportOf(draft, savedAt) {
  const { assignment, month, kind, contradiction_reason, matrix_version } = draft;
  const evidence = kind === "full" ? draft.evidence.map(pieceOf) : [];
  const replies = kind === "full" ? stated(draft.replies) : {};
  return { assignment, month, kind, fields: stated(draft.fields), evidence, contradiction_reason, replies, matrix_version, saved_at: savedAt };
}

/** @param {Record<string, any>} fields those in which something stands */
const stated = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value?.length));

/** @param {any} piece */
function pieceOf({ id, is_kept, kind, address, details, media }) {
  if (is_kept) return { id, kind: "kept" };
  const named = media ? { media: { id: media.id, sha256: media.sha256, size: media.size } } : { address };
  return { id, kind, ...named, details };
}

/**
 * A draft as it is sent: where to, the bytes, and which files it rests on.
 *
 * @param {any} draft @param {string} savedAt
 */
export function written(draft, savedAt) {
  const content = draft.promise ? { cycle: draft.cycle, fields: stated(draft.typed), saved_at: savedAt } : reportOf(draft, savedAt);
  const files = draft.promise || draft.kind !== "full" ? [] : draft.evidence.filter((one) => one.media);
  return {
    path: draft.promise ? `/sync/promises/${draft.key}` : `/sync/entries/${draft.key}/revisions/${draft.number}`,
    body: new TextEncoder().encode(JSON.stringify(content)).buffer,
    media: files.map(({ kind, media }) => ({ ...media, kind })),
  };
}

/**
 * Put a draft into the outbox: one transaction takes it from the one to the other.
 *
 * @param {import("./db.js").Store} store @param {any} draft
 */
export async function enqueue(store, draft) {
  const { is_new, faults, ...kept } = draft;
  const savedAt = new Date().toISOString();
  const sent = written(draft, savedAt);
  const item = {
    ...sent,
    key: `${draft.key}/${draft.number}`,
    uid: draft.key,
    number: draft.number,
    sha256: await sha256(sent.body),
    saved_at: savedAt,
    state: "waiting",
    tried: 0,
    message: "",
    receipt: null,
    draft: kept,
  };
  await store.write({ put: { outbox: [item] }, remove: { drafts: [draft.key] } });
}

/** The item of an assignment's month, if one is in the outbox. */
export const itemOf = async (store, assignment, month) =>
  (await store.all("outbox")).find((one) => one.draft.assignment === assignment && one.draft.month === month);

/** Whether it may be opened again: nobody has begun to send it, or the site will not have it. */
export const isOpen = (item) => STUCK.has(item.state) || (item.state === "waiting" && !item.tried);

/**
 * Mark that sending begins: from here on it cannot be taken back.
 *
 * @param {import("./db.js").Store} store @param {string} key
 * @returns {Promise<any>} the item as it stands now; undefined where it was taken back or is not to be sent
 */
export async function begin(store, key) {
  let begun;
  await store.change("outbox", key, (item) => {
    if (!item || item.receipt || STUCK.has(item.state)) return undefined;
    begun = { ...item, tried: item.tried + 1 };
    return { put: { outbox: [begun] } };
  });
  return begun;
}

/**
 * Change what became of an item, if the very same still stands here.
 *
 * @param {import("./db.js").Store} store @param {any} item as it was sent
 * @param {(now: any) => any} decide as `Store.change` has it @param {string[]} [others]
 */
export const amend = (store, item, decide, others) =>
  store.change("outbox", item.key, (now) => (now?.sha256 === item.sha256 ? decide(now) : undefined), others);

/**
 * Make a draft of it again, if it may still be: nobody has begun to send it meanwhile, in this window or another.
 *
 * @param {import("./db.js").Store} store @param {any} item @param {any} [entry] as the pack knows it
 * @returns {Promise<any>} the draft; undefined where it is too late
 */
export async function reopen(store, item, entry = null) {
  let draft;
  await store.change(
    "outbox",
    item.key,
    (now) => {
      if (!now || !isOpen(now)) return undefined;
      draft = begunAnew(now, entry);
      return { put: { drafts: [draft] }, remove: { outbox: [item.key] } };
    },
    ["drafts"],
  );
  return draft;
}

/** What the site refused gets the next number of the entry as the pack knows it. */
function begunAnew(item, entry) {
  const known = STUCK.has(item.state) && entry ? { key: entry.id, number: entry.newest + 1 } : {};
  // A promise the site has something else for begins anew, under another name.
  const renamed = STUCK.has(item.state) && item.draft.promise ? { key: crypto.randomUUID() } : {};
  return { ...item.draft, ...known, ...renamed, faults: [] };
}

/**
 * What the line at the top tells.
 *
 * @param {import("./db.js").Store} store
 */
export async function counts(store) {
  const items = await store.all("outbox");
  const drafts = await store.all("drafts");
  const faulty = drafts.filter((one) => one.faults?.length);
  return {
    begun: drafts.length,
    unsent: items.filter((one) => !one.receipt).length,
    files: items.filter((one) => one.receipt && !STUCK.has(one.state)).length,
    // What the site will not have as it is, and what it found incomplete.
    stuck: items.filter((one) => STUCK.has(one.state)).length + faulty.length,
  };
}
