// Keeps a page's own files, so that it opens in any network: the main part of its worker.
//
// They are kept as whole sets: what the page names, and what that names in turn. A page
// is given one set at once, however slow the network is; a newer set is fetched behind
// it, told of, and taken when the page is opened next. Answers of the API are never kept.

const scope = /** @type {any} */ (self);
const PAGE = new URL(scope.registration.scope).pathname; // /phone/ or /reader/
const CURRENT = `shikaku-${PAGE.split("/")[1]}`; // notes which set pages are given
const PREFIX = `${CURRENT}-`;
const PATIENCE_MS = 60_000;
const IN_CODE = /["'](\.{0,2}\/[\w./-]+\.(?:js|wasm))["']/g;
const IN_PAGE = /"([\w./-]+\.(?:js|css|png|svg|webmanifest))"/g;
const isOwn = (pathname) => [PAGE, "/pages/kit/", "/vendor/"].some((folder) => pathname.startsWith(folder));
/** @type {Promise<void>|null} */
let renewing = null;

scope.addEventListener("install", (event) => event.waitUntil(renew().then(() => scope.skipWaiting())));
scope.addEventListener("activate", (event) => event.waitUntil(takeNewest().then(() => scope.clients.claim())));
scope.addEventListener("message", (event) => event.data === "renew" && event.waitUntil(renewQuietly()));
scope.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || !isOwn(pathname)) return;
  const isOpening = event.request.mode === "navigate";
  if (isOpening) event.waitUntil(renewQuietly());
  event.respondWith(answer(event.request, pathname, isOpening));
});

async function answer(request, pathname, isOpening) {
  const set = isOpening ? await takeNewest() : await current();
  const kept = set ? await (await caches.open(set)).match(pathname) : null;
  return kept ?? fetch(request);
}

async function current() {
  return (await (await caches.open(CURRENT)).match(PAGE))?.text();
}

/** What is opened now is the newest whole set; older ones are let go. */
async function takeNewest() {
  const sets = (await caches.keys()).filter((name) => name.startsWith(PREFIX)).sort();
  const newest = (await wholeOf(sets)).at(-1);
  if (!newest) return undefined;
  await (await caches.open(CURRENT)).put(PAGE, new Response(newest));
  await Promise.all(sets.filter((name) => name < newest).map((name) => caches.delete(name)));
  return newest;
}

/** A set is whole once it has the page, which is kept last. @param {string[]} sets */
async function wholeOf(sets) {
  const pages = await Promise.all(sets.map(async (name) => (await caches.open(name)).match(PAGE)));
  return sets.filter((_, place) => pages[place]);
}

const renewQuietly = () => (renewing ??= renew().catch(() => {}).finally(() => (renewing = null)));

async function renew() {
  const before = await current();
  const files = await collected();
  if (before && (await isTheSame(files, await caches.open(before)))) return;
  const cache = await caches.open(PREFIX + Date.now());
  for (const [path, text] of [...files].reverse()) await cache.put(path, text);
  if (before) for (const page of await scope.clients.matchAll()) page.postMessage("renewed");
}

/** Every file that the page needs, the page first; fails if one cannot be had. @returns {Promise<Map<string, Response>>} */
async function collected() {
  const files = new Map();
  let named = [PAGE];
  while (named.length) {
    const answers = await Promise.all(named.map((path) => fetched(path)));
    named.forEach((path, place) => files.set(path, answers[place]));
    const next = (await Promise.all(named.map((path, place) => namesIn(path, answers[place].clone())))).flat();
    named = [...new Set(next)].filter((path) => !files.has(path) && path !== location.pathname);
  }
  return files;
}

async function fetched(path) {
  const answer = await fetch(path, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

async function namesIn(path, answer) {
  const isCode = path.endsWith(".js");
  if (!isCode && !/\/$|\.webmanifest$/.test(path)) return [];
  const found = (await answer.text()).matchAll(isCode ? IN_CODE : IN_PAGE);
  return Array.from(found, ([, name]) => new URL(name, location.origin + path).pathname);
}

async function isTheSame(files, cache) {
  const old = await cache.keys();
  if (old.length !== files.size) return false;
  const same = Array.from(files, async ([path, answer]) => (await (await cache.match(path))?.text()) === (await answer.clone().text()));
  return (await Promise.all(same)).every(Boolean);
}
