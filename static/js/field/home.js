/** On the pages of the site: what stands on the phone is told, and filing leads into the page that needs no network. */

import { bindLeaving, sweep } from "./leaving.js";
import { aside } from "./line.js";
import { find, held } from "./pack.js";
import { phoneOf } from "./phone.js";
import { register } from "./worker.js";
import { load, say } from "./words.js";

const place = document.querySelector("#phone");
const REPORT = /^\/field\/reports\/([0-9a-f-]{36})\/(\d{4}-\d\d)\/(state|same|could-not-find-out)$/;

let phone;

async function begin() {
  bindLeaving(() => phone);
  // At the desk nothing is filed: there is only the door.
  if (document.querySelector(".desk-page") || !(await load())) return;
  register(place.dataset.worker, () => false);
  try {
    phone = await phoneOf();
    if (!phone) return;
    await phone.courier.start();
    document.addEventListener("click", (event) => lead(event, phone));
    document.addEventListener("submit", (event) => lead(event, phone));
    place.dataset.ready = "yes";
  } catch (fault) {
    aside("blocked", say(fault.reason ?? "blocked"));
  }
}

/** Into the shell, if it has this month; else the page of the site does it. */
function lead(event, { store }) {
  const target = /** @type {Element} */ (event.target);
  const to = event.type === "submit" ? target.getAttribute("action") : target.closest("a")?.getAttribute("href");
  const [, assignment, month, screen] = REPORT.exec(to ?? "") ?? [];
  const isPlain = event.type === "submit" || !(event.button || event.ctrlKey || event.metaKey || event.shiftKey);
  if (!assignment || !isPlain) return;
  event.preventDefault();
  held(store)
    .then((pack) => find(pack, assignment, month))
    .catch(() => undefined)
    .then((found) => {
      if (found) location.assign(`${place.dataset.shell}#/${assignment}/${month}/${screen.replace("could-not-find-out", "could-not")}`);
      else if (event.type === "submit") target.submit();
      else location.assign(to);
    });
}

if (place) begin();
else sweep().catch(() => {}); // Where nothing can be opened, nothing is kept.
