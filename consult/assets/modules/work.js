// A work surface whose links and forms htmx sends ([data-work]): keys pressed while an answer is under way
// wait for it, the current passage gets the focus, and what cannot be saved is said.
import { announce } from "./announce.js";

let underWay = 0;
let waiting = [];
let isLeaving = false;
let shown = null;

/** Keeps a key for later while an answer is under way; false when it need not, or should not, wait. */
export function holdKey(event, act) {
  if (isLeaving) return true;
  if (underWay === 0 && waiting.length === 0) return false;
  const isSign = /^[\p{L}\p{N}/]$/u.test(event.key);
  // Enter and space belong to a button that has the focus; else they go with what is being typed.
  const isTyping = waiting.length > 0 && !document.activeElement?.matches("a, button, summary");
  if (!isSign && !(isTyping && (event.key === "Enter" || event.key.length === 1))) return false;
  if (!event.repeat) waiting.push({ key: event.key, act });
  return true;
}

function playNext() {
  while (underWay === 0 && waiting.length > 0) {
    const { key, act } = waiting.shift();
    const before = document.activeElement;
    act(key);
    if (document.activeElement !== before) typeInto(document.activeElement);
  }
}

/** Gives the field what was typed while it was not there yet. */
function typeInto(field) {
  const isMultiline = field?.matches("textarea");
  if (!isMultiline && !field?.matches("input[type=text]")) return;
  const typed = waiting;
  waiting = [];
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

// What failed with us is said, and nothing is swapped. An answer that is not this page (signed out, changed by
// somebody else) is shown as a page of its own.
function checkAnswer(event) {
  const { ctx } = event.detail;
  if (!isOfWork(event)) return;
  if (ctx.response.status >= 500) {
    event.preventDefault();
    sayLost();
  } else if (!ctx.text.includes("data-work")) {
    event.preventDefault();
    waiting = [];
    if (ctx.request.method.toUpperCase() === "GET") window.location.assign(ctx.response.raw.url);
    else window.location.reload();
  }
}

function sayLost() {
  const work = document.querySelector("[data-work]");
  if (!work) return;
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

// A link or form that htmx did not take over opens a page of its own: keys pressed until it comes are not for this one.
function noticeLeaving(event) {
  if (!isOfWork(event) || event.defaultPrevented) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab or window of its own
  if (event.type === "submit" || event.target.closest("a[href]:not([download])")) isLeaving = true;
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
  document.addEventListener("htmx:after:request", checkAnswer);
  document.addEventListener("htmx:error", (event) => { if (!event.detail.ctx?.response) sayLost(); });
  document.addEventListener("htmx:after:swap", showCurrent);
  // What is saved on a passage is no step of its own: "back" leads to the passage before.
  document.addEventListener("htmx:before:history:update", ({ detail: { history } }) => {
    if (history.path === location.pathname + location.search) history.type = "replace";
  });
  document.addEventListener("click", noticeLeaving);
  document.addEventListener("submit", noticeLeaving);
  window.addEventListener("pageshow", () => { isLeaving = false; });
  document.addEventListener("keydown", sendOnEnter);
  document.addEventListener("change", (event) => event.target.closest?.("form[data-save-on-change]")?.requestSubmit());
}
