// Saving one part of a draft while it is written, by one or by several at once.
import { Autosave } from "./autosave.js";

// Also who writes without a pause is saved now and then.
const LONGEST_MS = 4000;

/**
 * What the server answers, besides what sending.js tells: base, the number that a page goes on from while it shows
 * what it sent; merged, the part as it stands now, where somebody else's words have been put together with ours.
 */
export class DraftSave extends Autosave {
  constructor(form, editor) {
    super(form);
    this.editor = editor;
    this.saved = this.snapshot();
    window.addEventListener("beforeunload", (event) => {
      if (!this.isSending && this.isUnsaved && ["conflict", "sealed", "refused", "unsaved"].includes(this.output.dataset.saveState)) event.preventDefault();
    });
  }

  /** The fields of the text itself: buttons and ticks elsewhere on the page belong to the same form. */
  fields() {
    const own = [...new FormData(this.form)].filter(([name]) => !["passages", "reason", "new_heading"].includes(name));
    return own.map(([name, value]) => [name, String(value)]);
  }

  body() {
    return new URLSearchParams(this.fields());
  }

  snapshot() {
    return JSON.stringify(this.fields().filter(([name]) => !["csrf_token", "revision", "window"].includes(name)));
  }

  get isUnsaved() {
    return this.snapshot() !== this.saved;
  }

  schedule(delay) {
    this.since ??= Date.now();
    super.schedule(Math.max(0, Math.min(delay, this.since + LONGEST_MS - Date.now())));
  }

  save(options) {
    this.since = undefined;
    if (!this.running) this.under = super.save(options);
    return this.under;
  }

  submit(event) {
    this.isSending = true;
    super.submit(event);
  }

  /** Resolves when what stands there is saved, or cannot be. */
  async flush() {
    await this.under;
    if (this.isUnsaved) await this.save();
    return !this.isUnsaved;
  }

  async post(options) {
    const sent = { document: this.editor.getJSON(), others: this.others() };
    const result = await super.post(options);
    if (result.outcome === "saved") this.takeUp(result.answer, sent);
    if (result.answer?.sealed) this.show("sealed");
    return result;
  }

  /** What the form holds besides the text. */
  others() {
    return JSON.stringify(this.fields().filter(([name]) => !["csrf_token", "revision", "window", "text-json"].includes(name)));
  }

  /** Shows what others wrote; where one is writing at the same place, with the next save. */
  takeUp({ revision, base, merged, saved_at: savedAt }, sent) {
    const wasWriting = this.isUnsaved;
    const isTaken = Boolean(merged) && !this.editor.view.composing && this.others() === sent.others && this.editor.takeUp(sent.document, merged.document);
    this.form.elements.namedItem("revision").value = !merged || isTaken ? revision : base;
    if (!isTaken) return;
    this.fill(merged);
    this.saved = wasWriting ? undefined : this.snapshot();
    this.show("merged", savedAt);
  }

  fill(merged) {
    const { elements } = this.form;
    if (elements.heading) elements.heading.value = merged.heading;
    for (const input of this.form.querySelectorAll("[name=stance]")) input.checked = input.value === merged.stance;
    for (const input of this.form.querySelectorAll("[name=modifiers]")) input.checked = merged.modifiers.includes(input.value);
    if (elements.no_comments) elements.no_comments.checked = merged.no_comments;
  }
}
