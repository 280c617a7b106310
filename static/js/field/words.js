/** What scripts say: the words stand in the page, in its language, with braces where something is put in. */

const place = document.querySelector("#phone");
export const language = place?.dataset.language || document.documentElement.lang || "en";
/** As the site writes dates: day first, in English too. */
const locale = language === "en" ? "en-GB" : language;
const plural = new Intl.PluralRules(language);
let held = document.querySelector("template#words")?.content;

/**
 * On a page of the site the words are fetched: they stand in the shell, which the phone keeps anyway.
 *
 * @returns {Promise<boolean>} whether there are words now
 */
export async function load() {
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
  const form = "n" in facts ? plural.select(Number(facts.n)) : "";
  const found = all.find((one) => one.dataset.form === form) ?? all.at(-1);
  return filled(found?.textContent ?? "", facts);
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} facts
 */
export function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/** @param {string} month such as "2026-11" */
export const monthName = (month) =>
  new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`));

/** @param {string} day such as "2026-11-28" */
export const dayName = (day) =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));

/** @param {string} moment ISO 8601 */
export function timeName(moment) {
  const then = new Date(moment);
  const isToday = then.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit", hour12: false }).format(then);
}

/** The word of a rating: "in_progress" → "In progress". */
export const ratingName = (code) =>
  document.querySelector("template#ratings")?.content.querySelector(`[data-word="${CSS.escape(code)}"]`)?.textContent ?? code;
