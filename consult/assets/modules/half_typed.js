import { hold, listVersions, newId, onRemoved, put, remove } from "./kept.js";
import { contentOf, fill } from "./kept_form.js";

const PAUSE_MS = 300;

/**
 * Keeps what stands in a form that no button was pressed for, and offers it again in its fields. It is
 * never sent: that is for whoever presses the button.
 *
 * about: group, key (two forms of one key take up each other's text), page, label(), and text, the name of the field
 * without which there is nothing to keep; also: further fields that contentOf() takes for the page's own. Each window
 * has an entry of its own.
 */
export class HalfTyped {
  constructor(form, { group, key, page, label, text, also = [] }) {
    Object.assign(this, { form, group, key, page, label, also });
    this.area = form.elements.namedItem(text);
    // What was posted and refused is typed still.
    this.first = "keepUnsaved" in form.dataset ? "" : this.area.value;
    this.timer = undefined;
    this.isRemoved = false;
    form.addEventListener("input", () => this.keepSoon());
    form.addEventListener("change", () => this.keepSoon());
    window.addEventListener("pagehide", () => this.keep());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.keep(); });
    onRemoved(group, () => { this.isRemoved = true; });
  }

  get isTyped() {
    return this.area.value.trim() !== "" && this.area.value !== this.first;
  }

  /** Puts back what no open window is writing in; resolves to the entry, if there was one. */
  async open() {
    for (const entry of (await listVersions(this.key)).reverse()) {
      // Somebody is typing already: what is kept stays a text of its own.
      if (entry.state !== "typing" || !(await hold(entry.id)) || this.isTyped) continue;
      this.id = entry.id;
      fill(this.form, entry.fields);
      entry.fields.filter(([name]) => this.also.includes(name)).forEach(([name, value]) => { this.form.elements.namedItem(name).value = value; });
      return entry;
    }
    this.id = newId();
    await hold(this.id);
    return undefined;
  }

  keepSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE_MS);
  }

  async keep() {
    clearTimeout(this.timer);
    if (!this.id || this.isRemoved) return;
    if (!this.isTyped) {
      await remove(this.id).catch(() => {});
      return;
    }
    const { id, group, key, page } = this;
    const also = this.also.map((name) => [name, this.form.elements.namedItem(name).value]);
    const fields = [...contentOf(this.form), ...also];
    const revision = this.form.elements.namedItem("revision")?.value || undefined;
    await put({ id, group, key, page, label: this.label(), fields, revision, state: "typing" }).catch(() => {});
  }

  /** What was typed has been put in: the form begins anew. */
  async forget() {
    clearTimeout(this.timer);
    if (this.id) await remove(this.id).catch(() => {});
  }
}
