import { HalfTyped } from "./half_typed.js";
import { flush, list, newId, onRemoved, put, remove, withdraw } from "./kept.js";
import { contentOf } from "./kept_form.js";
import { writeTime } from "./save_state.js";

const RETRY_MS = 30000;
const COPIED_MS = 3000;
const DOUBLE_PRESS_MS = 1000;

/** A moment as the clock on this phone has it, with its offset from UTC. */
function localTime(moment = new Date()) {
  const offset = -moment.getTimezoneOffset();
  const twoDigits = (number) => String(Math.floor(number)).padStart(2, "0");
  const clock = new Date(moment.getTime() + offset * 60000).toISOString().slice(0, -1);
  return `${clock}${offset < 0 ? "-" : "+"}${twoDigits(Math.abs(offset) / 60)}:${twoDigits(Math.abs(offset) % 60)}`;
}

const valueOf = (entry, wanted) => entry.fields.find(([name]) => name === wanted)?.[1] ?? "";

/** The words beside a choice, without the sentence about it. */
const wordsOf = (input) => input?.labels[0]?.querySelector(".choice__text")?.firstChild.textContent.trim();

/**
 * A table host's page: main[data-keep-notes] names the group of notes. Each note is kept on this phone when it
 * is written, shown among the others, and sent when there is contact. Nothing of it goes before a page from the
 * server has it: the page may come out of the cache, and be older than the notes.
 */
export function startTable(main) {
  const table = new Table(main);
  table.takeUp().catch(() => {}).then(() => table.sync());
  const again = () => table.sync();
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") again(); });
  onRemoved(table.group, () => table.show());
}

class Table {
  constructor(main) {
    this.main = main;
    this.group = main.dataset.keepNotes;
    this.page = main.dataset.draftBase;
    this.form = main.querySelector("form[data-offline-form]");
    this.state = main.querySelector("[data-note-state]");
    this.editing = undefined;
    this.writtenAt = 0;
    this.syncing = undefined;
    this.retry = undefined;
    this.form?.addEventListener("submit", (event) => this.submit(event));
    this.typing = this.form && new HalfTyped(this.form, {
      group: this.group,
      key: this.page,
      page: this.page,
      label: () => main.dataset.keepLabel,
      text: "body",
      also: ["wording"],
    });
    main.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-note-action]");
      if (button) this.press(button).catch(() => {});
    });
  }

  get body() {
    return this.form?.elements.namedItem("body");
  }

  /** Puts back the note that was being written when the page was closed. */
  async takeUp() {
    const begun = await this.typing?.open();
    if (begun) this.say(this.state.dataset.begun, "kept");
  }

  submit(event) {
    event.preventDefault();
    if (this.writing) return;
    if (!this.body.value.trim()) {
      if (Date.now() - this.writtenAt < DOUBLE_PRESS_MS) return;
      this.say(this.state.dataset.empty, "refused");
      this.body.focus();
      return;
    }
    this.writing = this.write().finally(() => { this.writing = undefined; });
  }

  async write() {
    const id = newId();
    const { editing } = this;
    const fields = contentOf(this.form).filter(([name]) => name !== "client_id" && name !== "written_at");
    const wording = this.form.querySelector("input[name=wording]:checked");
    const prompt = this.form.elements.namedItem("prompt").value;
    const writtenAt = editing ? valueOf(editing, "written_at") : localTime();
    try {
      await put({
        id,
        group: this.group,
        key: `${this.page}#${id}`,
        endpoint: this.form.getAttribute("action"),
        page: this.page,
        label: this.main.dataset.keepLabel,
        words: [prompt && this.state.dataset.question.replace("{n}", prompt), wordsOf(wording)].filter(Boolean),
        fields: [["client_id", id], ["written_at", writtenAt], ...fields, ["wording", wording?.value ?? ""]],
      });
      await this.typing.forget();
      // Another note, not the same changed: the old words may be on their way.
      if (editing) await withdraw(editing.id);
    } catch {
      // No room, or a private window: the server is asked as if there were no scripts.
      HTMLFormElement.prototype.submit.call(this.form);
      return;
    }
    this.editing = undefined;
    this.writtenAt = Date.now();
    this.clear();
    await this.show();
    this.say(this.state.dataset.pending, "kept");
    this.sync();
  }

  /** Room for the next note. Its words are not quoted unless that is chosen anew; it is often about the same thing. */
  clear() {
    this.fill("", this.form.querySelector("input[name=wording]").value);
    this.body.focus();
  }

  fill(body, wording) {
    this.body.value = body;
    this.form.elements.namedItem("wording").value = wording;
    this.body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Sends what waits, one at a time; what is asked for meanwhile comes after. */
  sync() {
    this.syncing = (this.syncing ?? Promise.resolve()).then(() => this.send()).catch(() => {});
    return this.syncing;
  }

  async send() {
    clearTimeout(this.retry);
    let asksForPage = false;
    let isRefused = false;
    await this.show();
    if (!navigator.onLine) return;
    await flush(this.group, {
      told: async (entry, outcome, answer) => {
        asksForPage ||= outcome === "saved" || outcome === "conflict";
        if (outcome !== "refused" && outcome !== "conflict") return;
        isRefused = true;
        await put({ id: entry.id, reason: answer?.reason });
      },
    });
    const isFresh = !asksForPage || (await this.refresh());
    const waiting = await this.show();
    if (isRefused) this.say(this.state.dataset.refused, "refused");
    else if (asksForPage && !waiting.length) this.say(this.state.dataset.saved, "saved");
    // The browser may think that there is contact where there is none.
    if (!isFresh || waiting.some((entry) => entry.state === "pending")) this.retry = setTimeout(() => this.sync(), RETRY_MS);
  }

  /** Puts the notes as the server has them in the place of those on the page; resolves to whether they came. */
  async refresh() {
    const response = await fetch(this.page, { headers: { "X-Background": "1" }, redirect: "manual" }).catch(() => undefined);
    if (!response?.ok) return false;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const notes = fresh.querySelector("[data-table-notes]");
    if (!notes) return false;
    const isClosed = this.form && !fresh.querySelector("form[data-offline-form]");
    if (isClosed && !this.body.value.trim()) location.reload();
    this.main.querySelector("[data-table-notes]").replaceWith(document.adoptNode(notes));
    this.main.dataset.renderedAt = fresh.querySelector("main").dataset.renderedAt;
    return true;
  }

  /** Shows what this phone has and the page has not, and lets go of what the page has; resolves to what waits. */
  async show() {
    const entries = await list(this.group);
    const isOnPage = (entry) => entry.state === "saved" && entry.savedAt <= this.main.dataset.renderedAt;
    for (const entry of entries.filter(isOnPage)) await remove(entry.id);
    // What is being written stands in its field; when nothing more can be written, it stands here.
    const ours = entries.filter((entry) => !isOnPage(entry) && !(this.form && entry.state === "typing"));
    const notes = this.main.querySelector("[data-offline-list]");
    notes.querySelectorAll("[data-kept-note]").forEach((item) => item.remove());
    notes.append(...ours.map((entry) => this.item(entry)));
    notes.hidden = !notes.children.length;
    // Counted and approved is what the server has.
    this.main.querySelectorAll("[data-when-sent]").forEach((part) => { part.hidden = ours.length > 0; });
    return ours.filter((entry) => entry.state !== "saved");
  }

  item(entry) {
    const template = this.main.querySelector("template[data-note-template]");
    const item = template.content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`[data-part=${name}]`);
    const state = entry.state === "typing" ? "conflict" : entry.state;
    item.dataset.keptNote = entry.id;
    part("time").dateTime = valueOf(entry, "written_at");
    part("time").textContent = writeTime(valueOf(entry, "written_at").slice(11, 16));
    part("words").textContent = entry.words?.join(" · ") ?? "";
    part("state").textContent = state === "saved" ? template.dataset.saved : template.dataset.pending;
    part("state").dataset.tone = state === "saved" ? "success" : "warning";
    part("body").textContent = valueOf(entry, "body");
    part("body").id = `note-${entry.id}`;
    part("why").textContent = state === "saved" || state === "pending" ? "" : entry.reason ?? template.dataset[state];
    part("why").hidden = !part("why").textContent;
    const offered = { saved: [], pending: ["remove"], refused: ["copy", "change", "remove"], conflict: ["copy", "remove"] }[state];
    item.querySelectorAll("[data-note-action]").forEach((button) => {
      const { noteAction } = button.dataset;
      button.setAttribute("aria-describedby", part("body").id);
      const isPossible = { copy: Boolean(navigator.clipboard), change: Boolean(this.form), remove: true }[noteAction];
      button.hidden = !isPossible || !offered.includes(noteAction);
    });
    return item;
  }

  async press(button) {
    const item = button.closest("[data-kept-note]");
    const entry = (await list(this.group)).find(({ id }) => id === item.dataset.keptNote);
    if (!entry) return;
    if (button.dataset.noteAction === "copy") {
      await navigator.clipboard.writeText(valueOf(entry, "body"));
      const label = button.textContent;
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = label; }, COPIED_MS);
    } else if (button.dataset.noteAction === "remove") {
      if (!(await withdraw(entry.id))) return;
      if (this.editing?.id === entry.id) this.editing = undefined;
      this.say(this.state.dataset.removed, "idle");
      await this.show();
      (this.body ?? this.main).focus();
    } else {
      this.editing = entry;
      this.form.elements.namedItem("prompt").value = valueOf(entry, "prompt");
      this.fill(valueOf(entry, "body"), valueOf(entry, "wording"));
      this.body.focus();
    }
  }

  say(words, state) {
    this.state.dataset.saveState = state;
    this.state.textContent = words;
  }
}
