// A work surface whose links and forms htmx sends ([data-work]): keys pressed while an answer is under way
// wait for it, the current passage gets the focus, and what cannot be saved is said.
import { announce } from "./announce.js";

let underWay = 0;
let waiting = [];
let shown = null;

/**
 * Keeps a key for later while an answer is under way; false when there is nothing to wait for.
 * `act(key)` does what a key stands for; `takesText` says that it leads to a field: what is typed
 * after it is text for that field.
 */
export function holdKey(event, { act, isCommand, takesText }) {
  if (underWay === 0 && waiting.length === 0) return false;
  const isTyping = waiting.some((one) => one.takesText);
  if (!isTyping && !isCommand) return false;
  if (event.key.length > 1 && event.key !== "Enter") return false;
  if (!event.repeat) waiting.push({ key: event.key, act, takesText });
  return true;
}

function playNext() {
  while (underWay === 0 && waiting.length > 0) {
    const { key, act, takesText } = waiting.shift();
    act(key);
    if (takesText) typeInto(document.activeElement);
  }
}

/** Gives the field what was typed while it was not there yet. */
function typeInto(field) {
  const typed = waiting;
  waiting = [];
  const isMultiline = field?.matches("textarea");
  if (!isMultiline && !field?.matches("input[type=text]")) return;
  typed.forEach(({ key }) => {
    if (key === "Enter" && !isMultiline) {
      field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      return;
    }
    field.setRangeText(key === "Enter" ? "\n" : key, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}

function isOfWork(event) {
  return Boolean(event.target.closest?.("[data-work]"));
}

function currentPassage() {
  return document.querySelector("[data-work] [data-passage][aria-current]");
}

function showCurrent() {
  const work = document.querySelector("[data-work]");
  if (!work) return;
  const opened = work.querySelector("[data-focus-on-open]:not([data-opened])");
  if (opened) {
    opened.dataset.opened = "";
    opened.scrollIntoView({ block: "nearest" });
    opened.querySelector("select, textarea")?.focus();
    return;
  }
  const passage = currentPassage();
  if (!passage) return;
  // Whoever was in a field or list that is gone stands at the passage, not at the top of the page.
  if (passage.id !== shown || document.activeElement === document.body) passage.focus({ preventScroll: true });
  if (passage.id === shown) return;
  shown = passage.id;
  passage.scrollIntoView({ block: "nearest" });
  const text = passage.querySelector(".passage__text")?.textContent.trim() ?? "";
  announce(`${work.dataset.announce}. ${text}`);
}

// An answer that is not this page (signed out, changed by somebody else) is shown as a page of its own.
function openOther(event) {
  const { ctx } = event.detail;
  if (!isOfWork(event) || ctx.text.includes("data-work")) return;
  event.preventDefault();
  waiting = [];
  if (ctx.request.method.toUpperCase() === "GET") window.location.assign(ctx.response.raw.url);
  else window.location.reload();
}

function sayLost(event) {
  const work = document.querySelector("[data-work]");
  if (!work || event.detail.ctx?.response) return;
  waiting = [];
  announce(work.dataset.lost);
  const flashes = document.getElementById("flashes");
  if (flashes) flashes.textContent = work.dataset.lost;
}

// Enter in a list of choices sends its form; browsers do so only in text fields.
function sendOnEnter(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  const form = event.target.closest?.("form");
  if (!form) return;
  const isChoice = event.target.matches("select, input[type=checkbox]") && "enter" in form.dataset;
  const isText = event.target.matches("textarea") && (event.ctrlKey || event.metaKey);
  if (!isChoice && !isText) return;
  event.preventDefault();
  form.requestSubmit();
}

/** Starts what a work surface needs; does nothing on other pages. */
export function startWork() {
  shown = currentPassage()?.id ?? null;
  document.addEventListener("htmx:before:request", (event) => { if (isOfWork(event)) underWay += 1; });
  document.addEventListener("htmx:finally:request", () => {
    underWay = Math.max(0, underWay - 1);
    // A turn later: what was swapped in must be there before the next key acts on it.
    setTimeout(playNext);
  });
  document.addEventListener("htmx:after:request", openOther);
  document.addEventListener("htmx:error", sayLost);
  document.addEventListener("htmx:after:swap", showCurrent);
  document.addEventListener("keydown", sendOnEnter);
  document.addEventListener("change", (event) => event.target.closest?.("form[data-save-on-change]")?.requestSubmit());
}
