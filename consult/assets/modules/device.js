import { listKeptDrafts, removeKeptPages } from "./caches.js";
import { list, remove, removeAll } from "./kept.js";

/**
 * What is on this machine, and deleting it: form[data-forget] with data-group and data-base of one draft, or
 * without for all of this site. [data-kept-texts] and [data-kept-pages] are lists of what there is.
 */
export function startDevicePage() {
  const form = document.querySelector("form[data-forget]");
  const { group, base } = form?.dataset ?? {};
  showTexts(group).catch(() => {});
  showPages().catch(() => {});
  const offline = document.querySelector("[data-forget-offline]");
  form?.addEventListener("submit", async (event) => {
    // What is to go everywhere goes here only when it can go there.
    if (!navigator.onLine && !offline) return;
    event.preventDefault();
    await removeAll(group).catch(() => {});
    await removeKeptPages(base).catch(() => {});
    if (!base) await removeWorker().catch(() => {});
    if (navigator.onLine) HTMLFormElement.prototype.submit.call(form);
    else offline.hidden = false;
    showTexts(group).catch(() => {});
  });
}

/** The receipt: what was kept for the draft goes, but for texts that did not come along. */
export async function startSentPage() {
  const place = document.querySelector("[data-sent]");
  if (!place) return;
  await removeKeptPages(place.dataset.base).catch(() => {});
  const entries = await list(place.dataset.sent).catch(() => []);
  for (const entry of entries) if (entry.state === "saved") await remove(entry.id);
}

async function removeWorker() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith("consult-")) await caches.delete(name);
}

async function showTexts(group) {
  const holder = document.querySelector("[data-kept-texts]");
  if (!holder) return;
  const waiting = (await list(group)).filter((entry) => entry.state !== "saved");
  holder.hidden = !waiting.length;
  holder.querySelector("[data-kept-list]").replaceChildren(...waiting.map((entry) => {
    const item = document.createElement("li");
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = entry.label;
    const text = document.createElement("p");
    text.className = "mail-text";
    text.textContent = [...(entry.words ?? []), entry.fields.find(([name]) => name === "text" || name === "body")?.[1] ?? ""].join("\n");
    details.append(summary, text);
    item.append(details);
    return item;
  }));
}

async function showPages() {
  const holder = document.querySelector("[data-kept-pages]");
  if (!holder) return;
  const drafts = await listKeptDrafts();
  holder.hidden = !drafts.length;
  holder.querySelector("ul").replaceChildren(...drafts.map(({ href, name }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    Object.assign(link, { href, textContent: name });
    item.append(link);
    return item;
  }));
}
