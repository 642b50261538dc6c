// Keeps the page's own files, so that the phone makes its code without network.
//
// Files are asked for anew while there is network, and taken from here while there is
// none. Answers of the API (/v1, /oauth) are never kept here.

const CACHE = "shikaku-phone-1";
const KIT = ["base64url", "camera", "clock", "code_kinds", "code_worker", "connection", "dates", "dom", "jose", "kept", "language", "language_button", "pictures", "transport", "trouble"];
const OWN = ["activation_view", "back", "code_view", "delegate_fields", "delegations_view", "granting", "history_view", "home_view", "install_view", "insurer_contact", "keeping_up", "letter_code", "letter_scan", "owner", "people", "phone", "phones_view", "platforms", "presentation", "relations", "report_view", "rolling", "session", "settings_view", "status_view", "token", "until", "whose"];
const FILES = [
  "/phone/",
  "/phone/phone.css",
  "/phone/phone.webmanifest",
  "/phone/icon.svg",
  "/phone/icon-192.png",
  "/pages/kit/kit.css",
  "/vendor/qr/index.js",
  ...OWN.map((name) => `/phone/${name}.js`),
  ...KIT.map((name) => `/pages/kit/${name}.js`),
];
const KEPT = /^\/(phone|pages\/kit|vendor)\//;
const scope = /** @type {any} */ (self);

scope.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && KEPT.test(pathname)) event.respondWith(answer(event.request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch {
    return (await cache.match(request, { ignoreSearch: true })) ?? Response.error();
  }
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shikaku-phone-") && name !== CACHE).map((name) => caches.delete(name)));
}
