/** Pieces of the page: cloned from its templates, filled with text, read again. Nothing is ever set as HTML. */

import { filled, say } from "./words.js";

/**
 * A copy of a template.
 *
 * `data-slot` takes a text (without one the element goes), `data-if` stays only if there is something,
 * `data-href` takes an address, and braces in the text are filled in.
 *
 * @param {string} name
 * @param {Record<string, any>} [facts]
 * @returns {DocumentFragment}
 */
export function piece(name, facts = {}) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector(`template#${CSS.escape(name)}`));
  const copy = document.importNode(template.content, true);
  for (const one of copy.querySelectorAll("[data-if]")) if (!facts[one.dataset.if]) one.remove();
  for (const one of copy.querySelectorAll("[data-slot]")) {
    const text = facts[one.dataset.slot];
    if (text || text === 0) one.textContent = String(text);
    else one.remove();
  }
  for (const one of copy.querySelectorAll("[data-href]")) one.setAttribute("href", facts[one.dataset.href] ?? "#/");
  return copy;
}

/** Fill braces in texts that a shared template left open. @param {DocumentFragment} part */
export function fillBraces(part, facts) {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = /** @type {Text} */ (texts.currentNode);
    if (node.data.includes("{")) node.data = filled(node.data, facts);
  }
}

/** The place in a piece where others go. @param {ParentNode} part @param {string} name */
export const list = (part, name) => /** @type {HTMLElement} */ (part.querySelector(`[data-list="${name}"]`));

/**
 * A shared question of indicator 1, made one of indicator n.
 *
 * @param {DocumentFragment} part @param {number} n
 */
export function renumber(part, n) {
  if (n === 1) return;
  for (const one of part.querySelectorAll("*"))
    for (const name of ["id", "name", "for", "aria-describedby"])
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(/_1(?=-|$|\s)/g, `_${n}`));
}

/** @param {ParentNode} form @returns {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */
const fieldsOf = (form) => [...form.querySelectorAll("input[name], textarea[name], select[name]")].filter((one) => one.type !== "file");

/** Put what was typed into the fields. @param {ParentNode} form @param {Record<string, any>} typed */
export function write(form, typed) {
  for (const one of fieldsOf(form)) {
    if (!(one.name in typed)) continue;
    const value = typed[one.name];
    if (one.type === "radio" || one.type === "checkbox") one.checked = Array.isArray(value) ? value.includes(one.value) : value === one.value;
    else one.value = Array.isArray(value) ? (value[0] ?? "") : value;
  }
}

/** What stands in the fields; several ticks of one name are a list. @param {ParentNode} form */
export function read(form) {
  const typed = {};
  for (const one of fieldsOf(form)) {
    if (one.type === "checkbox") {
      typed[one.name] ??= [];
      if (one.checked) typed[one.name].push(one.value);
    } else if (one.type === "radio") {
      typed[one.name] ??= "";
      if (one.checked) typed[one.name] = one.value;
    } else typed[one.name] = one.value;
  }
  return typed;
}

/** What a field's label says, from whichever template asks it. @param {string} name */
export function labelOf(name) {
  const found = inTemplates(`[name="${CSS.escape(name.replace(/_[23]$/, "_1"))}"]`);
  const label = found?.closest("fieldset")?.querySelector("legend") ?? found?.closest(".field")?.querySelector("label");
  return [...(label?.childNodes ?? [])].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())?.data.trim() ?? name;
}

/** What was answered, in the words of the choices. @param {string} name @param {string | string[]} value */
export function wordsOf(name, value) {
  if (value === "no_data") return say("no-data");
  const words = [value].flat().map((one) => {
    const choice = inTemplates(`[name="${CSS.escape(name.replace(/_[23]$/, "_1"))}"][value="${CSS.escape(one)}"]`);
    return choice?.closest("label")?.querySelector("span:last-child")?.textContent ?? one;
  });
  return words.join(", ");
}

function inTemplates(selector) {
  for (const template of document.querySelectorAll("template")) {
    const found = template.content.querySelector(selector);
    if (found) return found;
  }
  return null;
}

/**
 * Put faults beside their fields, and above the form with a way to each.
 *
 * @param {HTMLElement} form
 * @param {{field: string, message: string, to?: string, name?: string}[]} faults
 */
export function strike(form, faults) {
  for (const old of form.querySelectorAll(".field > .error")) old.remove();
  for (const { field, message } of faults) {
    const asked = form.querySelector(`[name="${CSS.escape(field)}"]`);
    const place = asked?.closest(".field");
    if (!place) continue;
    asked.setAttribute("aria-invalid", "true");
    place.classList.add("has-error");
    const before = place.querySelector(".choice, input, textarea, select");
    place.insertBefore(piece("fault", { text: message }), before?.parentElement === place ? before : null);
  }
  const above = /** @type {HTMLElement} */ (form.querySelector("#errors"));
  above.hidden = !faults.length;
  above.querySelector("ul").replaceChildren(...faults.map(({ field, message, to, name }) => piece("fault-line", { name: name ?? labelOf(field), text: message, to: to ?? location.hash })));
  if (faults.length) above.focus();
}

/**
 * Show a screen, and tell those who listen to the page where they are.
 *
 * @param {DocumentFragment} part
 * @param {boolean} [isQuiet] whether it is the same screen drawn anew: nobody is moved
 */
export function show(part, isQuiet = false) {
  const screen = document.querySelector("#screen");
  for (const picture of screen.querySelectorAll('img[src^="blob:"]')) URL.revokeObjectURL(picture.src);
  screen.replaceChildren(part);
  const heading = screen.querySelector("h1");
  document.title = `${heading.textContent} · Mobilizer`;
  if (isQuiet) return;
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}
