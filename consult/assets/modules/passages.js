// The current passage among [data-passage] in [data-passages]: j and k move it, a click takes it.
import { announce } from "./announce.js";

function setCurrent(passage) {
  // of the whole page: each question has a group of its own
  document.querySelectorAll("[data-passage][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  passage.setAttribute("aria-current", "true");
  const group = passage.closest("[data-passages]");
  const all = [...group.querySelectorAll("[data-passage]")];
  const place = group.dataset.position.replace("{n}", all.indexOf(passage) + 1).replace("{total}", all.length);
  const text = passage.querySelector(".passage__text")?.textContent.trim() ?? "";
  announce(`${place}. ${text}`);
}

/** Moves the current passage by one step and follows its link, if it has one; false at either end. */
export function movePassage(step) {
  const all = [...document.querySelectorAll("[data-passages] [data-passage]")];
  const at = all.findIndex((passage) => passage.getAttribute("aria-current") === "true");
  const next = all[at < 0 ? 0 : at + step];
  if (!next) return false;
  setCurrent(next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[data-passage-link]")?.click();
  return true;
}

/** Brings the current passage into view when the page opens. */
export function startPassages() {
  document.querySelector("[data-passage][aria-current]")?.scrollIntoView({ block: "nearest" });
  document.addEventListener("click", (event) => {
    const passage = event.target.closest?.("[data-passages] [data-passage]");
    if (passage && passage.getAttribute("aria-current") !== "true") setCurrent(passage);
  });
}
