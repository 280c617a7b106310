/**
 * Sends what waits: reports first, then photos, then clips where they may cost; then asks what is new.
 *
 * Whatever happens in the middle, the next run begins from what the server says it has.
 */

import { count } from "./person.js";
import { counts, reopen, STUCK } from "./outbox.js";
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

/** @param {import("./db.js").Store} store @param {any} item */
async function send(store, item) {
  const begun = { ...item, tried: item.tried + 1 };
  await store.write({ put: { outbox: [begun] } });
  const headers = { "Content-Type": "application/json", "X-Sent-At": new Date().toISOString() };
  try {
    const { content } = await guarded(() => ask("PUT", item.path, { person: store.person, headers, body: item.body }));
    await receive(store, begun, content);
  } catch (fault) {
    if (fault instanceof Refusal) return refused(store, begun, fault);
    throw fault;
  }
}

/** Keep a receipt, if it is one for exactly what was sent. */
async function receive(store, item, receipt) {
  const named = new Map((receipt?.media ?? []).map((one) => [one.id, one]));
  const isWhole = item.media.every(({ id, sha256 }) => named.get(id)?.sha256 === sha256);
  if (receipt?.uid !== item.uid || receipt.number !== item.number || receipt.sha256 !== item.sha256 || !isWhole) throw new NoAnswer("no receipt for this");
  const isThrough = item.media.every(({ id }) => ["complete", "refused"].includes(named.get(id).state));
  if (!isThrough) return store.write({ put: { outbox: [{ ...item, receipt, state: item.state === "lost" ? "lost" : "files" }] } });
  const fault = [...named.values()].map((one) => one.fault).filter(Boolean).join(" ");
  const { assignment, month, promise } = item.draft;
  const kept = { key: item.key, received_at: receipt.received_at, assignment, month, promise: Boolean(promise), entry: receipt.entry, fault };
  await store.write({ put: { receipts: [kept] }, remove: { outbox: [item.key], media: item.media.map((one) => one.id) } });
}

/** @param {import("./db.js").Store} store @param {any} item @param {Refusal} fault */
async function refused(store, item, fault) {
  if (fault.code === "incomplete") {
    await reopen(store, item, fault.faults);
  } else if (AS_STUCK[fault.code]) {
    await store.write({ put: { outbox: [{ ...item, state: AS_STUCK[fault.code], message: fault.message }] } });
  } else {
    throw fault.status === 401 || fault.code === "other_person" ? fault : new NoAnswer(fault.code);
  }
}

/** Files of reports that are in, and what became of them. */
async function sendFiles(store, kinds) {
  const items = (await store.all("outbox")).filter((one) => one.receipt && one.state === "files");
  for (const item of items) {
    const mine = item.media.filter((one) => kinds.includes(one.kind));
    let isLost = false;
    for (const media of mine) isLost = (await guarded(() => upload(store, media))) === "lost" || isLost;
    if (isLost) await store.write({ put: { outbox: [{ ...item, state: "lost" }] } });
    else if (mine.length) await settle(store, item);
  }
}

async function settle(store, item) {
  const { content } = await ask("GET", `/sync/receipts?of=${item.uid}`, { person: store.person });
  const receipt = content?.receipts?.find((one) => one.number === item.number);
  if (receipt) await receive(store, item, receipt);
}

/** @param {import("./db.js").Store} store */
async function sendAll(store) {
  const hello = await greet();
  if (hello.person !== store.person) throw new Refusal(409, { error: "other_person", message: hello.person });
  if (Number(hello.least_client) > CLIENT) throw new Refusal(426, { error: "outdated" });
  const items = (await store.all("outbox")).filter((one) => !one.receipt && !STUCK.has(one.state));
  for (const item of items.sort((a, b) => a.saved_at.localeCompare(b.saved_at))) await send(store, item);
  await sendFiles(store, ["photo"]);
  if (mayCost()) await sendFiles(store, ["clip"]);
  await refresh(store);
}

/** Runs whenever there is reason to, and tells how it went. */
export class Courier {
  /**
   * @param {import("./db.js").Store} store
   * @param {(status: string) => void} tell ok, offline, signed_out, other_person, outdated, unkept, sending
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
    if (this.status === "offline") this.#later();
    else this.failures = 0;
    this.channel.postMessage("changed");
    this.tell(this.status);
    return this.status;
  }

  async #once() {
    try {
      await sendAll(this.store);
      return "ok";
    } catch (fault) {
      if (fault instanceof NoAnswer) return "offline";
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
