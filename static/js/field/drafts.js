/** Reports and promises before they are sent: kept within a second of a key, however long the typing, and before the page goes. */

import { NotKept } from "./db.js";
import { find } from "./pack.js";

const PAUSE = 700;

/**
 * The draft of one assignment's month: as it stands on the phone, else begun from the pack.
 *
 * @param {import("./db.js").Store} store @param {any} pack @param {string} assignment @param {string} month
 */
export async function draftOf(store, pack, assignment, month) {
  const kept = (await store.all("drafts")).find((one) => one.assignment === assignment && one.month === month);
  const there = find(pack, assignment, month);
  if (kept || !there) return kept;
  const { entry, fields, replies, contradiction_reason, evidence } = there.month;
  const uid = entry?.id ?? crypto.randomUUID();
  return {
    key: uid,
    assignment,
    month,
    number: (entry?.newest ?? 0) + 1,
    kind: "full",
    fields: { ...fields },
    replies: { ...replies },
    contradiction_reason: contradiction_reason ?? "",
    evidence: (evidence ?? []).map((one) => ({ ...one, is_kept: true })),
    matrix_version: pack.matrix_version,
    faults: [],
    is_new: true,
  };
}

/** Keeps one draft while somebody types. */
export class Keeper {
  /**
   * @param {import("./db.js").Store} store
   * @param {any} draft
   * @param {() => void} read puts what stands on the screen into the draft
   * @param {(fault: NotKept | null) => void} tell
   */
  constructor(store, draft, read, tell) {
    this.store = store;
    this.draft = draft;
    this.read = read;
    this.tell = tell;
    this.waiting = 0;
    this.isOver = false;
    this.isTyped = false;
    this.last = Promise.resolve(true);
    this.onHide = () => document.visibilityState === "hidden" && this.isTyped && this.now();
    this.onLeave = () => this.isTyped && this.now();
    document.addEventListener("visibilitychange", this.onHide);
    addEventListener("pagehide", this.onLeave);
  }

  /** Something was typed. The first key since the last keeping counts: who types on and on is kept too. */
  soon() {
    this.isTyped = true;
    this.waiting ||= setTimeout(() => this.now(), PAUSE);
  }

  /**
   * Keep it at once, after whatever is being kept just now.
   *
   * @param {any} [piece] of evidence, which belongs to the draft only once it is kept with its file
   * @param {any[]} [media]
   * @returns {Promise<boolean>} whether it is kept
   */
  now(piece, media = []) {
    clearTimeout(this.waiting);
    this.waiting = 0;
    this.last = this.last.then(() => this.#write(piece, media));
    return this.last;
  }

  async #write(piece, media) {
    if (this.isOver) return true;
    this.read();
    this.isTyped = false; // What is typed from here on is of the next time.
    const { is_new, ...draft } = this.draft;
    const evidence = piece ? [...draft.evidence, piece] : draft.evidence;
    try {
      await this.store.write({ put: { drafts: [{ ...draft, evidence, changed_at: new Date().toISOString() }], ...(media.length ? { media } : {}) } });
      if (piece) this.draft.evidence.push(piece);
      this.draft.is_new = false;
      this.tell(null);
      return true;
    } catch (error) {
      this.isTyped = true;
      this.tell(/** @type {NotKept} */ (error));
      return false;
    }
  }

  /** Keep nothing more: it was sent or thrown away. */
  stop() {
    this.isOver = true;
    clearTimeout(this.waiting);
    document.removeEventListener("visibilitychange", this.onHide);
    removeEventListener("pagehide", this.onLeave);
  }

  /** Another screen takes over: what was typed last is kept first. */
  async end() {
    if (this.isTyped && !this.isOver) await this.now();
    this.stop();
  }
}

/**
 * Hold a draft in this window alone.
 *
 * @param {string} key
 * @returns {Promise<(() => void) | null>} what lets it go again; null where another window holds it
 */
export function hold(key) {
  return new Promise((resolve) => {
    navigator.locks.request(`mobilizer-draft-${key}`, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise((release) => resolve(() => release(undefined)));
    });
  });
}

/** Throw a draft away, with the files only it has. */
export async function discard(store, draft) {
  const media = draft.evidence.filter((one) => one.media).map((one) => one.media.id);
  await store.write({ remove: { drafts: [draft.key], media } });
}
