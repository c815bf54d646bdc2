// A form[data-picker] with a select becomes a combobox with a list to filter (ARIA APG, "Editable
// combobox with list autocomplete"). The select stays in the form and carries the choice.
import { announce } from "./announce.js";

function normalise(text) {
  // æ, ø and å are letters of their own and stay; accents on others do not matter when one searches.
  return text.toLocaleLowerCase("nb").replace(/[éèêë]/g, "e").replace(/[óòô]/g, "o").replace(/[áàâ]/g, "a");
}

class Picker {
  constructor(form) {
    this.form = form;
    this.select = form.querySelector("select");
    this.options = [...this.select.options].map((option, index) => this.drawOption(option, index));
    this.shown = [];
    this.at = -1;
    this.build();
    this.filter();
  }

  drawOption(option, index) {
    const item = document.createElement("li");
    item.id = `${this.select.id}-option-${index}`;
    item.className = "picker__option";
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.value = option.value;
    item.textContent = option.text;
    return { item, text: normalise(option.text) };
  }

  build() {
    const { form, select } = this;
    const label = form.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const id = select.id;
    this.input = document.createElement("input");
    Object.assign(this.input, { id, type: "text", className: "ds-input", autocomplete: "off" });
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${id}-list`, className: "picker__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label.textContent);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(attributes).forEach(([name, value]) => this.input.setAttribute(name, value));
    if (select.dataset.key) {
      this.input.dataset.key = select.dataset.key;
      delete select.dataset.key;
    }
    select.id = `${id}-choice`;
    select.hidden = true;
    form.querySelector("button[type=submit]").hidden = true;
    label.after(this.input, this.list);
    this.input.addEventListener("input", () => { this.filter(); this.open(); });
    this.input.addEventListener("focus", () => this.open());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    // A press must not take the focus from the field before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.apply(item);
    });
  }

  filter() {
    const words = normalise(this.input.value).split(/\s+/).filter(Boolean);
    this.shown = this.options.filter(({ text }) => words.every((word) => text.includes(word))).map(({ item }) => item);
    this.list.replaceChildren(...this.shown);
    this.mark(words.length && this.shown.length ? 0 : -1);
    if (!words.length) return;
    const { none, one, many } = this.form.dataset;
    const count = this.shown.length;
    announce(count === 0 ? none : count === 1 ? one : many.replace("{n}", count));
  }

  mark(index) {
    this.shown[this.at]?.setAttribute("aria-selected", "false");
    this.options.forEach(({ item }) => item.setAttribute("aria-selected", "false"));
    this.at = index;
    const item = this.shown[index];
    if (!item) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  open() {
    this.list.hidden = this.shown.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  onKey(event) {
    const last = this.shown.length - 1;
    const steps = {
      ArrowDown: () => { this.open(); this.mark(this.at >= last ? 0 : this.at + 1); },
      ArrowUp: () => { this.open(); this.mark(this.at <= 0 ? last : this.at - 1); },
      Enter: () => { if (this.shown[this.at]) this.apply(this.shown[this.at]); },
      Escape: () => this.leave(),
    };
    if (!steps[event.key] || event.isComposing) return;
    event.preventDefault();
    steps[event.key]();
  }

  /** Escape empties the field first, and leaves it when it is empty (APG). */
  leave() {
    if (this.input.value) {
      this.input.value = "";
      this.filter();
    } else {
      this.input.blur();
    }
  }

  apply(item) {
    this.select.value = item.dataset.value;
    this.input.value = "";
    this.filter();
    this.input.blur();
    this.form.requestSubmit();
  }
}

const started = new WeakSet();

function start(root) {
  root.querySelectorAll("form[data-picker]").forEach((form) => {
    if (started.has(form)) return;
    started.add(form);
    new Picker(form);
  });
}

/** Enhances the pickers on the page, and those that htmx brings later. */
export function startPickers() {
  start(document);
  document.addEventListener("htmx:after:swap", () => start(document));
}
