/** Logging a promise: the short screens of the site, with what the pack knows of the cycle. */

import { discard, hold, Keeper } from "./drafts.js";
import { enqueue } from "./outbox.js";
import { labelOf, list, piece, read, show, strike, wordsOf, write } from "./screens.js";
import { say } from "./words.js";

const STEPS = ["words", "source", "about", "measure", "check"];
const NEEDED = {
  words: ["exact_words", "title", "party"],
  source: ["kind", "source_title"],
  about: ["topic", "level", "institution"],
  measure: ["indicators-0-text", "indicators-0-target"],
};

/**
 * @param {any} phone @param {string} [key] of the draft @param {string} [step]
 * @returns {Promise<(() => Promise<void>) | undefined>} what ends it
 */
export async function showPromise(phone, key, step = "words") {
  const { cycles } = phone.pack;
  if (!cycles.length) return phone.go("");
  if (!key) return phone.go(`promise/${crypto.randomUUID()}/words`);
  const release = await hold(key);
  if (!release) return phone.go("", say("other-tab"));
  const draft = (await phone.store.get("drafts", key)) ?? { key, promise: true, number: 1, cycle: cycles[0].code, typed: {}, evidence: [], faults: [] };
  const screen = new PromiseScreen(phone, draft, step);
  screen.show();
  return async () => {
    await screen.keeper.end();
    release();
  };
}

class PromiseScreen {
  constructor(phone, draft, step) {
    Object.assign(this, { phone, draft, step, at: STEPS.indexOf(step) });
    this.cycle = phone.pack.cycles.find((one) => one.code === draft.cycle) ?? phone.pack.cycles[0];
    this.keeper = new Keeper(phone.store, draft, () => this.read(), (fault) => phone.tell(fault ? say(fault.reason) : ""));
  }

  show() {
    const { step, at, draft } = this;
    const name = (one) => document.querySelector(`template#promise-${one}`).dataset.name;
    const page = piece("report", {
      title: say("title.promise"),
      where: this.cycle.name,
      step: `${say("step", { at: at + 1, all: STEPS.length })} · ${name(step)}`,
      back: at > 0 && say("back-to", { screen: name(STEPS[at - 1]) }),
      to_back: `#/promise/${draft.key}/${STEPS[at - 1]}`,
    });
    this.form = page.querySelector("form");
    const questions = piece(`promise-${step}`);
    if (step === "words" && this.phone.pack.cycles.length > 1) list(page, "questions").append(this.cycles());
    this.fill(questions);
    list(page, "questions").append(questions);
    list(page, "buttons").append(piece(step === "check" ? "save-button" : "next"), piece("later"), piece("discard"));
    write(this.form, draft.typed);
    this.bind();
    show(page);
    const here = draft.faults.map((one) => this.placed(one));
    if (here.length) strike(this.form, step === "check" ? here : here.filter((one) => this.form.querySelector(`[name="${CSS.escape(one.field)}"]`)));
  }

  /** Topics, parties and places of the cycle. */
  fill(part) {
    const { cycle, step, draft } = this;
    if (step === "words") part.querySelector("datalist").replaceChildren(...cycle.parties.map((one) => new Option("", one.name)));
    if (step === "about") {
      part.querySelector('[name="topic"]').append(...cycle.topics.map((one) => new Option(one.name, one.code)));
      const box = part.querySelector('[name="places"]').closest("label");
      box.replaceWith(...cycle.places.map((one, at) => placeBox(box, one, at)));
      for (const folded of part.querySelectorAll("fieldset details")) folded.remove();
    }
    if (step === "check") list(part, "summary").append(...Object.entries(draft.typed).filter(([name, value]) => this.isTold(name, value)).map(([name, value]) => piece("said", { label: labelOf(name), text: this.told(name, value) })));
  }

  /** What is preset about an indicator of which nothing is said is not worth a line. */
  isTold(name, value) {
    const n = /^indicators-(\d)-/.exec(name)?.[1];
    return value?.length && (!n || this.draft.typed[`indicators-${n}-text`]);
  }

  told(name, value) {
    const named = { topic: this.cycle.topics, places: this.cycle.places }[name];
    return named ? [value].flat().map((code) => named.find((one) => one.code === code)?.name ?? code).join(", ") : wordsOf(name, value);
  }

  cycles() {
    const part = piece("cycle-choice");
    for (const one of this.phone.pack.cycles) {
      const choice = piece("choice", { text: one.name });
      const input = choice.querySelector("input");
      input.value = one.code;
      input.checked = one.code === this.draft.cycle;
      input.addEventListener("change", () => (this.draft.cycle = one.code));
      list(part, "cycles").append(choice);
    }
    return part;
  }

  bind() {
    const { form, keeper } = this;
    form.addEventListener("input", () => keeper.soon());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.onward();
    });
    form.querySelector('[data-act="discard"]').addEventListener("click", async () => {
      keeper.stop();
      await discard(this.phone.store, this.draft);
      this.phone.go("");
    });
  }

  read() {
    const { cycle, ...typed } = read(this.form);
    Object.assign(this.draft.typed, typed);
  }

  placed(fault) {
    const step = STEPS.find((one) => document.querySelector(`template#promise-${one}`).content.querySelector(`[name="${CSS.escape(fault.field)}"]`)) ?? "check";
    return { ...fault, to: `#/promise/${this.draft.key}/${step}` };
  }

  /** What is plainly missing; a source and a place are looked at by the site alone. */
  missing(steps) {
    const { typed } = this.draft;
    const names = steps.flatMap((step) => NEEDED[step] ?? []);
    return names.filter((name) => !typed[name]?.length).map((field) => this.placed({ field, message: say("needed") }));
  }

  async onward() {
    const { phone, draft, step, at } = this;
    this.read();
    draft.faults = [];
    if (!(await this.keeper.now())) return;
    const faults = this.missing(step === "check" ? STEPS : [step]);
    if (faults.length) return strike(this.form, faults);
    if (step !== "check") return phone.go(`promise/${draft.key}/${STEPS[at + 1]}`);
    try {
      this.keeper.stop();
      await enqueue(phone.store, draft);
    } catch (fault) {
      return phone.tell(say(fault.reason ?? "unkept"));
    }
    phone.sent();
  }
}

function placeBox(box, { code, name }, at) {
  const one = box.cloneNode(true);
  const input = one.querySelector("input");
  input.value = code;
  input.id = one.htmlFor = `places-${at}`;
  one.querySelector("span").textContent = name;
  return one;
}
