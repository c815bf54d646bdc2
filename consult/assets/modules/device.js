import { listKeptDrafts, removeKeptPages } from "./caches.js";
import { list, remove, removeAll } from "./kept.js";

/**
 * [data-device]: what is on this machine, and deleting it. data-group and data-base name one draft; without
 * them it is about all of this site. Also on the page that stands in for others when there is no contact.
 */
export function startDevicePage() {
  const place = document.querySelector("[data-device]");
  if (!place) return;
  const { group, base } = place.dataset;
  showTexts(place, group).catch(() => {});
  showPages(place).catch(() => {});
  const offline = place.querySelector("[data-offline]");
  place.querySelector("form[data-forget]")?.addEventListener("submit", async (event) => {
    // What is to go everywhere goes here only when it can go there.
    if (!navigator.onLine && !offline) return;
    event.preventDefault();
    const form = event.target;
    await removeAll(group).catch(() => {});
    await removeKeptPages(base).catch(() => {});
    if (!base) await removeWorker().catch(() => {});
    if (navigator.onLine) HTMLFormElement.prototype.submit.call(form);
    else offline.hidden = false;
    showTexts(place, group).catch(() => {});
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

async function showTexts(place, group) {
  const holder = place.querySelector("[data-kept-texts]");
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
    text.textContent = [...(entry.words ?? []), entry.fields.find(([name]) => name === "text")?.[1] ?? ""].join("\n");
    details.append(summary, text);
    item.append(details);
    return item;
  }));
}

async function showPages(place) {
  const holder = place.querySelector("[data-kept-pages]");
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
