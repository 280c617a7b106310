/**
 * Shows the next page of the desk in place of this one: the ordinary page, without loading anew.
 *
 * Whatever is not an ordinary page of the review (the door, another version of the site) is left
 * to the browser. Where the server cannot be reached, the page says so and everything stays.
 */

import { forget, prepare, take } from "./ahead.js";

const DESK = "/desk/review/";
/** So long a report has to be on the screen before a key decides on it: a key pressed twice is not read. */
const SEEN_FOR = 600;

let isBusy = false;
let shown = location.href;
const told = document.createElement("p");
/** What was typed and not sent, by its page and its field: it stands there again when one comes back. @type {Map<string, Map<string, string>>} */
const written = new Map();

/** @param {string} address @returns {boolean} */
export const isHere = (address) => {
  const { origin, pathname } = new URL(address, location.href);
  return origin === location.origin && pathname.startsWith(DESK);
};

/** @param {string} which @returns {string | undefined} */
export const beside = (which) => document.querySelector(`main a[data-turn="${which}"]`)?.href;

/** Whether a report is shown that a key may decide on. @returns {boolean} */
export const isDecidable = () => !isBusy && document.querySelector("form[data-keys=live]") !== null;

/** The fields that are typed in. @returns {HTMLTextAreaElement[]} */
const fields = () => [...document.querySelectorAll("form[data-keys] textarea, textarea[form=decision]")];

/** @param {HTMLTextAreaElement} field @returns {boolean} */
const isChanged = (field) => field.value.trim() !== field.defaultValue.trim();

/** @param {string} address @returns {string} */
const pathOf = (address) => new URL(address, location.href).pathname;

/** Remember what is typed on the page that goes; what was sent is with the server. @param {boolean} isSent */
function keep(isSent) {
  const typed = isSent ? [] : fields().filter(isChanged);
  written.set(pathOf(shown), new Map(typed.map((field) => [field.name, field.value])));
}

/** @returns {void} */
function refill() {
  for (const field of fields()) {
    const text = written.get(pathOf(shown))?.get(field.name);
    if (!text || field.value.trim()) continue;
    field.value = text;
    field.closest("details")?.setAttribute("open", "");
  }
}

/** @returns {void} */
function settle() {
  for (const part of document.querySelectorAll("#keys-hint, #keys-tick")) part.hidden = false;
  prepare(beside("next"));
}

/** @param {Element | null} form @returns {void} */
function liven(form) {
  if (form instanceof HTMLFormElement && form.isConnected) form.dataset.keys = "live";
}

/** Whether a page was made by another version of the site. @param {Document} page @returns {boolean} */
function isOther(page) {
  const style = (of) => of.querySelector("link[rel=stylesheet]")?.getAttribute("href");
  return style(page) !== style(document);
}

/** What happened and where one is now; the heading itself is read because it gets the focus. @param {Element} main */
function summary(main) {
  const parts = [...main.querySelectorAll(".notice[role]:not([hidden]), .heading p.hint")];
  return parts.map((part) => part.textContent.replace(/\s+/g, " ").trim()).join(" · ");
}

/**
 * @param {Response} answer
 * @param {"push" | "keep"} history
 * @param {boolean} isSent
 * @returns {Promise<void>}
 */
async function show(answer, history, isSent) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main#content");
  if (!main || !isHere(answer.url) || (answer.ok && isOther(page))) return location.assign(answer.url);
  keep(isSent);
  const old = document.querySelector("main#content");
  // What tells of the phone is not the page's: a script holds on to it.
  const phone = old.querySelector("#phone");
  if (phone) main.querySelector("#phone")?.replaceWith(phone);
  old.replaceWith(document.adoptNode(main));
  document.title = page.title;
  if (history === "push" && answer.url !== shown) window.history.pushState({}, "", answer.url);
  shown = answer.url;
  refill();
  const first = main.querySelector("#errors") ?? main.querySelector("h1");
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  scrollTo(0, 0);
  told.textContent = summary(main);
  const form = main.querySelector("form[data-keys]");
  if (form) setTimeout(() => liven(form), SEEN_FOR);
  settle();
}

/**
 * Ask for a page and show it; one at a time, what is pressed meanwhile is not heard.
 *
 * @param {() => Promise<Response>} asking
 * @param {"push" | "keep"} history
 * @param {boolean} [isSent] whether what was typed goes along
 * @returns {Promise<void>}
 */
async function turn(asking, history, isSent = false) {
  if (isBusy) return;
  isBusy = true;
  told.textContent = "";
  document.querySelector("#unreached")?.setAttribute("hidden", "");
  document.querySelector("main#content").ariaBusy = "true";
  try {
    await show(await asking(), history, isSent);
  } catch {
    const unreached = document.querySelector("#unreached");
    unreached?.removeAttribute("hidden");
    told.textContent = unreached?.textContent.trim() ?? "";
  } finally {
    isBusy = false;
    document.querySelector("main#content").ariaBusy = "false";
  }
}

/** Whether something is typed here that was not sent. @returns {boolean} */
export const isWritten = () => fields().some(isChanged);

/** What is typed goes with the page: asked for first. @param {string | undefined} address @returns {void} */
export function go(address) {
  const form = document.querySelector("form[data-keys]");
  if (form instanceof HTMLFormElement && isWritten() && !confirm(form.dataset.lose)) return;
  if (address) turn(() => take(address), "push");
}

/**
 * Send the form of the page. What is decided twice is decided once: after a failure it may be sent again.
 *
 * @param {HTMLFormElement} form
 * @returns {void}
 */
export function send(form) {
  const typed = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  forget();
  turn(() => fetch(form.action, { method: "POST", body: typed, credentials: "same-origin" }), "push", true);
}

/** @returns {void} */
export function begin() {
  told.className = "only-read";
  told.setAttribute("role", "status");
  document.body.append(told);
  liven(document.querySelector("form[data-keys]"));
  settle();
  addEventListener("popstate", () => {
    const [now, then] = [new URL(location.href), new URL(shown)];
    if (now.pathname + now.search === then.pathname + then.search) return; // Only another place on the page.
    turn(() => take(now.href), "keep");
  });
}
