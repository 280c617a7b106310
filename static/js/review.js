/**
 * The keys of the review page. Everything they do can be done without them.
 *
 * j and k go to the next report and the one before, a chooses to approve, r to return, ? tells
 * about it. They can be turned off, because dictation software types letters too.
 */

const OFF = "review-keys-off";
const form = document.querySelector("form[data-keys]");
const help = document.querySelector("dialog#keys");

/**
 * @param {string} verdict
 * @returns {void}
 */
function choose(verdict) {
  const radio = form?.querySelector(`input[name="verdict"][value="${verdict}"]`);
  if (!(radio instanceof HTMLInputElement)) return;
  radio.checked = true;
  const after = verdict === "approve" ? form.querySelector("button") : form.querySelector("textarea");
  after?.focus();
}

/** @param {string} rel */
function go(rel) {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (link instanceof HTMLAnchorElement) location.assign(link.href);
}

const KEYS = {
  j: () => go("next"),
  k: () => go("prev"),
  a: () => choose("approve"),
  r: () => choose("return"),
  "?": () => help?.showModal(),
};

/** Whether the letters of the keyboard belong to a field or an open dialog now. */
function isTyping(target) {
  return help?.open || (target instanceof Element && target.closest("input:not([type=radio]), textarea, select, [contenteditable]"));
}

/** @param {KeyboardEvent} event */
function press(event) {
  const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  if (localStorage.getItem(OFF) && event.key !== "?") return;
  event.preventDefault();
  act();
}

document.addEventListener("keydown", press);

if (help) {
  const hint = document.querySelector("#keys-hint");
  const on = help.querySelector("#keys-on");
  hint.hidden = false;
  hint.querySelector("[data-show-keys]").addEventListener("click", () => help.showModal());
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}
