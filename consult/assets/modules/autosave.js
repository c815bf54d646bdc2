const PAUSE_MS = 1000;
const RETRY_MS = [2000, 5000, 15000, 30000];
// Browsers refuse keepalive requests with larger bodies.
const KEEPALIVE_BYTES = 60000;

/** Saves one form while it is written, one request at a time, and says honestly how it went. */
export class Autosave {
  constructor(form) {
    this.form = form;
    this.output = form.querySelector("[data-save-state]");
    this.saved = this.snapshot();
    this.timer = undefined;
    this.running = false;
    this.stopped = false;
    this.failures = 0;
    this.announced = undefined;
    this.settled = { state: this.output?.dataset.saveState, words: this.output?.textContent.trim() };
    this.listen();
  }

  listen() {
    this.form.addEventListener("input", () => {
      if (this.stopped) return;
      if (this.snapshot() !== this.saved) this.show("saving");
      else if (!this.running) this.showSettled();
      this.schedule(PAUSE_MS);
    });
    this.form.addEventListener("change", () => this.schedule(0));
    this.form.addEventListener("focusout", () => this.schedule(0));
    this.form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      // The real submit carries everything; a late save would only make a conflict with it.
      this.stopped = true;
      clearTimeout(this.timer);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.stopped = false;
    });
    window.addEventListener("online", () => this.schedule(0));
    window.addEventListener("pagehide", () => this.saveOnLeaving());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.saveOnLeaving();
    });
  }

  /** What the form holds now, without the fields that are not the writer's. */
  snapshot() {
    const fields = this.fields();
    fields.delete("csrf_token");
    fields.delete("revision");
    fields.delete("noticed");
    return new URLSearchParams(fields).toString();
  }

  /** The fields that a save sends: everything but files, which go with the real submit. */
  fields() {
    const fields = new FormData(this.form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    return fields;
  }

  schedule(delay) {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  saveOnLeaving() {
    if (this.stopped || this.running || this.snapshot() === this.saved) return;
    this.save({ leaving: true });
  }

  async save({ leaving = false } = {}) {
    const content = this.snapshot();
    if (this.stopped || this.running || content === this.saved) return;
    this.running = true;
    this.show("saving");
    const body = new URLSearchParams(this.fields());
    let response;
    try {
      // The attribute: a field named "action" would stand in the way of the property.
      response = await fetch(this.form.dataset.autosaveUrl ?? this.form.getAttribute("action"), {
        method: "POST",
        headers: { Accept: "application/json", "X-Autosave": "1" },
        body,
        credentials: "same-origin",
        keepalive: leaving && body.toString().length < KEEPALIVE_BYTES,
      });
    } catch {
      this.running = false;
      this.fail();
      return;
    }
    this.running = false;
    await this.settle(response, content);
  }

  async settle(response, content) {
    if (response.status === 409) {
      this.stopped = true;
      this.show("conflict");
      return;
    }
    if (response.status >= 500) {
      this.fail();
      return;
    }
    const answer = await response.json().catch(() => null);
    if (!response.ok || !answer?.saved_at) {
      // Signed out, past the deadline, or not acceptable: only a page from the server can say which.
      this.show("refused");
      return;
    }
    this.failures = 0;
    this.saved = content;
    const revision = this.form.elements.namedItem("revision");
    if (revision) revision.value = answer.revision;
    this.show("saved", answer.saved_at);
    if (this.snapshot() !== content) this.schedule(PAUSE_MS);
  }

  fail() {
    this.show("unsaved");
    const delay = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.schedule(delay);
  }

  /** Sets the state's name and words; savedAt is an ISO moment. */
  show(state, savedAt) {
    const { output } = this;
    if (!output) return;
    const lang = document.documentElement.lang;
    const time = savedAt
      ? new Date(savedAt).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Oslo" }).replace(":", lang === "en" ? ":" : ".")
      : "";
    output.dataset.saveState = state;
    const words = output.dataset[state].replace("{time}", time);
    const text = output.querySelector("[data-save-text]");
    text.textContent = words;
    if (state !== "saving") this.settled = { state, words };
    if (state === "conflict" && output.dataset.conflictHref) {
      const link = document.createElement("a");
      link.href = output.dataset.conflictHref;
      link.textContent = output.dataset.conflictLink;
      text.append(" ", link);
    }
    this.announce(state, words);
  }

  /** Shows again how the last save went: the writer has taken the change back. */
  showSettled() {
    const { output } = this;
    if (!output) return;
    output.dataset.saveState = this.settled.state;
    output.querySelector("[data-save-text]").textContent = this.settled.words;
  }

  /** Reads a state out when it is another than last time: a save after every pause would be noise. */
  announce(state, words) {
    const region = this.output.querySelector("[data-save-announcement]");
    if (!region || state === "saving" || state === this.announced) return;
    this.announced = state;
    region.textContent = words;
    setTimeout(() => { region.textContent = ""; }, 5000);
  }
}
