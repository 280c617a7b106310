/**
 * Shows for whoever asks that she is no machine which sends a thousand of these: her device solves
 * a few small puzzles while she types. Without this script the form can be sent as well, more slowly.
 */

/** How long after the page came a form may be sent, in milliseconds on top of what the server wants. */
const MARGIN = 300;

/**
 * Hold a form until its work is done.
 *
 * @param {HTMLFormElement} form
 */
function watch(form) {
  const came = performance.now();
  const stamp = /** @type {HTMLInputElement} */ (form.elements.namedItem("stamp"));
  const work = /** @type {HTMLInputElement} */ (form.elements.namedItem("work"));
  const waiting = form.querySelector("[data-waiting]");
  const soonest = Number(form.dataset.soonest) * 1000 + MARGIN;
  let has_begun = false;
  let is_over = work.value !== "";
  let is_wanted = false;

  const send = () => {
    const rest = soonest - (performance.now() - came);
    setTimeout(() => form.submit(), Math.max(rest, 0));
  };

  /** @param {string} solutions */
  const end = (solutions) => {
    is_over = true;
    work.value = solutions;
    if (is_wanted) send();
  };

  const begin = () => {
    if (has_begun || is_over) return;
    has_begun = true;
    try {
      const worker = new Worker(form.dataset.worker ?? "", { type: "module" });
      worker.onmessage = (message) => end(message.data);
      worker.onerror = () => end(""); // Sent without: the server holds it to the slower way.
      worker.postMessage({
        stamp: stamp.value,
        puzzles: Number(form.dataset.puzzles),
        bits: Number(form.dataset.bits),
      });
    } catch {
      end("");
    }
  };

  form.addEventListener("focusin", begin);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (is_wanted) return;
    is_wanted = true;
    if (waiting instanceof HTMLElement) waiting.hidden = false;
    begin();
    if (is_over) send();
  });
  // Back from the next page: the form stands as it was, and may be sent again.
  window.addEventListener("pageshow", () => {
    is_wanted = false;
    if (waiting instanceof HTMLElement) waiting.hidden = true;
  });
}

for (const form of document.querySelectorAll("form[data-worker]")) {
  if (form instanceof HTMLFormElement) watch(form);
}
