/**
 * Sends what waits: reports first, then photos, then clips where they may cost; then asks what is new.
 *
 * Whatever happens in the middle, the next run begins from what the server says it has.
 */

import { count } from "./person.js";
import { amend, begin, counts, STUCK } from "./outbox.js";
import { refresh } from "./pack.js";
import { ask, holdToken, NoAnswer, Refusal } from "./talk.js";
import { mayCost, upload } from "./uploads.js";

/** What we speak; a server that speaks another asks for a newer one of us. */
export const CLIENT = 1;
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 15 * 60_000;
const AS_STUCK = { conflict: "conflict", told_otherwise: "conflict", decided: "decided", unknown: "unknown", not_allowed: "unknown", malformed: "malformed", too_large: "too_large" };

/** Who is signed in; also takes a fresh token. @throws {NoAnswer | Refusal} */
export async function greet() {
  const { content } = await ask("GET", "/sync/hello", { wait: 10_000 });
  if (typeof content?.person !== "string" || typeof content.token !== "string") throw new NoAnswer("no greeting");
  holdToken(content.token);
  return content;
}

/** With a fresh token, once, where the old one has run out. */
async function guarded(request) {
  try {
    return await request();
  } catch (fault) {
    if (!(fault instanceof Refusal) || fault.code !== "token") throw fault;
    await greet();
    return request();
  }
}

/** @param {import("./db.js").Store} store @param {string} key */
async function send(store, key) {
  const item = await begin(store, key);
  if (!item) return;
  const headers = { "Content-Type": "application/json", "X-Sent-At": new Date().toISOString() };
  try {
    const { content } = await guarded(() => ask("PUT", item.path, { person: store.person, headers, body: item.body }));
    await receive(store, item, content);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    await refused(store, item, fault);
  }
}

/** Keep a receipt, if it is one for exactly what was sent. */
async function receive(store, item, receipt) {
  const named = new Map((receipt?.media ?? []).map((one) => [one.id, one]));
  const isWhole = item.media.every(({ id, sha256 }) => named.get(id)?.sha256 === sha256);
  if (receipt?.uid !== item.uid || receipt.number !== item.number || receipt.sha256 !== item.sha256 || !isWhole) throw new NoAnswer("no receipt for this");
  const isThrough = item.media.every(({ id }) => ["complete", "refused"].includes(named.get(id).state));
  const held = (now) => ({ put: { outbox: [{ ...now, receipt, state: now.state === "lost" ? "lost" : "files" }] } });
  if (!isThrough) return amend(store, item, held);
  const fault = [...named.values()].map((one) => one.fault).filter(Boolean).join(" ");
  const { assignment, month, promise } = item.draft;
  const kept = { key: item.key, received_at: receipt.received_at, assignment, month, promise: Boolean(promise), entry: receipt.entry, fault };
  const media = item.media.map((one) => one.id);
  await amend(store, item, () => ({ put: { receipts: [kept] }, remove: { outbox: [item.key], media } }), ["receipts", "media"]);
}

/** @param {import("./db.js").Store} store @param {any} item @param {Refusal} fault */
async function refused(store, item, fault) {
  if (fault.code === "incomplete") {
    const { key, draft } = item;
    await amend(store, item, () => ({ put: { drafts: [{ ...draft, faults: fault.faults }] }, remove: { outbox: [key] } }), ["drafts"]);
  } else if (AS_STUCK[fault.code]) {
    const stuck = { state: AS_STUCK[fault.code], message: fault.message };
    await amend(store, item, (now) => ({ put: { outbox: [{ ...now, ...stuck }] } }));
  } else {
    throw fault.status === 401 || fault.code === "other_person" ? fault : new NoAnswer(fault.code);
  }
}

/** One thing after the other: what fails alone does not keep those behind it, and is told at the end. */
class Round {
  /** @type {NoAnswer | undefined} */
  failed;
  /** Whether the site has yet to open a file that it has whole. */
  isOpening = false;

  /** @param {() => Promise<any>} act @throws {NoAnswer | Refusal} nothing else would get through either */
  async attempt(act) {
    try {
      return await act();
    } catch (fault) {
      if (!(fault instanceof NoAnswer) || !(await isThere(fault))) throw fault;
      this.failed = fault;
    }
  }
}

/** Whether the site is to be had, though it did not take this. It says itself when it is asked too much. */
const isThere = (fault) => fault.status !== 429 && greet().then(() => true, () => false);

/** Files of reports that are in, and what became of them. */
async function sendFiles(store, kind, round) {
  for (const item of (await store.all("outbox")).filter((one) => one.receipt && one.state === "files")) {
    const ends = [];
    for (const media of item.media.filter((one) => one.kind === kind)) ends.push(await round.attempt(() => guarded(() => upload(store, media))));
    if (ends.includes("lost")) await amend(store, item, (now) => ({ put: { outbox: [{ ...now, state: "lost" }] } }));
    else if (ends.some(Boolean)) await round.attempt(() => settle(store, item, round));
  }
}

async function settle(store, item, round) {
  const { content } = await ask("GET", `/sync/receipts?of=${item.uid}`, { person: store.person });
  const receipt = content?.receipts?.find((one) => one.number === item.number);
  if (!receipt) return;
  await receive(store, item, receipt);
  const sizes = new Map(item.media.map(({ id, size }) => [id, size]));
  round.isOpening ||= receipt.media.some((one) => one.state === "open" && one.received === sizes.get(one.id));
}

/** @param {import("./db.js").Store} store */
async function sendAll(store) {
  const hello = await greet();
  if (hello.person !== store.person) throw new Refusal(409, { error: "other_person", message: hello.person });
  if (Number(hello.least_client) > CLIENT) throw new Refusal(426, { error: "outdated" });
  const items = (await store.all("outbox")).filter((one) => !one.receipt && !STUCK.has(one.state));
  const round = new Round();
  // What was tried least goes first: whatever breaks the line each time does not stand before the rest.
  items.sort((a, b) => a.tried - b.tried || a.saved_at.localeCompare(b.saved_at));
  for (const { key } of items) await round.attempt(() => send(store, key));
  await sendFiles(store, "photo", round);
  if (mayCost()) await sendFiles(store, "clip", round);
  await refresh(store);
  if (round.failed) throw round.failed;
  return round.isOpening ? "opening" : "ok";
}

/** Runs whenever there is reason to, and tells how it went. */
export class Courier {
  /**
   * @param {import("./db.js").Store} store
   * @param {(status: string) => void} tell ok, opening, offline, broken, signed_out, other_person, outdated, unkept, sending
   */
  constructor(store, tell) {
    this.store = store;
    this.tell = tell;
    this.failures = 0;
    this.waiting = 0;
    this.status = "";
    this.channel = new BroadcastChannel("mobilizer-phone");
  }

  /** Begin, and go on at every sign of a network. */
  start() {
    addEventListener("online", () => this.run());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.run());
    this.channel.onmessage = () => this.tell(this.status);
    return this.run();
  }

  /** One window sends at a time; the next one looks at what is left. */
  async run() {
    clearTimeout(this.waiting);
    this.tell("sending");
    this.status = await navigator.locks.request(`mobilizer-sync-${this.store.person}`, () => this.#once());
    const { unsent, files } = await counts(this.store).catch(() => ({ unsent: 0, files: 0 }));
    count(this.store.person, unsent + files);
    if (["offline", "broken", "opening"].includes(this.status)) this.#later();
    else this.failures = 0;
    this.channel.postMessage("changed");
    this.tell(this.status);
    return this.status;
  }

  async #once() {
    try {
      return await sendAll(this.store);
    } catch (fault) {
      if (fault instanceof NoAnswer) return fault.status ? "broken" : "offline";
      if (fault instanceof Refusal) return fault.status === 401 ? "signed_out" : fault.code;
      return "unkept";
    }
  }

  #later() {
    const wait = Math.min(FIRST_WAIT * 2 ** this.failures, LONGEST_WAIT);
    this.failures += 1;
    this.waiting = setTimeout(() => this.run(), wait * (2 / 3 + (Math.random() * 2) / 3));
  }
}
