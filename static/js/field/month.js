/** The home of the shell: what came back, this month, what is still open. */

import { isOpen } from "./outbox.js";
import { listed } from "./pack.js";
import { list, piece, show } from "./screens.js";
import { dayName, monthName, ratingName, say } from "./words.js";

/** @param {{store: any, pack: any, isQuiet: boolean}} phone */
export async function showMonth({ store, pack, isQuiet }) {
  const drafts = await store.all("drafts");
  const items = await store.all("outbox");
  const received = await store.all("receipts");
  const today = pack.now.slice(0, 10);
  const page = piece("home", { nothing: !pack.assignments.length });
  const months = new Map();
  for (const assignment of pack.assignments) {
    for (const month of assignment.months) {
      const where = listed(month, today);
      const like = (one) => one.assignment === assignment.id && one.month === month.month;
      const item = items.find((one) => like(one.draft));
      const known = received.find((one) => like(one) && (month.entry?.newest ?? 0) < one.entry?.revision);
      const task = { assignment, month, draft: drafts.find(like), item, known };
      if (month.is_current) months.set(month.month, [...(months.get(month.month) ?? []), task]);
      if (where && where !== "now") list(page, where).append(card(task));
    }
  }
  for (const [month, tasks] of months) list(page, "now").append(section(month, tasks));
  for (const name of ["returned", "open", "missed"]) if (!list(page, name).querySelector("article")) list(page, name).remove();
  show(page, isQuiet);
}

const isFiled = ({ month, item, known }) => Boolean(item || known || (month.entry?.newest && month.entry.state !== "withdrawn"));

function section(month, tasks) {
  const due = tasks[0].month.due;
  const part = piece("month", {
    month: monthName(month),
    due: due && say("due", { day: dayName(due) }),
    filed: say("filed", { filed: tasks.filter(isFiled).length, all: tasks.length }),
  });
  const shown = tasks.filter((one) => one.month.entry?.state !== "returned");
  part.firstElementChild.append(...shown.sort((a, b) => Number(isFiled(a)) - Number(isFiled(b))).map(card));
  return part;
}

/** One assignment's month, with the one next step. */
function card(task) {
  const { assignment, month, draft, item, known } = task;
  const state = month.entry?.state;
  const isReturned = state === "returned" && !item && !known;
  const isToDo = !item && !known && (!state || state === "draft");
  const isMine = !item || isOpen(item);
  const before = month.before;
  const name = { month: monthName(month.month) };
  const to = `#/${assignment.id}/${month.month}`;
  let file = "";
  if (draft) file = say("go-on", name);
  else if (isReturned) file = say("answer");
  else if (isToDo) file = say("file", name);
  else if (item ? isMine : state === "submitted" && !known) file = say("change");
  const part = piece("task", {
    title: assignment.promise.title || assignment.promise.words.slice(0, 120),
    state: item ? say(`item.${item.state}`) : say(`state.${known?.entry.state ?? (state === "draft" ? "" : state)}`),
    about: [assignment.topic, assignment.place, before && say("before", { month: monthName(before.month), rating: ratingName(before.rating) })].filter(Boolean).join(" · "),
    file,
    to: `${to}/state`,
    same: isToDo && before && !draft && say("same", { month: monthName(before.month) }),
    to_same: `${to}/same`,
    could_not: isToDo && !draft,
    to_could_not: `${to}/could-not`,
  });
  if (isReturned) {
    part.firstElementChild.classList.add("back");
    list(part, "comments").append(...month.comments.filter((one) => !one.mine && one.is_open !== false).map(({ text }) => piece("quoted", { text: `“${text.slice(0, 200)}”` })));
  }
  return part;
}
