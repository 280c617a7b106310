/**
 * The keys of the desk, and its pages shown in place. Everything they do can be done without them.
 *
 * j and k go to the next report and the one before, a approves, r returns, x rejects, ? tells about
 * it. They can be turned off, because dictation software types letters too.
 */

import { begin, beside, go, isDecidable, isHere, isWritten, send } from "./review/turning.js";

const OFF = "review-keys-off";

/** @returns {HTMLFormElement | null} */
const form = () => document.querySelector("form[data-keys]");
/** @returns {HTMLDialogElement | null} */
const help = () => document.querySelector("dialog#keys");

/**
 * Choose a decision. To approve takes no word more and is recorded; all else wants one first.
 *
 * @param {string} verdict
 * @returns {void}
 */
function decide(verdict) {
  if (!isDecidable()) return;
  const radio = form().querySelector(`input[name="verdict"][value="${verdict}"]`);
  if (!(radio instanceof HTMLInputElement)) return;
  const other = form().querySelector('input[name="verdict"]:checked');
  radio.checked = true;
  // Who has chosen otherwise or written something is asked to press Enter as well.
  if (verdict === "approve" && ((other && other !== radio) || isWritten())) return form().querySelector("button:not([type=button])")?.focus();
  if (verdict === "approve") form().requestSubmit();
  else form().querySelector("textarea")?.focus();
}

/** @type {Record<string, (() => void) | undefined>} */
const KEYS = {
  j: () => go(beside("next")),
  k: () => go(beside("prev")),
  a: () => decide("approve"),
  r: () => decide("return"),
  x: () => decide("reject"),
  "?": () => help()?.showModal(),
};

/**
 * The letter where a Latin keyboard has it: on a Cyrillic one the same key is pressed.
 *
 * @param {KeyboardEvent} event
 * @returns {string}
 */
function keyOf({ key, code }) {
  if (key === "?" || /^[a-z]$/i.test(key)) return key.toLowerCase();
  return code.startsWith("Key") ? code.slice(3).toLowerCase() : "";
}

/** Whether the letters of the keyboard belong to a field or an open dialog now. */
function isTyping(target) {
  const field = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
  return help()?.open || (target instanceof Element && target.closest(field));
}

/** @param {KeyboardEvent} event */
function press(event) {
  const isRecording = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (isRecording && event.target instanceof HTMLTextAreaElement && event.target.form === form()) {
    event.preventDefault();
    return form()?.requestSubmit();
  }
  const act = event.shiftKey && event.key !== "?" ? undefined : KEYS[keyOf(event)];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  if (localStorage.getItem(OFF) && event.key !== "?") return;
  event.preventDefault();
  act();
}

/** @param {MouseEvent} event */
function click(event) {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-show-keys]")) return help()?.showModal();
  for (const tick of event.target.closest("[data-tick-all]") ? document.querySelectorAll("form input[name=same]") : [])
    tick.checked = true;
  const link = event.target.closest("main a[href]");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!(link instanceof HTMLAnchorElement) || !isPlain || event.defaultPrevented || link.target) return;
  if (link.getAttribute("href").startsWith("#") || !isHere(link.href)) return;
  event.preventDefault();
  go(link.href);
}

/** @param {SubmitEvent} event */
function submit(event) {
  if (event.target !== form() || event.defaultPrevented) return;
  event.preventDefault();
  send(form());
}

/** Whether the keys are on, remembered on this device. @param {Event} event */
function change(event) {
  if (!(event.target instanceof HTMLInputElement) || event.target.id !== "keys-on") return;
  if (event.target.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
}

document.addEventListener("keydown", press);
document.addEventListener("click", click);
document.addEventListener("submit", submit);
document.addEventListener("change", change);
document.addEventListener("toggle", (event) => {
  if (event.target === help()) help().querySelector("#keys-on").checked = !localStorage.getItem(OFF);
}, true);
begin();
