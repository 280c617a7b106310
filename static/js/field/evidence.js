/** Evidence on the phone: links, request numbers, photos made small, clips as they are. */

import { sha256 } from "./hash.js";
import { NotSmaller, shrunk } from "./photos.js";
import { list, piece, strike } from "./screens.js";
import { say } from "./words.js";

const LARGEST_CLIP = 20 * 1024 * 1024;
/** What is said about a piece: the form's field and the protocol's. */
const DETAILS = { caption: "caption", origin: "source_kind", taken_on: "taken_on", place: "place" };

/** Put this assignment's indicators, and the places of its region, into the shared questions. */
export function fillEvidence(part, assignment, places) {
  part.querySelector('[name="place"]').append(...places.map(([code, name]) => new Option(name, code)));
  const about = part.querySelector('[name="about"]').closest(".field");
  if (assignment.measures.length < 2) return about.remove();
  const box = about.querySelector("label");
  const boxes = assignment.measures.map(({ position, text }) => {
    const one = box.cloneNode(true);
    const input = one.querySelector("input");
    input.value = String(position);
    input.id = one.htmlFor = `about-${position}`;
    one.querySelector("span:last-child").textContent = text;
    return one;
  });
  box.replaceWith(...boxes);
}

/** @param {any} report */
export function bindEvidence(report) {
  const { form } = report;
  const added = document.createElement("ul");
  added.className = "plain";
  added.id = "added";
  form.querySelector('section[aria-labelledby="add"]').before(added);
  showAdded(report);
  for (const input of form.querySelectorAll('input[type="file"]')) {
    // The camera may cost the page its life: what is typed is kept before it opens.
    input.addEventListener("click", () => report.keeper.now());
    input.addEventListener("change", () => (report.taking = takeFile(report, input)));
  }
}

function showAdded(report) {
  const added = report.form.querySelector("#added");
  added.replaceChildren();
  listPieces(report.phone.store, added, report.draft, (one) => takeAway(report, one));
}

/**
 * A photo or clip that was just chosen: kept at once, described when "add" is pressed.
 *
 * @param {any} report @param {HTMLInputElement} input
 */
async function takeFile(report, input) {
  const file = input.files?.[0];
  if (!file) return;
  const kind = input.name === "clip" ? "clip" : "photo";
  if (kind === "clip" && file.size > LARGEST_CLIP) return fault(report, input, "too-large");
  let media;
  try {
    const { bytes, type } = kind === "clip" ? { bytes: await file.arrayBuffer(), type: file.type } : await shrunk(file);
    media = { key: crypto.randomUUID(), bytes, type, sha256: await sha256(bytes), size: bytes.byteLength };
  } catch (error) {
    return fault(report, input, error instanceof NotSmaller ? "not-smaller" : "unreadable");
  }
  if (!media.size) return fault(report, input, "unreadable");
  const { key: id, size } = media;
  const one = { id: crypto.randomUUID(), kind, media: { id, size, sha256: media.sha256 }, details: {}, is_open: true };
  if (await report.keeper.now(one, [media])) strike(report.form, []);
  input.value = "";
  showAdded(report);
}

function fault(report, input, word) {
  input.value = "";
  strike(report.form, [{ field: input.name, message: say(word) }]);
}

/**
 * Add what is typed: a link, a request number, and what is said about a file just chosen.
 *
 * @returns {Promise<boolean>} false where something is to mend first
 */
export async function addPiece(report) {
  const { form, draft } = report;
  await report.taking; // A slow phone may still be making it small.
  const value = (name) => form.querySelector(`[name="${name}"]`)?.value.trim() ?? "";
  const [link, request] = [value("link"), value("request_number")];
  const details = detailsOf(form);
  const address = link && addressOf(link);
  if (link && !address) return Boolean(strike(form, [{ field: "link", message: say("no-link") }]));
  for (const one of draft.evidence.filter((other) => other.is_open)) {
    one.details = details;
    delete one.is_open;
  }
  if (address) draft.evidence.push({ id: crypto.randomUUID(), kind: "link", address, details });
  if (request) draft.evidence.push({ id: crypto.randomUUID(), kind: "request", address: request, details });
  for (const name of ["link", "request_number", ...Object.keys(DETAILS)]) form.querySelector(`[name="${name}"]`).value = "";
  for (const box of form.querySelectorAll('[name="has_consent"], [name="about"]')) box.checked = false;
  const isKept = await report.keeper.now();
  showAdded(report);
  return isKept;
}

function detailsOf(form) {
  const details = {};
  for (const [field, name] of Object.entries(DETAILS)) {
    const text = form.querySelector(`[name="${field}"]`).value.trim();
    if (text) details[name] = text;
  }
  const about = [...form.querySelectorAll('[name="about"]:checked')].map((box) => Number(box.value));
  if (about.length) details.indicators = about;
  if (form.querySelector('[name="has_consent"]').checked) details.has_consent = true;
  return details;
}

/** A link as it will be sent; empty where it is none. */
function addressOf(typed) {
  try {
    const address = new URL(/^\w+:/.test(typed) ? typed : `https://${typed}`);
    return /^https?:$/.test(address.protocol) && address.hostname.includes(".") ? address.href : "";
  } catch {
    return "";
  }
}

async function takeAway(report, one) {
  report.draft.evidence = report.draft.evidence.filter((other) => other !== one);
  if (await report.keeper.now()) if (one.media) await report.phone.store.write({ remove: { media: [one.media.id] } });
  showAdded(report);
}

/**
 * The pieces a draft rests on.
 *
 * @param {any} store @param {HTMLElement} place @param {any} draft @param {(one: any) => void} [remove]
 */
export function listPieces(store, place, draft, remove) {
  for (const [at, one] of draft.evidence.entries()) {
    const part = piece("piece", { ...told(one), caption: one.caption ?? one.details?.caption, removable: remove, number: ` ${at + 1}` });
    part.querySelector('[data-act="remove"]')?.addEventListener("click", () => remove?.(one));
    const entry = /** @type {HTMLElement} */ (part.firstElementChild);
    place.append(part);
    if (one.media && one.kind === "photo") showPicture(store, entry, one);
  }
}

function told({ kind, address }) {
  if (kind === "photo" || kind === "clip") return { text: say(kind) };
  return { text: kind === "request" ? say("request", { number: address }) : address?.replace(/^https?:\/\/(www\.)?/, "").slice(0, 48) };
}

async function showPicture(store, entry, { media }) {
  const kept = await store.get("media", media.id).catch(() => undefined);
  if (!kept) return;
  const picture = document.createElement("img");
  picture.alt = ""; // The words beside it say what it is.
  picture.src = URL.createObjectURL(new Blob([kept.bytes], { type: kept.type }));
  const figure = document.createElement("figure");
  figure.className = "photo";
  figure.append(picture);
  entry.prepend(figure);
}
