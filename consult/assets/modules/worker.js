/** Lets the browser keep the pages of this draft for when there is no contact; once the page is usable. */
export function startWorker({ worker, draftBase }) {
  if (!navigator.serviceWorker) return;
  const start = async () => {
    await navigator.serviceWorker.register(worker);
    const registration = await navigator.serviceWorker.ready;
    registration.active.postMessage({
      keep: draftBase,
      here: location.pathname,
      lang: document.documentElement.lang,
      // Whoever has asked for little traffic gets the pages that were opened, and no others.
      sparing: Boolean(navigator.connection?.saveData),
    });
  };
  const later = () => (window.requestIdleCallback ?? setTimeout)(() => start().catch(() => {}));
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later);
}
