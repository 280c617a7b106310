/** The page made for being offline: which screen is shown follows the part of the address behind the #. */

import { showCovered } from "./cover.js";
import { held } from "./pack.js";
import { aside, tellLine } from "./line.js";
import { phoneOf } from "./phone.js";
import { showMonth } from "./month.js";
import { showPromise } from "./promise.js";
import { showReport } from "./report.js";
import { showOutbox } from "./waiting.js";
import { register } from "./worker.js";
import { say } from "./words.js";

const place = document.querySelector("#phone");
const REPORT = /^\/field\/reports\/([0-9a-f-]{36})\/(\d{4}-\d\d)\//;
let phone;
/** @type {(() => Promise<void>) | undefined} what ends the screen that is shown */
let leave;
let turn = 0;
let drawing = Promise.resolve();
let seen = "";
/** What is said on the next screen, because it ended another one. */
let said = "";

async function begin() {
  register(place.dataset.worker, isBusy);
  try {
    phone = await phoneOf(changed);
  } catch (fault) {
    return aside("blocked", say(fault.reason ?? "blocked"));
  }
  if (!phone) return;
  navigator.storage?.persist?.();
  Object.assign(phone, { go, tell, sent });
  phone.pack = await held(phone.store);
  addEventListener("hashchange", route);
  if (!phone.pack) await phone.courier.start();
  await route();
  if (phone.pack) phone.courier.start();
  place.dataset.ready = "yes";
}

/** A draft was kept, or could not be: the line counts it. @param {string} text */
function tell(text) {
  aside("told", text);
  tellLine(phone.store);
}

/** Whether somebody types: a report or a promise is open. */
function isBusy() {
  const [first, second] = asked();
  return Boolean(second) || first === "promise";
}

/** After each sending: the lists are drawn anew, what somebody types in is left alone; the first pack fills the page. */
async function changed(status) {
  if (!phone || !place.dataset.ready || (phone.pack && isBusy()) || status === "sending") return;
  if ((await sight()) === seen) return;
  phone.isQuiet = Boolean(phone.pack);
  await route();
  phone.isQuiet = false;
}

/** What the lists are drawn from, so that they are left alone while it is the same. */
async function sight() {
  const { store } = phone;
  const [pack, items, received] = [await held(store), await store.all("outbox"), await store.keys("receipts")];
  return JSON.stringify([pack?.version, items.map((one) => [one.key, one.state]), received]);
}

/** @param {string} to @param {string} [text] */
function go(to, text = "") {
  said = text;
  if (location.hash === `#/${to}`) route();
  else location.hash = `#/${to}`;
}

/** Something was put into the outbox. */
function sent() {
  place.dataset.status = "sending";
  go("");
  phone.courier.run();
}

/** One screen after the other: each lets go of its draft before the next takes one. */
function route() {
  const mine = (turn += 1);
  drawing = drawing.then(() => mine === turn && draw());
  return drawing;
}

async function draw() {
  const ending = leave;
  leave = undefined;
  await ending?.();
  phone.pack = await held(phone.store);
  if (!phone.pack) return showCovered(phone);
  const [first = "", second, third] = asked();
  aside("told", said);
  said = "";
  frame(first);
  seen = await sight();
  if (first === "outbox") await showOutbox(phone);
  else if (first === "promise") leave = await showPromise(phone, second, third);
  else if (second) leave = await showReport(phone, first, second, third ?? "state");
  else await showMonth(phone);
}

/** The parts of the address: behind the #, else of the page that could not be had. */
function asked() {
  const parts = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean);
  const [, assignment, month] = REPORT.exec(location.pathname) ?? [];
  return parts.length || !assignment || location.hash ? parts : [assignment, month];
}

function frame(first) {
  const isHome = !first;
  document.querySelector("#back").hidden = isHome;
  document.querySelector("#brand").hidden = !isHome;
  for (const tab of document.querySelectorAll(".tabbar [data-tab]")) tab.toggleAttribute("aria-current", false);
  const tab = document.querySelector(`.tabbar [data-tab="${first === "outbox" || first === "promise" ? first : ""}"]`);
  tab.setAttribute("aria-current", isHome || first === "outbox" || first === "promise" ? "page" : "true");
}

begin();
