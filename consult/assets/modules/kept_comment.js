import { HalfTyped } from "./half_typed.js";
import { change, deliver, list, newId, remove } from "./kept.js";
import { contentOf, fill } from "./kept_form.js";
import { stateWords } from "./save_state.js";
import { send } from "./sending.js";

/**
 * A comment on the paper: form[data-keep-comment] names the group. What is typed is kept at once; a new comment whose
 * button was pressed is kept until the server has it, each as an entry of its own that the server stores once. A
 * change of a stored one (data-changes) is sent, or goes on standing in the form. Where it leads stands in data-then and
 * data-then-offline, of the button or else of the form; a button with data-then goes on from an empty form as well.
 */
export class KeptComment {
  constructor(form) {
    this.form = form;
    this.group = form.dataset.keepComment;
    this.place = location.pathname + location.search;
    this.id = form.elements.namedItem("window")?.value || newId();
    this.isUnderWay = false;
    this.choosePlace();
    const about = { group: this.group, key: this.place, page: this.place, label: () => this.label, text: "text" };
    this.typing = new HalfTyped(form, about);
    form.addEventListener("submit", (event) => this.submit(event));
    document.querySelectorAll("main form").forEach((other) => {
      if (other !== form) other.addEventListener("submit", () => this.typing.forget());
    });
    /** Resolves when what was kept stands in the form again. */
    this.ready = this.open().catch(() => {});
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  get label() {
    const chosen = this.field("section")?.selectedOptions[0];
    return chosen?.value ? `${this.form.dataset.keepLabel}: ${chosen.textContent.trim()}` : this.form.dataset.keepLabel;
  }

  /** The page may have come out of the cache, for any section: the address says which, and what was marked. */
  choosePlace() {
    const wanted = new URLSearchParams(location.search);
    const section = this.field("section");
    if (!section || !wanted.has("section")) return;
    section.value = wanted.get("section");
    this.field("quote").value = wanted.get("quote") ?? "";
    this.showQuote();
  }

  showQuote() {
    const quote = document.querySelector("[data-quote]");
    if (!quote) return;
    quote.textContent = this.field("quote").value;
    quote.hidden = !quote.textContent;
  }

  async open() {
    const entry = (await list(this.group)).find(({ id }) => id === location.hash.slice(1));
    if (entry) {
      this.id = entry.id;
      fill(this.form, entry.fields);
      this.show(entry.state === "pending" ? "kept" : entry.state, entry.savedAt);
      await this.typing.open();
    } else {
      const typed = await this.typing.open();
      if (typed?.revision) this.field("revision").value = typed.revision;
      if (typed) this.show("kept");
    }
    this.showQuote();
  }

  submit(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (this.isUnderWay) return;
    const { submitter } = event;
    const { then, thenOffline } = { ...this.form.dataset, ...submitter?.dataset };
    if (submitter?.dataset.then && !this.field("text").value.trim()) {
      location.assign(then);
      return;
    }
    this.isUnderWay = true;
    submitter?.setAttribute("aria-busy", "true");
    this.save().catch(() => "refused").then((outcome) => {
      submitter?.removeAttribute("aria-busy");
      this.isUnderWay = false;
      if (outcome === "saved") location.assign(then);
      else if (outcome === "kept") location.assign(thenOffline);
      else if (outcome === "offline") this.show("unsaved");
      else this.submitForReal();
    });
  }

  async save() {
    if (!this.field("text").value.trim()) return "refused";
    if ("changes" in this.form.dataset) {
      const { outcome } = await send(this.form.getAttribute("action"), new URLSearchParams(new FormData(this.form)));
      if (outcome === "saved") await this.typing.forget();
      return outcome;
    }
    const entry = await change(this.id, () => ({
      group: this.group,
      key: `${this.place}#${this.id}`,
      endpoint: this.form.getAttribute("action"),
      page: `${this.place}#${this.id}`,
      label: this.label,
      fields: contentOf(this.form),
      state: "pending",
    }));
    const outcome = (await deliver(entry.id))?.outcome ?? "offline";
    if (outcome === "saved" || outcome === "offline") await this.typing.forget();
    if (outcome === "saved") await remove(entry.id);
    return outcome === "offline" && navigator.serviceWorker?.controller ? "kept" : outcome;
  }

  /** Only the server can say what is wrong. */
  submitForReal() {
    const name = this.field("window");
    if (name) name.value = this.id;
    HTMLFormElement.prototype.submit.call(this.form);
  }

  show(state, savedAt) {
    const output = this.form.querySelector("[data-save-state]");
    output.dataset.saveState = state;
    output.querySelector("[data-save-text]").textContent = stateWords(output, state, savedAt);
  }
}
