/** Filing a report: its screens one after the other, kept while typing, put into the outbox at the end. */

import { discard, draftOf, hold, Keeper } from "./drafts.js";
import { addPiece, bindEvidence, fillEvidence, listPieces } from "./evidence.js";
import { missing, way } from "./matrix.js";
import { enqueue, isOpen, itemOf, reopen } from "./outbox.js";
import { find } from "./pack.js";
import { fillBraces, labelOf, list, piece, read, renumber, show, strike, wordsOf, write } from "./screens.js";
import { dayName, monthName, say } from "./words.js";

const SHORT = { same: "no_change", "could-not": "not_found_out" };

/**
 * One screen of a report.
 *
 * @param {any} phone the store, the pack, and `tell`, `sent`, `go`
 * @param {string} assignmentId @param {string} month @param {string} screen
 * @returns {Promise<(() => Promise<void>) | undefined>} what ends it when another screen takes over
 */
export async function showReport(phone, assignmentId, month, screen) {
  const { store, pack } = phone;
  const there = find(pack, assignmentId, month);
  if (!there) return phone.go("");
  const release = await hold(`${assignmentId}/${month}`);
  if (!release) return phone.go("", say("other-tab"));
  const item = await itemOf(store, assignmentId, month);
  if (item && !isOpen(item)) {
    release();
    return phone.go("outbox");
  }
  const draft = item ? await reopen(store, item, there.month.entry) : await draftOf(store, pack, assignmentId, month);
  if (!draft) {
    release();
    return phone.go("outbox");
  }
  const report = new Report(phone, there, draft, screen);
  await report.show();
  return async () => {
    await report.taking;
    await report.keeper.end();
    release();
  };
}

class Report {
  constructor(phone, { assignment, month }, draft, screen) {
    Object.assign(this, { phone, assignment, month, draft, screen });
    // Begun as a short report, and now told in full after all.
    if (!this.isShort && draft.kind !== "full") Object.assign(draft, { kind: "full", fields: { ...month.fields } });
    this.keeper = new Keeper(phone.store, draft, () => this.read(), (fault) => phone.tell(fault ? say(fault.reason) : ""));
  }

  get isShort() {
    return this.screen in SHORT;
  }

  async show() {
    const { assignment, month, draft, screen } = this;
    const screens = way(assignment, draft.fields);
    const at = Math.max(0, screens.indexOf(screen));
    const names = screens.map((one) => nameOf(one, assignment));
    const name = { month: monthName(month.month) };
    const page = piece("report", {
      where: `${name.month} · ${assignment.place}`,
      title: this.isShort ? say(`title.${screen}`) : assignment.promise.title || assignment.promise.words.slice(0, 80),
      step: this.isShort ? assignment.promise.title : `${say("step", { at: at + 1, all: screens.length })} · ${names[at]}`,
      words: screen === "state" && assignment.promise.words.slice(0, 400),
      closed: month.closes < this.phone.pack.now.slice(0, 10) && say("closed", { day: dayName(month.closes) }),
      filled_in: screen === "state" && month.before && !month.entry?.newest && say("filled-in", { month: monthName(month.before.month) }),
      back: !this.isShort && at > 0 && say("back-to", { screen: names[at - 1] }),
      to_back: `#/${assignment.id}/${month.month}/${screens[at - 1]}`,
    });
    const quote = page.querySelector("blockquote");
    if (quote) quote.lang = assignment.promise.language;
    this.form = /** @type {HTMLFormElement} */ (page.querySelector("form"));
    list(page, "questions").append(this.questions());
    list(page, "buttons").append(piece(this.isLast ? "send-button" : "next"), ...(this.isShort ? [] : [piece("later")]));
    if (screen === "send" && !draft.is_new) list(page, "buttons").append(piece("discard"));
    write(this.form, { ...draft.fields, ...replyFields(draft.replies), contradiction_reason: draft.contradiction_reason });
    this.bind();
    show(page);
    const here = this.faultsHere();
    if (here.length) strike(this.form, here);
  }

  get isLast() {
    return this.isShort || this.screen === "send";
  }

  questions() {
    const { assignment, month, draft, screen } = this;
    const n = Number(screen.split("-")[1] ?? 0);
    if (this.isShort) return piece(`ask-${screen}`, { reason: this.isContradicted, tried: screen !== "same" || !month.before?.has_evidence || this.isFaulty("tried") });
    if (n) return this.indicator(n);
    const before = { ...(month.before && !month.entry?.newest ? month.fields : {}) };
    const changed = Object.keys(draft.fields).filter((name) => name !== "note_mentor" && String(draft.fields[name] ?? "") !== String(before[name] ?? ""));
    const part = piece(`ask-${screen}`, {
      reason: this.isContradicted || draft.contradiction_reason,
      changed: say("changed-since", { month: monthName(month.before?.month ?? month.month) }),
      nothing: !changed.length && say(month.before ? "nothing" : "nothing-yet"),
      no_pieces: !draft.evidence.length,
    });
    if (screen === "send") list(part, "summary").append(...changed.map((name) => piece("said", { label: named(name, assignment), text: wordsOf(name, draft.fields[name]) || "–" })));
    if (screen === "send") listPieces(this.phone.store, list(part, "pieces"), draft);
    if (screen === "evidence") fillEvidence(part, assignment, this.phone.pack.regions[assignment.region]);
    this.remark(part, screen);
    return part;
  }

  indicator(n) {
    const one = this.assignment.measures.find(({ position }) => position === n);
    const part = piece(one.unit === "yes_no" ? "ask-indicator-yes-no" : "ask-indicator");
    const said = (value) => (value === "yes" || value === "no" ? say(value) : value || "–");
    fillBraces(part, { text: one.text, unit: one.unit_name || one.unit, target: said(one.target), baseline: said(one.baseline) });
    renumber(part, n);
    this.remark(part, this.screen);
    return part;
  }

  /** What the mentor said, above the field it is about, with room for an answer while it is sent back. */
  remark(part, screen) {
    const isReturned = this.month.entry?.state === "returned";
    for (const comment of this.month.comments.filter((one) => !one.mine)) {
      const asked = comment.field ? part.querySelector(`[name="${CSS.escape(comment.field)}"]`) : null;
      const place = asked?.closest(".field") ?? (screen === where(comment.field, this.assignment) ? part.firstElementChild : null);
      if (!place) continue;
      place.before(piece("comment", { by: `${comment.by} · ${dayName(comment.said_at)}`, text: comment.text, resolved: comment.resolved_at }));
      const name = `reply_${comment.field || "whole"}`;
      if (!isReturned || comment.is_open === false || part.querySelector(`[name="${CSS.escape(name)}"]`)) continue;
      const answer = piece("reply");
      renameReply(answer, name);
      place.before(answer);
    }
  }

  bind() {
    const { form, keeper } = this;
    form.addEventListener("input", () => keeper.soon());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.name === "go") addPiece(this);
      else this.onward();
    });
    form.querySelector('[data-act="discard"]')?.addEventListener("click", () => this.throwAway());
    if (this.screen === "evidence") bindEvidence(this);
  }

  /** Put what stands on the screen into the draft. */
  read() {
    const { draft } = this;
    const typed = read(this.form);
    for (const [name, value] of Object.entries(typed)) {
      if (name.startsWith("reply_")) draft.replies[commented(name)] = value;
      else if (name === "contradiction_reason") draft.contradiction_reason = value;
      else if (!NOT_FIELDS.has(name)) draft.fields[name] = value;
    }
    if (this.isShort) draft.fields = { ...typed, contradiction_reason: undefined };
    draft.kind = SHORT[this.screen] ?? "full";
  }

  async onward() {
    const { phone, draft } = this;
    if (this.screen === "evidence" && !(await addPiece(this))) return;
    this.read();
    draft.faults = draft.faults.filter((one) => !this.form.querySelector(`[name="${CSS.escape(one.field)}"]`));
    if (!(await this.keeper.now())) return;
    if (!this.isLast) {
      const screens = way(this.assignment, draft.fields);
      const next = screens[screens.indexOf(this.screen) + 1] ?? "send";
      return phone.go(`${this.assignment.id}/${this.month.month}/${next}`);
    }
    const faults = this.isShort ? shortFaults(draft, this.month) : missing(this.assignment, this.month, draft);
    if (faults.length) return strike(this.form, faults.map((one) => this.placed(one)));
    try {
      this.keeper.stop();
      await enqueue(phone.store, draft);
    } catch (fault) {
      return phone.tell(say(fault.reason ?? "unkept"));
    }
    phone.sent();
  }

  async throwAway() {
    this.keeper.stop();
    await discard(this.phone.store, this.draft);
    this.phone.go("");
  }

  /** With the way to where it is mended. */
  placed(fault) {
    const screen = this.isShort ? this.screen : where(fault.field, this.assignment);
    return { ...fault, name: named(fault.field, this.assignment), to: `#/${this.assignment.id}/${this.month.month}/${screen}` };
  }

  /** What the site had against it: on the last screen all of it, elsewhere what is mended here. */
  faultsHere() {
    const { draft, form } = this;
    const all = draft.faults.map((one) => this.placed(one));
    if (this.isLast) return all;
    return all.filter((one) => form.querySelector(`[name="${CSS.escape(one.field)}"]`) || where(one.field, this.assignment) === this.screen);
  }

  isFaulty(name) {
    return this.draft.faults.some((one) => one.field === name);
  }

  get isContradicted() {
    return this.isFaulty("contradiction_reason");
  }
}

/** Fields of the evidence screen that describe the next piece, and are none of the matrix. */
const NOT_FIELDS = new Set(["link", "has_consent", "request_number", "caption", "origin", "taken_on", "place", "about"]);

const commented = (name) => (name === "reply_whole" ? "" : name.slice("reply_".length));
const replyFields = (replies) => Object.fromEntries(Object.entries(replies).map(([name, text]) => [`reply_${name || "whole"}`, text]));

function renameReply(part, name) {
  for (const one of part.querySelectorAll("*"))
    for (const key of ["id", "name", "for", "aria-describedby"]) if (one.hasAttribute(key)) one.setAttribute(key, one.getAttribute(key).replace("reply", name));
}

function nameOf(screen, assignment) {
  const [kind, n] = screen.split("-");
  const word = document.querySelector(`template#ask-${kind}`).dataset.name;
  return n && assignment.measures.length > 1 ? `${word} ${n}` : word;
}

/** What a field is called, with the indicator's number where there are several. */
function named(name, assignment) {
  if (name === "") return say("whole");
  if (name.startsWith("evidence")) return say("evidence");
  const n = /_([123])$/.exec(name)?.[1];
  return n && assignment.measures.length > 1 ? `${labelOf(name)} ${n}` : labelOf(name);
}

/** The screen on which a field is asked. */
function where(name, assignment) {
  if (name.startsWith("evidence")) return "evidence";
  const n = /^(?:value|light|finding|tried)_([123])$/.exec(name)?.[1];
  if (n) return `indicator-${n}`;
  for (const screen of ["state", "standstill", "local", "evidence"])
    if (document.querySelector(`template#ask-${screen}`).content.querySelector(`[name="${CSS.escape(name)}"]`)) return screen;
  return "send";
}

function shortFaults(draft, month) {
  const { because, tried = "" } = draft.fields;
  const isNeeded = draft.kind === "no_change" ? !month.before?.has_evidence : because === "other";
  if (draft.kind === "not_found_out" && !because) return [{ field: "because", message: say("needed") }];
  if ((isNeeded || tried.trim()) && tried.trim().length < 30) return [{ field: "tried", message: say("least", { least: 30, n: tried.trim().length }) }];
  return [];
}
