// Words that one marks in a [data-selectable] text go into the form [data-takes-selection], with the
// place where they stand: by mouse or finger in the text itself, by keyboard in a field that holds the same text.
import { announce } from "./announce.js";

const LONGEST = 500; // characters of one field of the form
const FEW = 6; // words that show where a longer stretch begins and ends

// The server counts characters, not halves of them.
const lengthOf = (text) => [...text].length;
const flat = (text) => text.replace(/\s+/g, " ").trim();

/** The text of a part up to a place in it; the numbers of what was found are no part of it. */
function textUntil(part, node, offset) {
  const range = document.createRange();
  range.setStart(part, 0);
  range.setEnd(node, offset);
  const piece = range.cloneContents();
  piece.querySelectorAll("sup").forEach((number) => number.remove());
  return piece.textContent;
}

function textOf(part) {
  return textUntil(part, part, part.childNodes.length);
}

/** What the form is told of a marked stretch: its words, or the first and the last of them. */
function tell(form, text, start) {
  const words = flat(text);
  if (!words) return;
  const all = words.split(" ");
  const isLong = words.length > LONGEST;
  const field = (name) => form.elements.namedItem(name);
  field("words").value = isLong ? all.slice(0, FEW).join(" ") : words;
  field("last").value = isLong ? all.slice(-FEW).join(" ") : "";
  // without the blanks around it: the server compares what stands there with what is shown here
  const before = start + lengthOf(text) - lengthOf(text.trimStart());
  field("start").value = before;
  field("end").value = before + lengthOf(text.trim());
  field("only_here").checked = true;
  form.querySelector("[data-only-here]").hidden = false;
}

/** Words that somebody writes have no place. */
function forgetPlace(form) {
  form.elements.namedItem("only_here").checked = false;
  form.elements.namedItem("start").value = "";
  form.elements.namedItem("end").value = "";
  form.querySelector("[data-only-here]").hidden = true;
}

function takeFromText(form) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const part = range.startContainer.parentElement?.closest("[data-selectable]");
  if (!part?.contains(range.endContainer)) return;
  const before = textUntil(part, range.startContainer, range.startOffset);
  const upTo = textUntil(part, range.endContainer, range.endOffset);
  tell(form, upTo.slice(before.length), Number(part.dataset.start) + lengthOf(before));
}

/**
 * A field with the same text, in which arrow keys move and Shift marks, as everywhere.
 *
 * It refuses every change itself: one that is read-only has no caret in some browsers.
 */
function makeField(part, label) {
  const field = document.createElement("textarea");
  field.addEventListener("beforeinput", (event) => event.preventDefault());
  field.setAttribute("aria-readonly", "true");
  field.inputMode = "none";
  field.spellcheck = false;
  field.className = "ds-input review-marking__text";
  field.lang = part.lang;
  field.setAttribute("aria-label", label);
  field.value = textOf(part);
  return field;
}

function startMarkingByKeys(form, area) {
  const part = area.previousElementSibling;
  const button = area.querySelector("button");
  const help = area.querySelector("p");
  let field = null;
  const close = () => {
    field?.remove();
    field = null;
    part.hidden = false;
    help.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  const marked = () => field.value.slice(field.selectionStart, field.selectionEnd);
  const onKey = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      button.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const words = flat(marked());
      announce(words ? form.dataset.marked.replace("{words}", words) : form.dataset.none);
      if (words) form.elements.namedItem("basis").focus();
    }
  };
  button.addEventListener("click", () => {
    if (field) {
      close();
      return;
    }
    field = makeField(part, area.dataset.label);
    part.after(field);
    part.hidden = true;
    help.hidden = false;
    button.setAttribute("aria-expanded", "true");
    field.addEventListener("keydown", onKey);
    ["select", "keyup", "pointerup"].forEach((name) => field.addEventListener(name, () => {
      tell(form, marked(), Number(part.dataset.start) + lengthOf(field.value.slice(0, field.selectionStart)));
    }));
    field.focus();
    field.setSelectionRange(0, 0);
  });
  area.hidden = false;
}

/** Lets words be marked for the form. */
export function startTakingSelections() {
  const form = document.querySelector("form[data-takes-selection]");
  if (!form) return;
  document.addEventListener("selectionchange", () => takeFromText(form));
  ["words", "last"].forEach((name) => form.elements.namedItem(name).addEventListener("input", () => forgetPlace(form)));
  document.querySelectorAll("[data-marking-by-keys]").forEach((area) => startMarkingByKeys(form, area));
}
