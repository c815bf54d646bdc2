/** Closes `details[data-menu]` on Escape (the focus goes back to its button), and when one turns elsewhere. */
export function startMenus() {
  const open = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    });
  });
  const closeOthers = (event) => open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);
}
