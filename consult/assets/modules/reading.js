const LOOKED_AT = 4000;

/** Sends `form[data-auto-read]` once its page has been looked at for a while; without scripts its button does. */
export function startReading() {
  const form = document.querySelector("form[data-auto-read]");
  if (!form) return;
  const send = async () => {
    if (document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", wait);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (answer.type !== "opaqueredirect") return;
    } catch {
      return; // the button is still there
    }
    if (form.contains(document.activeElement)) return; // somebody is about to press it
    form.replaceChildren(document.createTextNode(form.dataset.done));
  };
  const wait = () => { if (document.visibilityState === "visible") setTimeout(send, LOOKED_AT); };
  document.addEventListener("visibilitychange", wait);
  wait();
}
