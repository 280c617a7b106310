/**
 * Between the pages under /field/ and the network. It answers GET and nothing else, keeps only files that are
 * the same for everybody, and shows the shell where a page of the site cannot be had.
 *
 * The server puts BUILD before this text: the build, the shell's address, and the files with their hashes.
 */

const CACHE = `mobilizer-${BUILD.build}`;
const PATIENCE = 4_000;
const FILES = new Map(BUILD.files.map(([address, integrity]) => [address, integrity]));

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => answer(event));
addEventListener("message", (event) => event.data === "take over" && skipWaiting());
addEventListener("push", (event) => event.waitUntil(notify(event)));
addEventListener("notificationclick", (event) => event.waitUntil(openFrom(event)));

/** Take in exactly the files of this build: another one under the same address fails its hash. */
async function keep() {
  const cache = await caches.open(CACHE);
  const asked = [...FILES].map(([address, integrity]) => new Request(address, { integrity, cache: "no-cache", credentials: "omit" }));
  await cache.addAll(asked);
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("mobilizer-") && name !== CACHE).map((name) => caches.delete(name)));
  await clients.claim();
}

function answer(event) {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const path = address.pathname + address.search;
  if (FILES.has(path)) event.respondWith(kept(path, request));
  else if (request.mode === "navigate" && address.pathname.startsWith("/field/")) event.respondWith(page(request));
}

/** A file of this build; from the network where the browser has thrown its cache away. */
async function kept(path, request) {
  return (await caches.match(path, { cacheName: CACHE })) ?? fetch(request);
}

/** A page of the site, if it comes soon and is ours; else the shell. */
async function page(request) {
  const control = new AbortController();
  const tired = setTimeout(() => control.abort(), PATIENCE);
  try {
    const found = await fetch(request, { signal: control.signal });
    if (found.type === "opaqueredirect" || found.headers.has("X-Mobilizer")) return found;
  } catch {
    // No network, or too slow.
  } finally {
    clearTimeout(tired);
  }
  return (await caches.match(BUILD.shell, { cacheName: CACHE })) ?? Response.error();
}

async function notify(event) {
  const { title, body, url, tag } = event.data?.json() ?? {};
  if (title) await registration.showNotification(title, { body, tag, data: { url } });
}

/** Where a message leads: to a page of ours, in a window that is open if there is one. */
async function openFrom(event) {
  event.notification.close();
  const address = new URL(event.notification.data?.url ?? "/field/", location.origin);
  if (address.origin !== location.origin) return;
  const windows = await clients.matchAll({ type: "window" });
  const there = windows.find((one) => new URL(one.url).pathname === address.pathname);
  await (there ? there.focus() : clients.openWindow(address.href));
}
