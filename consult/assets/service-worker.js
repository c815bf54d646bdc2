// Keeps the pages of drafts, and of tables in meetings, that were opened in this browser, for when there is no contact.
//
// Kept are the pages of a draft on the way to sending it (task list, questions, who it is from, how it may be published,
// comments, check), the paper they are about, a table host's page, the files they need, and one page that says that
// there is no contact. Nothing else: no desk, no administration, no sign-in. The network
// always comes first; what is kept stands in for it. Nothing is ever sent from here.
//
// VERSION and FILES are put in by scripts/build-assets.mjs. A new version has caches of its own; those of
// the old go when each of their pages has been fetched anew, so that none is lost to a bad moment. What
// people have written is in no cache (modules/kept.js).
import { list, remove } from "./modules/kept.js";

const PAGES = `consult-pages-${VERSION}`;
const ASSETS = `consult-assets-${VERSION}`;
const OFFLINE = "/answer/offline/";
const SIGNING = /^\/sign-(out$|in\/)/;
const KEPT = /^\/answer\/(drafts\/[^/]+(\/(check|publication|who|participants|remarks|comments\/new)|\/questions\/[^/]+)?|table\/[^/]+)$/;
const PAPER = /^\/rounds\/[^/]+\/paper$/;
const NEW_COMMENT = /\/comments\/new$/;
const COMMENT = /^\/answer\/([^/]+)\/comment$/;
const BASE = /^\/answer\/(drafts|table)\/[^/]+/;
const TABLE = /^\/answer\/table\/([^/]+)$/;
const PAPER_LINK = /href="(\/rounds\/[^"/]+\/paper)"/;
const TASK = /href="(\/answer\/drafts\/[^"/]+\/(?:questions\/[^"/]+|publication|who|participants|remarks|comments\/new))"/g;
// By this device's own clock: it may be far from the server's.
const KEPT_AT = "x-kept-at";
const PATIENCE_MS = 5000;
const DAY_MS = 24 * 60 * 60 * 1000;

let keeping = Promise.resolve();

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(ASSETS).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  // One after the other: the next page finds done what the one before asked for.
  keeping = keeping.then(() => keep(event.data)).catch(() => {});
  event.waitUntil(keeping);
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin) return;
  if (pathname.startsWith("/static/build/")) event.respondWith(file(event));
  // A page asks for its own next version: what it shows then is what is kept.
  if (request.headers.has("X-Background") && KEPT.test(pathname)) event.respondWith(anew(request, pathname));
  if (request.mode !== "navigate") return;
  if (SIGNING.test(pathname) && request.method === "POST") event.waitUntil(forget());
  // A page with a place in its address is for that place alone: kept is the one for all.
  else if (request.method === "GET" && ((search && NEW_COMMENT.test(pathname)) || PAPER.test(pathname))) {
    event.respondWith(fetch(request).catch(async () => (await find(pathname)) ?? offline()));
  } else if (request.method === "GET" && KEPT.test(pathname)) event.respondWith(page(event, pathname));
  else if (request.method === "GET" && COMMENT.test(pathname)) {
    event.respondWith(fetch(request).catch(() => commentOffline(pathname.match(COMMENT)[1], search)));
  } else if (pathname === "/" || /^\/(answer|rounds)\//.test(pathname)) {
    event.respondWith(fetch(request).catch(offline));
  }
});

const ours = (name) => name.startsWith("consult-");

/** What is kept under a path, of this version or else of an older one. */
async function find(path) {
  const names = [PAGES, ASSETS, ...(await caches.keys()).filter((name) => ours(name) && ![PAGES, ASSETS].includes(name))];
  for (const name of names) {
    const found = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

async function file(event) {
  const { pathname } = new URL(event.request.url);
  const found = await find(pathname);
  if (found) return found;
  const response = await fetch(event.request);
  const client = event.clientId && (await self.clients.get(event.clientId));
  // A page of the new version may come before the new version of this file does.
  if (response.ok && client && BASE.test(new URL(client.url).pathname)) {
    const copy = response.clone();
    event.waitUntil(caches.open(ASSETS).then((cache) => cache.put(pathname, copy)));
  }
  return response;
}

/** Fetches a page, and keeps it. */
async function anew(request, path) {
  const response = await fetch(request);
  await note(path, response.clone());
  return response;
}

async function page(event, path) {
  const fetching = anew(event.request, path);
  event.waitUntil(fetching.catch(() => {}));
  const kept = await find(path);
  if (!kept) return fetching.catch(offline);
  const patience = new Promise((resolve) => { setTimeout(() => resolve(kept), PATIENCE_MS); });
  // Where the link is dead and notes are nowhere else, the page shows them and says so.
  const shown = (await hasWaitingNotes(path)) ? fetching.then((response) => (isGone(response) ? kept : response)) : fetching;
  return Promise.race([shown, patience]).catch(() => kept);
}

/** Takes down a page as it came; what this browser may not open any more is dropped with all of its draft. */
async function note(path, response) {
  if (response.ok) {
    const { body, status, headers } = response;
    const stamped = new Response(body, { status, headers: [...headers, [KEPT_AT, String(Date.now())]] });
    return (await caches.open(PAGES)).put(path, stamped);
  }
  if (isGone(response) && !(await hasWaitingNotes(path))) return drop(path.match(BASE)[0]);
  return undefined;
}

const isGone = (response) => response.type === "opaqueredirect" || response.status === 404;

async function hasWaitingNotes(path) {
  const group = path.match(TABLE)?.[1];
  const notes = group ? await list(`note-${group}`).catch(() => []) : [];
  return notes.some((entry) => entry.state !== "saved");
}

/** Leads from the paper to the comments of the draft that is kept of its round. */
async function commentOffline(slug, search) {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (!NEW_COMMENT.test(pathname)) continue;
    const text = await (await cache.match(request)).text();
    if (text.includes(`href="/rounds/${slug}"`)) return Response.redirect(pathname + search);
  }
  return offline();
}

async function offline() {
  for (const name of [PAGES, ...(await caches.keys()).filter(ours)]) {
    const cache = await caches.open(name);
    const kept = (await cache.keys()).find((request) => new URL(request.url).pathname.startsWith(OFFLINE));
    if (kept) return cache.match(kept, { ignoreVary: true });
  }
  return Response.error();
}

/** Fetches pages behind the reader's back; false when there was no contact. */
async function refresh(path, { credentials = "same-origin", lang } = {}) {
  const headers = { "X-Background": "1", ...(lang && { "Accept-Language": lang }) };
  try {
    const response = await fetch(path, { credentials, redirect: "manual", headers });
    if (response.status >= 500 || response.status === 429) return false;
    if (BASE.test(path) || response.ok) await note(path, response);
    return true;
  } catch {
    return false;
  }
}

async function keep({ keep: base, here, lang, sparing }) {
  await moveOver();
  const cache = await caches.open(PAGES);
  const wanted = `${OFFLINE}${lang}`;
  const isOtherLanguage = !(await cache.match(wanted));
  if (isOtherLanguage) {
    for (const request of await cache.keys()) {
      if (new URL(request.url).pathname.startsWith(OFFLINE)) await cache.delete(request);
    }
    // Without who is signed in: it stands in for any page.
    if (!(await refresh(wanted, { credentials: "omit" }))) return;
  }
  const isFresh = async (path) => {
    const kept = await cache.match(path, { ignoreVary: true });
    return kept && Date.now() - Number(kept.headers.get(KEPT_AT)) < DAY_MS;
  };
  const rest = sparing ? [] : [base, `${base}/check`];
  for (const path of new Set([here, ...rest].filter((path) => KEPT.test(path)))) {
    if (!(await isFresh(path)) && !(await refresh(path))) return;
  }
  const tasks = sparing ? undefined : await cache.match(base, { ignoreVary: true });
  const links = (await tasks?.text()) ?? "";
  const [, paper] = links.match(PAPER_LINK) ?? [];
  // Without who is signed in: it is the same for all.
  const isStale = paper && (isOtherLanguage || !(await isFresh(paper)));
  if (isStale && !(await refresh(paper, { credentials: "omit", lang }))) return;
  for (const [, path] of links.matchAll(TASK)) {
    if (!(await isFresh(path)) && !(await refresh(path))) return;
  }
}

/** Fetches the pages of older versions anew, and lets go of the old caches when that is done. */
async function moveOver() {
  const old = (await caches.keys()).filter((name) => ours(name) && ![PAGES, ASSETS].includes(name));
  const cache = await caches.open(PAGES);
  for (const name of old) {
    for (const request of await (await caches.open(name)).keys()) {
      const path = new URL(request.url).pathname;
      if (KEPT.test(path) && !(await cache.match(path, { ignoreVary: true })) && !(await refresh(path))) return;
    }
  }
  for (const name of old) await caches.delete(name);
}

async function drop(base) {
  for (const name of (await caches.keys()).filter(ours)) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const path = new URL(request.url).pathname;
      if (path === base || path.startsWith(`${base}/`)) await cache.delete(request);
    }
  }
}

/** Somebody signs out or in: the pages go, and of the texts only what the server does not have stays. */
async function forget() {
  for (const base of ["/answer/drafts", "/answer/table"]) await drop(base);
  for (const entry of await list()) if (entry.state === "saved") await remove(entry.id);
}
