// The caches that the service worker fills, seen from a page.

const PAGES = "consult-pages-";

/** The drafts and tables that can be opened without contact: [{ href, name }], one page for each. */
export async function listKeptDrafts() {
  const drafts = new Map();
  for (const [cache, request] of await keptPages()) {
    const href = new URL(request.url).pathname;
    if (!/^\/answer\/(drafts|table)\/[^/]+$/.test(href)) continue;
    const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
    drafts.set(href, page.querySelector(".round-line a")?.textContent ?? page.title);
  }
  return [...drafts].map(([href, name]) => ({ href, name }));
}

/** Removes the kept pages of one draft, by the path they begin with, or of all. */
export async function removeKeptPages(base = "/") {
  for (const [cache, request] of await keptPages()) {
    const path = new URL(request.url).pathname;
    if (path === base || path.startsWith(base.endsWith("/") ? base : `${base}/`)) await cache.delete(request);
  }
}

async function keptPages() {
  if (!("caches" in globalThis)) return [];
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push([cache, request]);
  }
  return found;
}
