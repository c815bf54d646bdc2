// The branches' passages beside the text: by keys, by buttons, and without leaving the text.
import { announce } from "./announce.js";
import { DraftSave } from "./draft_save.js";
import { send } from "./sending.js";

// What is made anew after a step; the text itself is not.
const PARTS = ["draft-outline", "draft-points", "draft-sources", "evidence", "flashes", "draft-findings"];
const COLUMNS = new Set(["#work-left", "#main", "#work-right"]);

const currentPassage = () => document.querySelector("[data-passage][aria-current]");

/** The words that are selected in a passage: they alone are quoted. */
function selectedIn(passage) {
  const selection = document.getSelection();
  const text = passage.querySelector(".passage__text");
  return !selection.isCollapsed && text.contains(selection.anchorNode) && text.contains(selection.focusNode) ? selection.toString() : "";
}

class DraftingTable {
  constructor(root, form, editor) {
    this.root = root;
    this.form = form;
    this.editor = editor;
    this.saving = new DraftSave(form, editor);
    this.working = Promise.resolve();
    editor.view.dom.dataset.key = "t";
    root.addEventListener("click", (event) => this.onClick(event));
    root.addEventListener("submit", (event) => this.onSubmit(event));
    root.addEventListener("change", (event) => this.onTick(event));
    root.addEventListener("rich:evidence", ({ detail }) => this.showEvidence(detail.id));
    document.addEventListener("keydown", (event) => this.onKey(event));
    // Before keys.js presses what the key stands for.
    document.addEventListener("keydown", ({ key, target }) => { this.byKey = key === "x" && Boolean(target.closest("[data-passage]")); }, true);
  }

  /** One thing after the other: a key pressed while another is under way waits for it. */
  queue(work) {
    this.working = this.working.then(work).catch(() => this.sayLost());
  }

  sayLost() {
    announce(this.root.dataset.lost);
    const flashes = document.getElementById("flashes");
    if (flashes) flashes.textContent = this.root.dataset.lost;
  }

  onClick(event) {
    const button = event.target.closest("button");
    if (button?.matches("[data-insert]")) {
      event.preventDefault();
      this.queue(() => this.insert(button));
    } else if (button?.matches("[data-step]")) {
      event.preventDefault();
      this.queue(() => this.step(button));
    } else {
      this.follow(event);
    }
  }

  /** Links of the passages are followed within the page; others when the text is saved. */
  follow(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#")) return;
    if (link.closest(".draft-states, .pagination")) {
      event.preventDefault();
      this.queue(() => this.open(link.href));
    } else if (this.saving.isUnsaved) {
      event.preventDefault();
      this.saving.flush().then(() => location.assign(link.href));
    }
  }

  onSubmit(event) {
    const form = event.target;
    if (form.method !== "get") return;
    event.preventDefault();
    const address = new URL(form.action);
    address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    this.queue(() => this.open(address.href));
  }

  /** Other passages, the same text. */
  async open(href) {
    const response = await fetch(href, { credentials: "same-origin" });
    if (!response.ok) throw new Error(response.status);
    this.show(await response.text());
    const address = new URL(href);
    address.hash = location.hash;
    history.replaceState(null, "", address);
    document.getElementById("draft-sources").focus({ preventScroll: true });
    announce(document.getElementById("draft-found")?.textContent.trim() ?? "");
  }

  /** Takes a passage into the text at the cursor. */
  async insert(button) {
    const body = new URLSearchParams({ take: button.value, words: selectedIn(button.closest("[data-passage]")) });
    const { answer } = await send(button.getAttribute("formaction"), body);
    if (answer?.sealed) {
      this.saving.show("sealed");
      announce(this.saving.output.textContent.trim());
      return;
    }
    if (answer?.refused) {
      const flashes = document.getElementById("flashes");
      if (flashes) flashes.textContent = answer.refused;
      announce(answer.refused);
      return;
    }
    if (!answer?.id) throw new Error("not inserted");
    this.editor.insertEvidence({ id: answer.id, text: answer.text, language: answer.language, asQuote: answer.use === "quoted" });
    await this.saving.flush();
    await this.refresh();
    announce(answer.told);
  }

  /** What else a button does; the server's page comes back, with what it says about it. */
  async step(button) {
    await this.saving.flush();
    const fields = new FormData(this.form);
    const body = new URLSearchParams({ csrf_token: fields.get("csrf_token"), part: fields.get("part"), reason: fields.get("reason") ?? "" });
    fields.getAll("passages").forEach((passage) => body.append("passages", passage));
    if (button.name) body.append(button.name, button.value);
    const response = await fetch(button.getAttribute("formaction"), { method: "POST", body, credentials: "same-origin" });
    if (!response.ok && response.status !== 422) throw new Error(response.status);
    const isDone = response.ok;
    this.show(await response.text(), { isDone });
    const told = isDone ? document.getElementById("flashes") : document.getElementById("reason-error");
    announce(told?.textContent.trim() ?? "");
    if (isDone) this.backToPassages();
    else document.getElementById("reason")?.focus();
  }

  async refresh() {
    const response = await fetch(location.href, { credentials: "same-origin" });
    if (!response.ok) throw new Error(response.status);
    this.show(await response.text());
  }

  /** Takes over the columns of another state of this page; the place among the passages stays. */
  show(html, { isDone = false } = {}) {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!page.getElementById("draft-sources")) throw new Error("another page");
    if (location.hash && !COLUMNS.has(location.hash)) location.hash = "#main";
    const passages = [...document.querySelectorAll("[data-passage]")];
    const at = passages.indexOf(currentPassage());
    const { id } = passages[at] ?? {};
    const hadFocus = passages[at]?.contains(document.activeElement);
    const ticked = isDone ? [] : [...document.querySelectorAll("[name=passages]:checked")].map((tick) => tick.value);
    const reason = isDone ? "" : document.getElementById("reason")?.value;
    const columns = ["main", "work-left", "work-right"].map((name) => document.getElementById(name)).map((column) => [column, column.scrollTop]);
    for (const name of PARTS) {
      const [old, fresh] = [document.getElementById(name), page.getElementById(name)];
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    }
    columns.forEach(([column, top]) => { column.scrollTop = top; });
    document.querySelectorAll("[name=passages]").forEach((tick) => { if (ticked.includes(tick.value)) tick.checked = true; });
    if (reason) document.getElementById("reason").value = reason;
    const left = [...document.querySelectorAll("[data-passage]")];
    const next = at < 0 ? undefined : (document.getElementById(id) ?? left[Math.min(at, left.length - 1)]);
    next?.setAttribute("aria-current", "true");
    if (hadFocus) next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  }

  /** A passage that is ticked by its key wants its reason. */
  onTick(event) {
    if (event.target.matches("[name=passages]:checked") && this.byKey) document.getElementById("reason")?.focus();
  }

  backToPassages() {
    const passage = currentPassage() ?? document.querySelector("[data-passage]");
    if (!passage) return;
    passage.setAttribute("aria-current", "true");
    passage.focus({ preventScroll: true });
    passage.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    const { target, key } = event;
    if (target.id === "reason" && key === "Enter" && !event.isComposing) {
      event.preventDefault();
      document.querySelector("[data-leave-out]")?.click();
    } else if (key === "Escape" && !document.querySelector("dialog[open]")) {
      if (target.matches("#reason, #q") || target.closest(".rich-surface")) this.backToPassages();
      else if (target.closest("[data-passage]")) this.editor.focus();
    }
  }

  showEvidence(id) {
    const place = document.getElementById(`evidence-${id}`);
    place?.scrollIntoView({ block: "nearest" });
    place?.querySelector("button")?.focus({ preventScroll: true });
  }
}

/** Starts what the drafting table needs, once its editor is there; does nothing for those who only read. */
export function startDrafting() {
  const root = document.querySelector("[data-drafting]");
  const form = document.querySelector("form[data-draft-form]");
  const element = form?.querySelector("[data-rich-editor]");
  if (!element) return;
  const start = () => new DraftingTable(root, form, element.richEditor);
  if (element.richEditor) start();
  else element.addEventListener("rich:ready", start, { once: true });
}
