/** Shows messages to who follows in this browser. It stands between no page and the network, and keeps nothing. */

addEventListener("install", () => skipWaiting());
addEventListener("push", (event) => event.waitUntil(notify(event)));
addEventListener("notificationclick", (event) => event.waitUntil(openFrom(event)));

async function notify(event) {
  const { title, body, url, tag } = event.data?.json() ?? {};
  if (title) await registration.showNotification(title, { body, tag, data: { url } });
}

/** Where a message leads: to a page of ours and to none of another site. */
async function openFrom(event) {
  event.notification.close();
  const address = new URL(event.notification.data?.url ?? "/", location.origin);
  if (address.origin === location.origin) await clients.openWindow(address.href);
}
