// Single keys act on [data-key] elements while no field has the focus. They can be turned off
// (WCAG 2.1.4): for those who speak to their machine, a letter is not a command.
import { movePassage } from "./passages.js";
import { holdKey } from "./work.js";

const STORED = "consult.keys";

function areOff() {
  try {
    return localStorage.getItem(STORED) === "off";
  } catch {
    return false; // storage is forbidden: the keys work, and cannot be turned off for longer than the page
  }
}

function isField(element) {
  return element?.isContentEditable || element?.matches?.("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])");
}

function isShown(element) {
  return !element.disabled && element.getClientRects().length > 0;
}

/** Among many alike, a key means the one in the current passage. */
function isInReach(element) {
  const passage = element.closest("[data-passage]");
  return !passage || passage.getAttribute("aria-current") === "true";
}

function activate(element) {
  if (isField(element)) element.focus();
  else element.click();
}

function toggleKeyList() {
  const list = document.querySelector("[data-key-list]");
  if (!list) return;
  list.open = !list.open;
  if (list.open) list.querySelector("summary").focus();
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { activeElement } = document;
  if (event.key === "Escape") {
    if (isField(activeElement)) activeElement.blur();
    return;
  }
  if (isField(activeElement) || areOff()) return;
  if (event.key === "?") {
    event.preventDefault();
    toggleKeyList();
    return;
  }
  if (holdKey(event, act) || act(event.key)) event.preventDefault();
}

function targetOf(key) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return [...document.querySelectorAll(`[data-key="${CSS.escape(name)}"]`)].find((element) => isShown(element) && isInReach(element));
}

function isStep(key) {
  return key.toLowerCase() === "j" || key.toLowerCase() === "k";
}

/** Does what a key stands for on this page; false when it stands for nothing. */
function act(key) {
  const target = targetOf(key);
  if (target) activate(target);
  return Boolean(target) || (isStep(key) && movePassage(key.toLowerCase() === "j" ? 1 : -1));
}

function startToggle() {
  document.querySelectorAll("button[data-keys-toggle]").forEach((button) => {
    const show = () => { button.textContent = areOff() ? button.dataset.textOn : button.dataset.textOff; };
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      try {
        localStorage.setItem(STORED, areOff() ? "on" : "off");
      } catch {
        return;
      }
      show();
    });
  });
}

/** Listens for keys on the whole page. */
export function startKeys() {
  document.addEventListener("keydown", onKey);
  startToggle();
}
