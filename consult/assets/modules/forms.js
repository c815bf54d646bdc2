// What makes forms kinder: text areas that grow, characters left, one submit per press, errors in focus.
import { locales } from "./locales.js";

const canGrowByItself = CSS.supports("field-sizing", "content");

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

/** Lets every `textarea.grows` follow its text, where the style sheet cannot. */
export function startGrowing() {
  if (canGrowByItself) return;
  document.querySelectorAll("textarea.grows").forEach(grow);
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("textarea.grows")) grow(event.target);
  });
}

function remaining(area) {
  // Line ends count as two on the wire and one here; the server counts them as one as well.
  return Number(area.dataset.limit) - [...area.value].length;
}

function showCount(area) {
  const output = document.getElementById(`${area.id}-count`);
  if (!output) return;
  const left = remaining(area);
  const { leftOne, left: leftMany, overOne, over: overMany } = output.dataset;
  const [one, many] = left < 0 ? [overOne, overMany] : [leftOne, leftMany];
  const text = Math.abs(left) === 1 ? one : many.replace("{n}", Math.abs(left).toLocaleString(locales));
  if (output.textContent !== text) output.textContent = text;
  output.toggleAttribute("data-over-limit", left < 0);
}

/** Shows how many characters are left of `data-limit`; read out once the writer pauses. */
export function startCounting() {
  let timer;
  document.querySelectorAll("textarea[data-limit]").forEach(showCount);
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.matches?.("textarea[data-limit]")) return;
    showCount(area);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const output = document.getElementById(`${area.id}-count`);
      // Read out only near the limit: a constant count would drown the text.
      if (remaining(area) < Number(area.dataset.limit) / 10) output?.setAttribute("role", "status");
      else output?.removeAttribute("role");
    }, 500);
  });
}

/** Stops a second submit of a `form[data-once]`; the page opens again when one comes back to it. */
export function stopDoubleSubmits() {
  const under = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (under.has(form)) {
      event.preventDefault();
      return;
    }
    // Wait a turn: another listener (htmx, autosave) may take the submit over.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      under.add(form);
      event.submitter?.setAttribute("aria-busy", "true");
    });
  });
  const release = () => {
    under.forEach((form) => form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy")));
    under.clear();
  };
  window.addEventListener("pageshow", release);
  // A download leaves the page where it is, and a lost connection never answers: let go after a while.
  document.addEventListener("submit", () => setTimeout(release, 8000));
}

/** Moves the focus to the error summary, and from its links to the fields themselves. */
export function focusErrorSummary() {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest("a")?.hash?.slice(1));
    if (!target) return;
    event.preventDefault();
    (target.closest(".form-field") ?? target).scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  });
}
