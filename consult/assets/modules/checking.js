/** In `form[data-checking]`: chooses all boxes of the page at once, and says how many are chosen. */
export function startChecking() {
  document.querySelectorAll("form[data-checking]").forEach((form) => {
    const boxes = [...form.querySelectorAll('input[type="checkbox"][name="n"]')];
    const all = form.querySelector("[data-check-all]");
    const count = form.querySelector("[data-check-count]");
    const words = all.textContent;
    const show = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      const text = chosen === 1 ? count.dataset.one : count.dataset.many.replace("{n}", chosen);
      count.textContent = chosen ? text : "";
      all.textContent = chosen === boxes.length ? all.dataset.textNone : words;
    };
    all.hidden = false;
    all.addEventListener("click", () => {
      const choose = boxes.some((box) => !box.checked);
      boxes.forEach((box) => { box.checked = choose; });
      show();
    });
    form.addEventListener("change", show);
    show();
  });
}
