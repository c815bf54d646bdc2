import { change, deliver, listVersions, newId, remove } from "./kept.js";
import { contentOf, fill } from "./kept_form.js";
import { locales } from "./locales.js";
import { stateWords } from "./save_state.js";

/** The words for a date, or as it was written where there is none. */
function dayWords(value) {
  const day = new Date(`${value}T12:00`);
  return value && !Number.isNaN(day.getTime()) ? day.toLocaleDateString(locales, { day: "numeric", month: "long", year: "numeric" }) : value;
}

/** What a page would say of each field: names and words. */
function shownBy(form) {
  const shown = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    if (field.type === "radio") {
      if (field.checked) shown[field.name] = field.labels[0]?.querySelector(".choice__text")?.firstChild.textContent.trim();
    } else if (field.type === "date") shown[field.name] = dayWords(field.value);
    else shown[field.name] = (field.selectedOptions?.[0]?.textContent ?? field.value).trim();
  }
  const rows = [...form.querySelectorAll(".role-row")].map((row) => [...row.querySelectorAll("input")].map(({ value }) => value.trim()));
  if (rows.length) return { participants: rows.filter(([role]) => role).map((row) => row.join(": ")).join(", ") };
  return shown;
}

/**
 * Ties a form[data-keep-details] to what is kept of it: saved when its button is pressed, and not before. Who an
 * answer is from, or how it may be published, is nothing to be sent half-typed.
 */
export class KeptDetails {
  constructor(form) {
    this.form = form;
    this.key = form.getAttribute("action");
    this.id = newId();
    this.renderedAt = form.closest("main").dataset.renderedAt;
    this.isUnderWay = false;
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("pageshow", () => { this.isUnderWay = false; });
    /** Resolves when what was kept stands in the form again. */
    this.ready = this.open().catch(() => {});
  }

  get revision() {
    return this.form.elements.namedItem("revision");
  }

  isNewer(entry) {
    return entry?.state === "saved" && entry.savedAt > this.renderedAt;
  }

  async open() {
    const entry = (await listVersions(this.key)).at(-1);
    if (!entry) return;
    this.id = entry.id;
    // The page shows what was posted, and what is wrong with it.
    if ("keepUnsaved" in this.form.dataset) return;
    if (entry.state === "saved" && !this.isNewer(entry)) {
      await remove(entry.id);
      return;
    }
    fill(this.form, entry.fields);
    this.revision.value = entry.revision;
    this.show({ pending: "kept" }[entry.state] ?? entry.state, entry.savedAt);
  }

  submit(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    event.submitter?.setAttribute("aria-busy", "true");
    this.save().catch(() => "refused").then((outcome) => {
      event.submitter?.removeAttribute("aria-busy");
      if (outcome === "saved" || (outcome === "offline" && navigator.serviceWorker?.controller)) {
        location.assign(this.form.dataset.then);
      } else if (outcome === "offline") {
        this.isUnderWay = false;
        this.show("kept");
      } else {
        // Only the server can say what is wrong, or show both versions.
        HTMLFormElement.prototype.submit.call(this.form);
      }
    });
  }

  /** Keeps what stands there, and sends it; resolves to how that went. */
  async save() {
    const shown = shownBy(this.form);
    await change(this.id, (stored) => ({
      group: this.form.dataset.keepDetails,
      key: this.key,
      endpoint: this.key,
      page: this.key,
      label: this.form.dataset.keepLabel,
      fields: contentOf(this.form),
      shown,
      words: Object.values(shown).filter(Boolean),
      // What it was written on: a page out of the cache may be older than what is kept.
      revision: stored?.state === "pending" || this.isNewer(stored) ? stored.revision : this.revision.value,
      state: "pending",
    }));
    return (await deliver(this.id))?.outcome ?? "offline";
  }

  show(state, savedAt) {
    const output = this.form.querySelector("[data-save-state]");
    output.dataset.saveState = state;
    output.querySelector("[data-save-text]").textContent = stateWords(output, state, savedAt);
  }
}
