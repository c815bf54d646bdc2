/**
 * The notice under a text (templates/respond/parts/care.html): htmx fetches it when one leaves the
 * field. "Remove it" takes the words out in the field itself, so that nothing else is lost.
 */
export function startCare() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-care]");
    if (!button) return;
    // The button goes away with the notice; the focus stays at its place.
    button.closest("#care")?.focus();
    const words = button.dataset.care;
    const area = button.form?.elements.namedItem("text");
    if (!words || !area?.value.includes(words)) return;
    event.preventDefault();
    area.value = area.value.split(words).join("[…]");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  });
}
