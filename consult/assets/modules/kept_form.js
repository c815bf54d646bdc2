import { hold, listVersions, newId, onRemoved, put, remove, settle } from "./kept.js";

// What is not the writer's, but the page's.
const OWN = new Set(["csrf_token", "revision", "window", "step", "noticed", "wording"]);

const withNewlines = (value) => String(value).replace(/\r\n/g, "\n");

/** What the writer has put into a form: pairs of name and value, without files. */
export function contentOf(form) {
  return [...new FormData(form)]
    .filter(([name, value]) => !OWN.has(name) && !(value instanceof File))
    .map(([name, value]) => [name, withNewlines(value)]);
}

const asText = (fields) => JSON.stringify(fields.filter(([, value]) => value).map(([name, value]) => [name, value.trimEnd()]));

/** Whether two contents say the same. */
export function isSame(a, b) {
  return asText(a) === asText(b);
}

/** Puts back what somebody has written. */
export function fill(form, fields) {
  for (const field of form.elements) {
    if (!field.name || OWN.has(field.name) || field.type === "file") continue;
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.type !== "submit" && field.type !== "button") field.value = values[0] ?? "";
  }
  form.querySelectorAll("textarea").forEach((area) => area.dispatchEvent(new Event("input", { bubbles: true })));
}

/** The words that stand beside what is chosen, to be shown where the form is not. */
function chosenWords(form) {
  return [...form.querySelectorAll("input:checked")].map((input) => input.labels[0]?.querySelector(".choice__text")?.textContent.trim() ?? input.labels[0]?.textContent.trim() ?? input.value);
}

/**
 * Ties a form[data-keep] to its entry: group in data-keep, name in data-keep-label.
 *
 * open() takes up what was left on this device, unless another window is writing in it.
 */
export class KeptForm {
  constructor(form) {
    this.form = form;
    this.key = form.getAttribute("action");
    this.group = form.dataset.keep;
    this.entry = undefined;
    this.removed = false;
    onRemoved(this.group, () => { this.removed = true; });
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  get revision() {
    return Number(this.field("revision").value);
  }

  /** Resolves to the entry that was put back into the form, if there was one. */
  async open() {
    const before = contentOf(this.form);
    for (const entry of (await listVersions(this.key)).reverse()) {
      if (!(await hold(entry.id))) continue;
      const taken = await this.take(entry, before);
      if (taken) return taken;
    }
    if (this.id) return undefined;
    this.id = newId();
    await hold(this.id);
    // Not the one that came with the page: a page out of the cache has it each time it is opened.
    this.field("window").value = this.id;
    return undefined;
  }

  async take(entry, before) {
    const isShown = !("keepUnsaved" in this.form.dataset) && isSame(before, entry.fields) && !entry.step;
    // A page out of the cache may be older than what is kept: then its being the same means nothing.
    const isOlder = (entry.revision ?? 0) <= this.revision;
    if (isOlder && (isShown || entry.state === "saved")) {
      await remove(entry.id);
      return undefined;
    }
    // Somebody is typing already: what is kept stays a version of its own.
    if (!isSame(before, contentOf(this.form))) return undefined;
    this.id = entry.id;
    this.entry = entry;
    this.field("window").value = entry.id;
    if (entry.revision !== undefined) this.field("revision").value = entry.revision;
    if (!entry.step) fill(this.form, entry.fields);
    return entry;
  }

  /** Keeps what the form holds now, as saved where the server has just that; resolves to whether it went well. */
  async write({ step, isSaved = false } = {}) {
    if (this.removed || !this.id) return false;
    try {
      this.entry = await put({
        id: this.id,
        group: this.group,
        key: this.key,
        endpoint: this.key,
        page: this.key,
        label: this.form.dataset.keepLabel,
        fields: contentOf(this.form),
        words: chosenWords(this.form),
        revision: this.revision,
        step,
        state: isSaved ? "saved" : "pending",
      });
      return true;
    } catch {
      return false;
    }
  }

  /** Notes how a save of the given content went. */
  async settle(result, content) {
    if (!this.entry || this.removed) return;
    try {
      if (result.outcome === "saved" && !isSame(content, contentOf(this.form))) {
        this.entry = await put({ id: this.id, revision: result.answer.revision });
      } else {
        this.entry = await settle(this.entry, result);
      }
    } catch { /* the server has it */ }
  }
}
