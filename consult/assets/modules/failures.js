/**
 * Says when a partial update failed, in the texts of [data-failed]; the page stays as it was. Nothing is said of a
 * [data-quiet] update, which only adds to what the page says already.
 */
export function startFailureNotices() {
  const say = (event) => {
    const region = document.querySelector("[data-failed]");
    if (!region || event.target.closest?.("[data-quiet]")) return;
    const status = event.detail?.ctx?.response?.status ?? 0;
    if (status >= 400 && status < 500 && ![401, 403, 404].includes(status)) return; // the answer itself says why
    const notice = document.createElement("div");
    notice.className = "ds-alert notice";
    notice.dataset.color = "danger";
    const text = document.createElement("p");
    text.textContent = status ? region.dataset.failed : region.dataset.offline;
    notice.append(text);
    region.replaceChildren(notice);
    notice.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:response:error", say);
  document.addEventListener("htmx:error", say);
}
