import { flush, list } from "./kept.js";

const ARRIVED = "consult-arrived";

const say = (element, words) => {
  element.hidden = !words;
  // Only a change is read out.
  if (element.textContent !== words) element.textContent = words;
};

/**
 * A page of a draft. Sends what waits when there is contact, and shows what this device knows and the
 * page does not: the page may be older than what was written (out of the cache), and what is not with
 * the server yet stands on no page of its own.
 */
export function startKeptPage(main) {
  const { keepGroup: group, renderedAt } = main.dataset;
  const notice = main.querySelector("[data-kept-notice]");
  const guard = main.querySelector("form[data-send]");
  const sendState = main.querySelector("[data-send-state]");
  const hasArrived = notice && sessionStorage.getItem(ARRIVED) === group;
  if (hasArrived) sessionStorage.removeItem(ARRIVED);

  async function show() {
    const entries = await list(group);
    const waiting = entries.filter((entry) => entry.state !== "saved");
    const newer = entries.filter(({ state, savedAt }) => (state === "saved" ? savedAt > renderedAt : state !== "typing"));
    newer.forEach((entry) => showInPlace(main, entry));
    main.querySelectorAll("[data-counts]").forEach((element) => { element.hidden = newer.length > 0; });
    if (notice) showNotice(notice, waiting, hasArrived);
    if (guard) say(sendState, navigator.onLine ? "" : sendState.dataset.offline);
    // What no button was pressed for is said, but hinders nobody.
    return waiting.filter((entry) => entry.state !== "typing");
  }

  async function sync({ reloads = true } = {}) {
    let arrived = false;
    if (navigator.onLine) await flush(group, { told: (_entry, outcome) => { arrived ||= outcome === "saved"; } });
    if (notice && arrived && reloads) {
      // The page was made without what has arrived now.
      sessionStorage.setItem(ARRIVED, group);
      location.reload();
    }
    return show();
  }

  const again = () => sync().catch(() => {});
  if (!navigator.onLine) document.querySelector("#flashes")?.replaceChildren(); // of the visit it was kept from
  again();
  window.addEventListener("online", again);
  window.addEventListener("offline", again);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") again(); });
  if (guard) guardSending(guard, sendState, sync);
}

/** Lets an answer be sent only when all of it is with the server, and says why not. */
function guardSending(form, state, sync) {
  let isUnderWay = false;
  window.addEventListener("pageshow", () => { isUnderWay = false; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isUnderWay) return;
    isUnderWay = true;
    const waiting = navigator.onLine ? await sync({ reloads: false }).catch(() => []) : [];
    if (navigator.onLine && !waiting.length) {
      HTMLFormElement.prototype.submit.call(form);
      return;
    }
    isUnderWay = false;
    say(state, navigator.onLine ? state.dataset.waiting : state.dataset.offline);
  });
}

function showInPlace(main, entry) {
  const words = main.querySelector("[data-kept-notice]")?.dataset;
  for (const link of main.querySelectorAll(`a[href="${CSS.escape(entry.page)}"]`)) {
    const tag = link.closest(".task")?.querySelector(".status");
    if (tag && words) {
      tag.textContent = entry.state === "saved" ? savedWords(entry) ?? words.answered : words.here;
      tag.dataset.tone = entry.state === "saved" ? "success" : "warning";
    }
    const row = link.closest(".summary-list__row");
    const value = row?.querySelector(".summary-list__value");
    if (value && entry.shown) showDetail(row, value, entry.shown[row.dataset.field]);
    else if (value) showAnswer(value, entry, words);
  }
}

const savedWords = ({ shown }) => shown && (shown.publication ?? shown.participants ?? shown.name);

/** A row of what stands once in a draft; one that had nothing to say was hidden. */
function showDetail(row, value, words) {
  if (words === undefined) return;
  value.textContent = words || row.dataset.blank || "";
  row.hidden = !value.textContent;
}

function showAnswer(value, entry, words) {
  const text = entry.fields.find(([name]) => name === "text")?.[1] ?? "";
  const chosen = entry.step ? [words.noComments] : entry.words ?? [];
  const lines = chosen.map((word) => {
    const strong = document.createElement("strong");
    strong.textContent = word;
    return strong;
  });
  value.replaceChildren(...lines.flatMap((line) => [line, "\n"]), text);
}

function showNotice(notice, waiting, arrived) {
  notice.hidden = !waiting.length && !arrived;
  notice.dataset.color = waiting.length ? "warning" : "success";
  say(notice.querySelector("[data-kept-title]"), waiting.length ? notice.dataset.waiting : notice.dataset.arrived);
  const items = waiting.map((entry) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.page;
    link.textContent = entry.label;
    item.append(link, ` – ${notice.dataset[entry.state]}`);
    return item;
  });
  notice.querySelector("[data-kept-list]").replaceChildren(...items);
}
