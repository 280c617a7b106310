/** Which screens a report has, and what is plainly missing. The rules themselves are the server's. */

import { say } from "./words.js";

/** @type {{name: string, screen: string, least: number, most: number, many: boolean}[]} */
const FIELDS = JSON.parse(document.querySelector("template#fields").dataset.fields);

const isGrey = (typed, n) => typed[`light_${n}`] === "grey" || typed[`value_${n}`] === "no_data";
const standsStill = (assignment, typed) => typed.rating === "stalled" || assignment.measures.some(({ position }) => typed[`light_${position}`] === "red");

/** The screens to go through, as far as can be told from what is typed. */
export function way(assignment, typed) {
  return [
    "state",
    ...assignment.measures.map(({ position }) => `indicator-${position}`),
    ...(standsStill(assignment, typed) ? ["standstill"] : []),
    ...(assignment.is_local ? ["local"] : []),
    "evidence",
    "send",
  ];
}

/** Fields that must be filled in, as things stand. */
function needed(assignment, typed) {
  const measured = assignment.measures.flatMap(({ position: n }) => (isGrey(typed, n) ? [`tried_${n}`] : [`value_${n}`, `light_${n}`, `finding_${n}`]));
  const still = standsStill(assignment, typed) ? ["stagnation", ...(typed.stagnation?.includes("other") ? ["stagnation_other"] : [])] : [];
  const local = assignment.is_local ? FIELDS.filter((one) => one.screen === "local" && one.name !== "mechanisms").map((one) => one.name) : [];
  const part = assignment.is_local && typed.participation === "yes" ? ["mechanisms"] : [];
  return ["rating", "rating_reason", "next_step", ...measured, ...still, ...local, ...part];
}

/**
 * What would come back at once if this were sent.
 *
 * @returns {{field: string, message: string}[]}
 */
export function missing(assignment, month, draft) {
  const typed = draft.fields;
  const must = new Set(needed(assignment, typed));
  const faults = [...must].filter((name) => !typed[name]?.length).map((field) => ({ field, message: say("needed") }));
  for (const [name, value] of Object.entries(typed)) {
    const rule = FIELDS.find((one) => one.name === name.replace(/_[23]$/, "_1"));
    const n = typeof value === "string" ? value.trim().length : 0;
    const applies = n && rule && (must.has(name) || !/^(tried|finding)_|^stagnation/.test(name));
    if (applies && n < rule.least) faults.push({ field: name, message: say("least", { least: rule.least, n }) });
    if (applies && rule.most && n > rule.most) faults.push({ field: name, message: say("most", { most: rule.most, n }) });
  }
  const isMeasured = assignment.measures.some(({ position }) => !isGrey(typed, position));
  if (isMeasured && !draft.evidence.length) faults.push({ field: "evidence", message: say("no-evidence") });
  return [...faults, ...unanswered(month, draft)];
}

/** Comments of a report that came back, neither answered nor acted upon. */
function unanswered(month, draft) {
  if (month.entry?.state !== "returned") return [];
  const differs = (name) => String(draft.fields[name] ?? "") !== String(month.fields[name] ?? "");
  const pieces = (evidence) => evidence.map((one) => one.id).join();
  const evidenceDiffers = pieces(draft.evidence) !== pieces(month.evidence);
  const changed = (name) => {
    if (name === "evidence") return evidenceDiffers;
    return name ? differs(name) : evidenceDiffers || Object.keys({ ...draft.fields, ...month.fields }).some(differs);
  };
  const open = new Set(month.comments.filter((one) => !one.mine && one.is_open !== false).map((one) => one.field));
  return [...open].filter((name) => !changed(name) && !draft.replies[name]?.trim()).map((field) => ({ field, message: say("unanswered") }));
}
