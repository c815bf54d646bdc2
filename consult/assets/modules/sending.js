// Posting a form behind the page. What the server answers:
//   200 {"revision": 8, "saved_at": "2026-10-28T11:03:00+00:00"}   saved
//   409                       somebody else has saved meanwhile; a note came too late
//   422 {"csrf_token": "…"}   the page's token is of an older session: tried once more with this one.
//                             Only this site can read the answer, as with the token in a page.
//   other 4xx                 the server will not have it: {"reason": "…"} in words, or a page from it says why

// Longer than this is no contact: what is written is safe, and a save that did arrive is recognised.
const PATIENCE_MS = 20000;

/** Posts fields; resolves to { outcome: "saved" | "conflict" | "refused" | "offline", answer }. */
export async function send(endpoint, body, { keepalive = false } = {}) {
  if (!body.has("csrf_token")) body.set("csrf_token", document.querySelector("input[name=csrf_token]")?.value ?? "");
  const first = await post(endpoint, body, keepalive);
  const fresh = first.answer?.csrf_token;
  if (!fresh) return first;
  document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = fresh; });
  body.set("csrf_token", fresh);
  return post(endpoint, body, keepalive);
}

async function post(endpoint, body, keepalive) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { Accept: "application/json", "X-Autosave": "1" },
      body,
      credentials: "same-origin",
      keepalive,
      signal: patience.signal,
    });
    if (response.status >= 500 || response.status === 429) return { outcome: "offline" };
    const answer = await response.json().catch(() => null);
    if (response.status === 409) return { outcome: "conflict", answer };
    return { outcome: response.ok && answer?.saved_at ? "saved" : "refused", answer };
  } catch {
    return { outcome: "offline" };
  } finally {
    clearTimeout(timer);
  }
}
