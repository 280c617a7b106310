/**
 * Whose phone it is: which person was here last, and how much of each waits unsent.
 *
 * Names are opaque, and nothing else of a person stands outside her own database.
 */

const KEY = "mobilizer-people";

function read() {
  try {
    return { current: "", people: {}, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { current: "", people: {} };
  }
}

/** @param {(known: any) => void} change */
function write(change) {
  const known = read();
  change(known);
  try {
    localStorage.setItem(KEY, JSON.stringify(known));
  } catch {
    // Without it only the counts of other people are missing.
  }
}

/** Who is signed in, as the page of the site says it; empty in the page that knows nobody. @returns {string} */
export const named = () => document.querySelector('meta[name="mobilizer-person"]')?.content ?? "";
/** Of whom something may be kept here. */
export const known = () => Object.keys(read().people);
export const current = () => read().current;
/** @param {string} person */
export const become = (person) => write((known) => (known.current = person));
/** @param {string} person @param {number} unsent */
export const count = (person, unsent) => write((known) => (known.people[person] = unsent));
/** @param {string} person @returns {number} */
export const counted = (person) => read().people[person] ?? 0;

/** How many reports of others wait on this phone. @param {string} person */
export const ofOthers = (person) =>
  Object.entries(read().people).reduce((sum, [who, unsent]) => sum + (who === person ? 0 : Number(unsent)), 0);

/** @param {string} person */
export function forget(person) {
  write((known) => {
    delete known.people[person];
    if (known.current === person) known.current = "";
  });
}
