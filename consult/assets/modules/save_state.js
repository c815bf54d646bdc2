// How saving went, in the words of a form's [data-save-state].
import { locales } from "./locales.js";

/** A time such as 12:03 as the page's language writes it. */
export const writeTime = (time) => (document.documentElement.lang === "en" ? time : time.replace(":", "."));

function clockOf(moment) {
  return writeTime(new Date(moment).toLocaleTimeString(locales, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Oslo" }));
}

/** The words for a state; savedAt is an ISO moment. */
export function stateWords(output, state, savedAt) {
  const name = state === "kept" && !matchMedia("(pointer: coarse)").matches ? "keptMachine" : state;
  return (output.dataset[name] ?? "").replace("{time}", savedAt ? clockOf(savedAt) : "");
}
