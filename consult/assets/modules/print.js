/** Shows `button[data-print]`, which prints the page. */
export function startPrinting() {
  document.querySelectorAll("button[data-print]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("button[data-print]")) window.print();
  });
}
