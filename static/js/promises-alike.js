// While the exact words are typed: promises that may be the same, below the field. It never blocks.

const PAUSE = 500;
const LEAST = 12;

for (const place of document.querySelectorAll("[data-alike]")) {
  const field = place.querySelector("textarea");
  const notice = place.querySelector("[data-alike-notice]");
  const shown = place.querySelector("[data-alike-shown]");
  let waiting;
  let asking = new AbortController();

  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const address = new URL(place.dataset.alike, location.href);
    address.searchParams.set("text", field.value);
    try {
      const answer = await fetch(address, { signal: asking.signal });
      show(answer.status === 200 && !answer.redirected ? await answer.text() : "");
    } catch {
      // Offline, or overtaken by the next words: what is shown stays.
    }
  };

  const show = (piece) => {
    if (shown.innerHTML === piece) return;
    shown.innerHTML = piece; // From our own server, where everything is escaped.
    notice.hidden = piece === "";
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim().length < LEAST) return show("");
    waiting = setTimeout(ask, PAUSE);
  });
}
