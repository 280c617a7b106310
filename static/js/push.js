/**
 * Messages on this device: taken after a tap on a button and never before, ended as easily.
 *
 * The buttons are there only where the browser can take messages and the phone's service worker
 * is at work; without either, and without script, the page says so and the e-mails remain.
 */

/** The addresses of the server, and the token of the page's forms. */
const place = document.querySelector("[data-push]");

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
    headers: { "Content-Type": "application/json", "X-CSRFToken": place.dataset.token },
    body: JSON.stringify(content),
  });
  return answer.ok;
}

/** @param {boolean} taken */
function show(taken) {
  place.querySelector("[data-push-take]").hidden = taken;
  place.querySelector("[data-push-end]").hidden = !taken;
}

/** @param {ServiceWorkerRegistration} worker */
async function take(worker) {
  const options = { userVisibleOnly: true, applicationServerKey: bytes(place.dataset.vapidKey) };
  const taken = await worker.pushManager.subscribe(options);
  if (!(await tell(place.dataset.take, taken.toJSON()))) await taken.unsubscribe();
}

/** @param {ServiceWorkerRegistration} worker */
async function end(worker) {
  const taken = await worker.pushManager.getSubscription();
  if (!taken) return;
  await tell(place.dataset.end, { endpoint: taken.endpoint });
  await taken.unsubscribe();
}

/** @param {ServiceWorkerRegistration} worker */
async function begin(worker) {
  const press = (deed) => async () => {
    try {
      await deed(worker);
    } catch {
      place.querySelector("[data-push-refused]").hidden = false;
    }
    show(Boolean(await worker.pushManager.getSubscription()));
  };
  place.querySelector("[data-push-take]").addEventListener("click", press(take));
  place.querySelector("[data-push-end]").addEventListener("click", press(end));
  show(Boolean(await worker.pushManager.getSubscription()));
  document.querySelector("[data-push-none]").hidden = true;
  place.hidden = false;
}

if (place && "serviceWorker" in navigator && "PushManager" in window) {
  // By its place: whoever follows in public has another worker in this browser.
  const worker = await navigator.serviceWorker.getRegistration("/field/");
  if (worker?.active) await begin(worker);
}
