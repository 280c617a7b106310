/** What scripts say: the words stand in the page, in its language, with braces where something is put in. */

const place = document.querySelector("#phone");
export const language = place?.dataset.language || document.documentElement.lang || "en";
let held = document.querySelector("template#words")?.content;

let loading;
/** The words, fetched once. @returns {Promise<boolean>} */
export const load = () => (loading ??= fetched());

/**
 * On a page of the site the words are fetched: they stand in the shell, which the phone keeps anyway.
 *
 * @returns {Promise<boolean>} whether there are words now
 */
async function fetched() {
  if (held || !place) return Boolean(held);
  try {
    const answer = await fetch(place.dataset.shell);
    const shell = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["words", "aside", "leaving"]) document.body.append(document.importNode(shell.querySelector(`template#${id}`), true));
    held = document.querySelector("template#words")?.content;
  } catch {
    // A first visit that lost its network: the page itself works without any of this.
  }
  return Boolean(held);
}

/**
 * A text of the page's language.
 *
 * @param {string} name
 * @param {Record<string, string | number>} [facts] `n` also chooses the plural form
 * @returns {string} empty where the page has no such words
 */
export function say(name, facts = {}) {
  const all = [...(held?.querySelectorAll(`[data-word="${CSS.escape(name)}"]`) ?? [])];
  const form = "n" in facts ? plural(Number(facts.n)) : "";
  const found = all.find((one) => one.dataset.form === form) ?? all.at(-1);
  return filled(found?.textContent ?? "", facts);
}

/** The plural form of a number, of the hundred that our languages tell apart. @param {number} n */
const plural = (n) => document.querySelector("template#words")?.dataset.plurals.split(" ")[n % 100] ?? "";

/**
 * @param {string} text
 * @param {Record<string, string | number>} facts
 */
export function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

// Browsers on cheap phones come without the dates and plurals of our languages: the page brings them.

/** @param {string} month such as "2026-11" */
export function monthName(month) {
  const [year, number] = month.split("-");
  return say(`month.${Number(number)}`, { year });
}

/** @param {string} day such as "2026-11-28" */
export function dayName(day) {
  const [year, month, number] = day.slice(0, 10).split("-");
  return say(`day.${Number(month)}`, { year, day: Number(number) });
}

/** @param {string} moment ISO 8601; the day is said where it is not today */
export function timeName(moment) {
  const then = new Date(moment);
  const two = (number) => String(number).padStart(2, "0");
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  const day = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
  return then.toDateString() === new Date().toDateString() ? time : `${dayName(day)}, ${time}`;
}

/** The word of a rating: "in_progress" → "In progress". */
export const ratingName = (code) =>
  document.querySelector("template#ratings")?.content.querySelector(`[data-word="${CSS.escape(code)}"]`)?.textContent ?? code;
