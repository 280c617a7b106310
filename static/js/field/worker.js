/** The service worker: registered here, and a new one taken only when somebody says so. */

import { aside } from "./line.js";
import { say } from "./words.js";

/**
 * @param {string} address
 * @param {() => boolean} isBusy whether a draft is open now: then nothing is offered
 */
export async function register(address, isBusy) {
  if (!("serviceWorker" in navigator)) return;
  const wasControlled = Boolean(navigator.serviceWorker.controller);
  let isTaken = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!wasControlled || isTaken) return;
    isTaken = true;
    location.reload();
  });
  try {
    const registration = await navigator.serviceWorker.register(address, { scope: "/field/" });
    const offer = () => {
      const isReady = registration.waiting && wasControlled && !isBusy();
      aside("update", isReady && say("update"), say("take"), () => registration.waiting?.postMessage("take over"));
    };
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
    addEventListener("hashchange", offer);
    offer();
  } catch {
    // No network on a first visit, or no place for it: everything works as pages do.
  }
}
