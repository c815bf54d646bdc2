/** Offers a comment on the words somebody has marked in the paper; the bar's link says which and where. */
export function startMarking() {
  const bar = document.querySelector("[data-marking]");
  if (!bar) return;
  const link = bar.querySelector("a");
  const placeOf = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-section]");
  document.addEventListener("selectionchange", () => {
    if (bar.contains(document.activeElement)) return; // the way to the link ends the marking
    const marked = document.getSelection();
    const words = marked.toString().replace(/\s+/g, " ").trim();
    const place = placeOf(marked.anchorNode);
    bar.hidden = !words || !place || place !== placeOf(marked.focusNode);
    if (bar.hidden) return;
    const wanted = new URLSearchParams({ section: place.dataset.section, quote: words.slice(0, 1000) });
    link.href = `${bar.dataset.marking}?${wanted}`;
  });
}
