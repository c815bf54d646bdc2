/** Lets the browser keep the pages of this draft for when there is no contact; once the page is usable. */
export function startWorker({ worker, draftBase }) {
  const container = navigator.serviceWorker;
  if (!container) return;
  const ask = async () => {
    const { active } = await container.ready;
    active.postMessage({
      keep: draftBase,
      here: location.pathname,
      lang: document.documentElement.lang,
      // Whoever has asked for little traffic gets the pages that were opened, and no others.
      sparing: Boolean(navigator.connection?.saveData),
    });
  };
  const start = async () => {
    const isFirst = !container.controller;
    await container.register(worker);
    await ask();
    // A new version of the application has taken over: it fetches the pages anew.
    if (!isFirst) container.addEventListener("controllerchange", () => ask().catch(() => {}));
  };
  const later = () => (window.requestIdleCallback ?? setTimeout)(() => start().catch(() => {}));
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later);
}
