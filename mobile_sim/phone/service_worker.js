// The phone's worker: keeps its files, and opens the page from a notification.

importScripts("/pages/kit/kept_set.js");

scope.addEventListener("notificationclick", (event) => (event.notification.close(), event.waitUntil(inFront())));

/** The page, in front: the one that is open, or a new one. */
async function inFront() {
  const [page] = await scope.clients.matchAll({ type: "window" });
  return page ? page.focus() : scope.clients.openWindow(PAGE);
}
