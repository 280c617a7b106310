/**
 * Dragging on the board. A drop stores nothing: it opens the form that "Hand over…" opens, with the
 * new mobilizer chosen. So whoever has no mouse, or no script, has the same by that link.
 */

const told = document.querySelector("[data-told]");
const how = document.querySelector("[data-how]");
/** @type {HTMLElement | null} What is being dragged. */
let lifted = null;

/**
 * Say what is happening to those who listen to the page.
 *
 * @param {"lifted" | "over" | "letGo"} what
 * @param {HTMLElement} piece
 * @param {string} [name] whose column it is
 */
function tell(what, piece, name = "") {
  const promise = piece.querySelector("[data-piece-name]")?.textContent?.trim() ?? "";
  const said = told.dataset[what].replace("{promise}", promise).replace("{name}", name);
  if (told.textContent !== said) told.textContent = said;
}

/** @param {Element} piece */
function column(piece) {
  return piece.closest("[data-taker]");
}

for (const piece of document.querySelectorAll("[data-piece]")) {
  piece.draggable = true;
  piece.addEventListener("dragstart", (event) => {
    lifted = piece;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", piece.dataset.piece);
    tell("lifted", piece);
  });
  piece.addEventListener("dragend", (event) => {
    if (event.dataTransfer.dropEffect === "none") tell("letGo", piece);
    lifted = null;
  });
}

for (const taker of document.querySelectorAll("[data-taker]")) {
  const takes = () => lifted !== null && column(lifted) !== taker;
  taker.addEventListener("dragover", (event) => {
    if (!takes()) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    taker.classList.add("over");
    tell("over", lifted, taker.querySelector("h3").textContent.trim());
  });
  taker.addEventListener("dragleave", (event) => {
    if (!taker.contains(event.relatedTarget)) taker.classList.remove("over");
  });
  taker.addEventListener("drop", (event) => {
    taker.classList.remove("over");
    if (!takes()) return;
    event.preventDefault();
    const form = new URL(lifted.dataset.piece, location.href);
    form.searchParams.set("to", taker.dataset.taker);
    location.assign(form);
  });
}

// Where there is no mouse nobody drags, and the link on each card says all.
if (how) how.hidden = !matchMedia("(hover: hover)").matches;
