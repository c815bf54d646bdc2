// Numbers, names and references of the data: the page that offers them, shown in a dialog beside the text.

/** Lets one choose from the list at an address, and puts what is chosen where the cursor is. */
export async function insertBound(address, editor) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = page.getElementById("bound-form");
  if (!found) throw new Error("another page");
  const form = document.adoptNode(found);
  form.className = "";
  const dialog = document.createElement("dialog");
  dialog.className = "rich-dialog";
  dialog.setAttribute("aria-labelledby", "bound-title");
  dialog.append(form);
  document.body.append(dialog);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [option] = form.elements.value.selectedOptions;
    dialog.close();
    editor.insertBound({ id: option.value, text: option.dataset.words });
  });
  form.querySelector("[data-bound-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
    editor.focus();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}
