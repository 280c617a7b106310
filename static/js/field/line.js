/** The line that always says, in words, what is kept here and what was sent; and what has to be said beside it. */

import { counts } from "./outbox.js";
import { counted, ofOthers } from "./person.js";
import { piece } from "./screens.js";
import { language, say, timeName } from "./words.js";

const place = document.querySelector("#phone");
const DAILY = "mobilizer-told-on";

let last = "";
let turn = 0;

/** What the line says. */
function lineOf({ unsent, files, begun }, status, sentAt) {
  const isOut = status === "signed_out";
  const going = unsent && (isOut ? say("sign-in", { n: unsent }) : status === "sending" ? say("sending") : say("kept", { n: unsent }));
  // When all has gone through and files are left, they are clips that wait for their network.
  const under = !unsent && files && say(status === "ok" ? "unmetered" : "files");
  const sent = !unsent && !files && sentAt && say(begun ? "sent-at" : "sent", { time: timeName(sentAt) });
  const why = isOut ? !unsent && say("signed-out") : (status === "offline" || status === "broken") && say(status);
  return [going, begun && say("begun", { n: begun }), under, sent, why].filter(Boolean).join(" · ");
}

/** When something was last received by the site, by the site's clock; undefined where nothing ever was. */
const lastSent = async (store) => (await store.all("receipts")).map((one) => one.received_at).sort().at(-1);

/**
 * Say it.
 *
 * @param {import("./db.js").Store} store
 * @param {string} [status] as `Courier` tells it; else what it told last
 */
export async function tellLine(store, status = last) {
  last = status;
  const mine = (turn += 1);
  const [known, sentAt] = await Promise.all([counts(store), lastSent(store)]).catch(() => []);
  if (!known || mine !== turn) return; // Somebody tells a newer one.
  const text = lineOf(known, status, sentAt);
  const line = place.querySelector("#line");
  if (line.textContent !== text) line.textContent = text;
  place.hidden = false;
  place.querySelector(".sync").hidden = !text;
  place.querySelector(".sync").classList.toggle("ok", !known.unsent && !known.files && !known.begun && status !== "signed_out");
  place.dataset.status = status;
  place.dataset.unsent = String(known.unsent + known.files);
  asides(store, known, status);
}

function asides(store, known, status) {
  const outbox = `${place.dataset.shell}#/outbox`;
  const others = ofOthers(store.person);
  aside("outdated", status === "outdated" && say("outdated"));
  aside("stuck", known.stuck && say("stuck", { n: known.stuck }), say("title.outbox"), () => location.assign(outbox));
  aside("others", others && say("others", { n: others }));
  const isFirst = localStorage.getItem(DAILY) !== new Date().toDateString();
  if (known.unsent && status !== "sending" && isFirst) {
    aside("today", say("today", { n: known.unsent }), say("title.outbox"), () => location.assign(outbox));
    localStorage.setItem(DAILY, new Date().toDateString());
  }
  if (!known.unsent) aside("today", "");
}

/** Say at once that the phone has cleared what stood on it. @param {string} person @param {boolean} isEmpty */
export function tellGone(person, isEmpty) {
  const unsent = counted(person);
  if (unsent && isEmpty) aside("gone", say("gone", { n: unsent }));
}

/**
 * A notice below the line: one for each name; without a text it goes.
 *
 * @param {string} name @param {string | 0 | false | undefined} text @param {string} [action] @param {() => void} [act]
 */
export function aside(name, text, action = "", act = () => {}) {
  const old = place.querySelector(`[data-aside="${name}"]`);
  if (!text) return old?.remove();
  if (old?.querySelector("p").textContent === text) return;
  old?.remove();
  const part = piece("aside", { text, action });
  part.firstElementChild.dataset.aside = name;
  part.querySelector("button")?.addEventListener("click", act);
  part.firstElementChild.lang = language;
  place.querySelector("#asides").append(part);
  place.hidden = false;
}
