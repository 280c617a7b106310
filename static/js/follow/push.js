/**
 * Following by messages in this browser: taken after a tap on a button and never before, ended as easily.
 *
 * What this browser follows it notes itself; the server knows only where it takes messages, and about what. Where the
 * browser can take none, nothing of this is shown.
 */

const place = document.querySelector("[data-follow]");
const NOTED = "mobilizer-follows";
const { listing, code, cycle } = place?.dataset ?? {};
const here = `${listing}/${cycle}/${code}`;

/** @returns {Set<string>} what this browser follows, as far as it remembers */
function noted() {
  try {
    return new Set(JSON.parse(localStorage.getItem(NOTED) ?? "[]"));
  } catch {
    return new Set();
  }
}

/** @param {Set<string>} follows */
function note(follows) {
  try {
    localStorage.setItem(NOTED, JSON.stringify([...follows]));
  } catch {
    // A browser that keeps nothing offers to follow once more; twice is the same as once.
  }
}

/**
 * @param {string} text base64url
 * @returns {Uint8Array}
 */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/**
 * @param {string} address
 * @param {object} content
 * @returns {Promise<boolean>} whether the server took it
 */
async function tell(address, content) {
  const answer = await fetch(address, {
    method: "POST",
    redirect: "error",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
  return answer.ok;
}

/** @returns {Promise<PushSubscription|null>} where this browser takes these messages; the phone's own are others */
async function taken() {
  const worker = await navigator.serviceWorker.getRegistration(place.dataset.scope);
  return worker?.scope.endsWith(place.dataset.scope) ? worker.pushManager.getSubscription() : null;
}

async function take() {
  const { worker, scope, vapidKey } = place.dataset;
  const registration = await navigator.serviceWorker.register(worker, { scope });
  await active(registration);
  const options = { userVisibleOnly: true, applicationServerKey: bytes(vapidKey) };
  const subscription = await registration.pushManager.subscribe(options);
  if (!(await tell(place.dataset.take, { ...subscription.toJSON(), listing, code, cycle }))) throw new Error("refused");
  note(noted().add(here));
}

/**
 * Wait until a worker is at work: before that it takes no messages.
 * @param {ServiceWorkerRegistration} registration
 */
async function active(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return;
  await new Promise((done) => worker.addEventListener("statechange", () => worker.state === "activated" && done()));
}

async function end() {
  const subscription = await taken();
  const follows = noted();
  if (subscription && !(await tell(place.dataset.end, { endpoint: subscription.endpoint, listing, code, cycle }))) throw new Error("refused");
  follows.delete(here);
  note(follows);
  if (!follows.size) await subscription?.unsubscribe();
}

async function show() {
  const follows = noted().has(here) && Boolean(await taken());
  place.querySelector("[data-follow-take]").hidden = follows;
  place.querySelector("[data-follow-end]").hidden = !follows;
}

/** @param {() => Promise<void>} deed */
function press(deed) {
  return async () => {
    const refused = place.querySelector("[data-follow-refused]");
    refused.hidden = true;
    try {
      await deed();
    } catch {
      refused.hidden = false;
    }
    await show();
  };
}

if (place && "serviceWorker" in navigator && "PushManager" in window) {
  place.querySelector("[data-follow-take]").addEventListener("click", press(take));
  place.querySelector("[data-follow-end]").addEventListener("click", press(end));
  await show();
  place.hidden = false;
}
