let timer;

/** Says a text through the page's live region; the latest wins. */
export function announce(text) {
  const region = document.querySelector("[data-announcements]");
  if (!region) return;
  // Emptied first: the same text twice would otherwise be silent.
  region.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => { region.textContent = text; }, 60);
}
