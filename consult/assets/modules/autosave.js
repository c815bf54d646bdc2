import { contentOf } from "./kept_form.js";
import { stateWords } from "./save_state.js";
import { send } from "./sending.js";

const PAUSE_MS = 1000;
const KEEP_MS = 300;
const RETRY_MS = [2000, 5000, 15000, 30000];
// Browsers refuse keepalive requests with larger bodies.
const KEEPALIVE_BYTES = 60000;

/** Saves one form while it is written, one request at a time, and says honestly how it went. */
export class Autosave {
  /** kept: a KeptForm when what is written is kept on this device as well. */
  constructor(form, kept) {
    this.form = form;
    this.output = form.querySelector("[data-save-state]");
    this.saved = "keepUnsaved" in form.dataset ? undefined : this.snapshot();
    this.timer = undefined;
    this.keeping = undefined;
    this.running = false;
    this.stopped = false;
    this.failures = 0;
    this.announced = undefined;
    this.settled = { state: this.output?.dataset.saveState, words: this.output?.textContent.trim() };
    this.listen();
    this.step = undefined;
    /** Resolves when what was left on this device has been taken up. */
    this.ready = kept ? this.take(kept) : Promise.resolve();
  }

  listen() {
    this.form.addEventListener("input", () => {
      this.step = undefined;
      this.keepSoon();
      if (this.stopped) return;
      if (this.snapshot() !== this.saved) this.show("saving");
      else if (!this.running) this.showSettled();
      this.schedule(PAUSE_MS);
    });
    this.form.addEventListener("change", () => this.schedule(0));
    this.form.addEventListener("focusout", () => this.schedule(0));
    this.form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      // Its claim on what is kept was let go when it was left.
      if (this.kept) location.reload();
      this.stopped = false;
    });
    window.addEventListener("online", () => this.schedule(0));
    window.addEventListener("pagehide", () => this.saveOnLeaving());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.saveOnLeaving();
      else this.schedule(0);
    });
  }

  /** Takes up what was left on this device, and sends it. */
  async take(kept) {
    const entry = await kept.open().catch(() => undefined);
    if (!kept.id) return;
    this.kept = kept;
    if (!entry) {
      if (this.snapshot() !== this.saved) this.keepSoon();
      return;
    }
    if (entry.state === "saved") {
      this.saved = this.snapshot();
      this.show("saved", entry.savedAt);
      return;
    }
    this.show("kept");
    this.step = entry.step;
    this.schedule(0);
  }

  /** What the form holds now, without the fields that are not the writer's. */
  snapshot() {
    return JSON.stringify(contentOf(this.form));
  }

  /** The fields that a save sends: everything but files, which go with the real submit. */
  body() {
    const fields = new FormData(this.form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    return new URLSearchParams(fields);
  }

  keepSoon() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), KEEP_MS);
  }

  /** Keeps what stands there; a change that was taken back is not sent later. */
  keep() {
    clearTimeout(this.keeping);
    if (!this.kept) return;
    const isSaved = this.snapshot() === this.saved;
    if (!isSaved) this.kept.write();
    else if (this.kept.entry && this.kept.entry.state !== "saved" && !this.step) this.kept.write({ isSaved });
  }

  schedule(delay) {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  saveOnLeaving() {
    if (!this.leaving) this.keep();
    if (!this.stopped && !this.running) this.save({ leaving: true });
  }

  async save({ leaving = false } = {}) {
    if (this.stopped || this.running) return;
    if (this.snapshot() === this.saved) {
      // A button was pressed without contact: press it now, and show what the server makes of it.
      if (this.step && !leaving) this.leave(this.step, location.href);
      return;
    }
    this.running = true;
    this.show("saving");
    const { outcome } = await this.post({ leaving });
    this.running = false;
    if (outcome === "saved" && this.snapshot() !== this.saved) this.schedule(PAUSE_MS);
    if (outcome === "offline") this.retry();
  }

  /** Posts what stands there now, and shows how it went. */
  async post({ leaving = false, step } = {}) {
    const content = contentOf(this.form);
    const snapshot = this.snapshot();
    const body = this.body();
    if (step) body.set("step", step);
    const writing = this.kept?.write({ step });
    const isKept = leaving ? undefined : await writing;
    // The attribute: a field named "action" would stand in the way of the property.
    const address = this.form.dataset.autosaveUrl ?? this.form.getAttribute("action");
    const result = await send(address, body, { keepalive: leaving && body.toString().length < KEEPALIVE_BYTES });
    await writing;
    await this.kept?.settle(result, content);
    if (result.outcome === "saved") {
      this.failures = 0;
      this.saved = snapshot;
      const revision = this.form.elements.namedItem("revision");
      if (revision) revision.value = result.answer.revision;
    }
    if (result.outcome === "conflict") this.stopped = true;
    this.show(result.outcome === "offline" ? (isKept ? "kept" : "unsaved") : result.outcome, result.answer?.saved_at, result.answer?.reason);
    return { ...result, isKept };
  }

  retry() {
    const delay = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.schedule(delay);
  }

  submit(event) {
    if (event.defaultPrevented) return;
    // What the button does carries everything; a late save would only make a conflict with it.
    this.stopped = true;
    clearTimeout(this.timer);
    const button = event.submitter;
    if (!this.kept || !button?.dataset.then) return;
    event.preventDefault();
    if (!this.leaving) this.leave(button.value, button.dataset.then, button);
  }

  /** Saves, and goes on to where the button leads; without contact too, once the text is kept here. */
  async leave(step, address, button) {
    this.leaving = true;
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.keeping);
    button?.setAttribute("aria-busy", "true");
    while (this.running) await new Promise((resolve) => { setTimeout(resolve, 50); });
    const marked = step === "no_comments" ? step : undefined;
    if (marked && button && contentOf(this.form).some(([, value]) => value)) {
      this.submitForReal(step);
      return;
    }
    const { outcome, isKept } = marked || this.snapshot() !== this.saved ? await this.post({ step: marked }) : { outcome: "saved" };
    button?.removeAttribute("aria-busy");
    if (outcome === "saved" || (button && outcome === "offline" && isKept && navigator.serviceWorker?.controller)) {
      if (address === location.href) location.reload();
      else location.assign(address);
      return;
    }
    this.leaving = false;
    if (outcome === "offline") {
      this.stopped = false;
      this.retry();
    } else if (button) {
      this.submitForReal(step);
    }
  }

  /** Leaves the page to the server: only it can show both versions, or say why not. */
  submitForReal(step) {
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: "step", value: step });
    this.form.append(pressed);
    HTMLFormElement.prototype.submit.call(this.form);
  }

  /** Sets the state's name and words; savedAt is an ISO moment, reason the server's word on why not. */
  show(state, savedAt, reason) {
    const { output } = this;
    if (!output) return;
    output.dataset.saveState = state;
    const because = state === "refused" && reason ? output.dataset.refusedBecause : undefined;
    const words = because ? `${because} ${reason}` : stateWords(output, state, savedAt);
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
