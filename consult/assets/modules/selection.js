/** Puts the words one marks in a [data-selectable] text into the field [data-takes-selection]. */
export function startTakingSelections() {
  const field = document.querySelector("[data-takes-selection]");
  if (!field) return;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const place = selection?.anchorNode?.parentElement?.closest("[data-selectable]");
    const words = String(selection ?? "").replace(/\s+/g, " ").trim();
    if (words && words.length <= 500 && place?.contains(selection.focusNode)) field.value = words;
  });
}
