import { listVersions, put, remove } from "./kept.js";
import { contentOf } from "./kept_form.js";
import { send } from "./sending.js";

const loosely = (fields) => JSON.stringify(fields.filter(([, value]) => value).map(([name, value]) => [name, value.normalize().replace(/\s+/g, " ").trim()]));

/**
 * The page with both versions: what is kept on this device goes only when the writer has chosen.
 *
 * [data-choice] is a form with the version it would save, or a link that keeps the other one. The one
 * that holds the writer's own version says so: data-choice="mine".
 */
export async function startChoosing() {
  const mine = document.querySelector("form[data-choice=mine]");
  if (!mine) return;
  const own = loosely(contentOf(mine));
  const versions = await listVersions(mine.getAttribute("action")).catch(() => []);
  const entry = versions.findLast?.((version) => version.state !== "saved" && loosely(version.fields) === own);
  if (!entry) return;
  document.querySelectorAll("a[data-choice]").forEach((link) => link.addEventListener("click", async (event) => {
    event.preventDefault();
    await remove(entry.id).catch(() => {});
    location.assign(link.href);
  }));
  document.querySelectorAll("form[data-choice]").forEach((form) => form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const isDone = await choose(entry, form).catch(() => false);
    if (isDone) location.assign(form.dataset.then);
    else HTMLFormElement.prototype.submit.call(form);
  }));
}

/** Saves the chosen version in the place of the kept one; resolves to whether nothing is left to be shown. */
async function choose(entry, form) {
  form.elements.namedItem("window").value = entry.id;
  // Whatever happens to the line, the choice is kept.
  const revision = Number(form.elements.namedItem("revision").value);
  await put({ id: entry.id, fields: contentOf(form), revision, state: "pending" });
  const { outcome } = await send(form.getAttribute("action"), new URLSearchParams(new FormData(form)));
  if (outcome === "saved") await remove(entry.id);
  return outcome === "saved" || outcome === "offline";
}
