// What is pasted from Word, mail and web pages, brought into shape before ProseMirror reads it.

const LEVEL = /level(\d)/;
const MARKER = /^\s*(?:[·•o§–-]|\d{1,3}[.)]|[a-z][.)])[\s\u00a0]+/;

/** Word's footnotes stand at the end, tied by links: each becomes a note where it belongs. */
function takeNotes(page) {
  for (const link of page.querySelectorAll('a[href*="#_ftn"], a[href*="#_edn"]')) {
    const name = link.getAttribute("href").split("#_")[1];
    if (name.includes("ref")) continue;
    const note = page.querySelector(`#${CSS.escape(name)}`);
    if (!note) continue;
    note.querySelectorAll('a[href*="ref"]').forEach((back) => back.remove());
    const reference = page.createElement("span");
    reference.dataset.footnote = note.textContent.trim().replace(/\s+/g, " ");
    link.replaceWith(reference);
    note.remove();
  }
  page.querySelectorAll('[style*="mso-element:footnote-list"], [style*="mso-element:endnote-list"]').forEach((list) => list.remove());
}

const listLevel = (paragraph) => {
  const style = paragraph.getAttribute("style") ?? "";
  return style.includes("mso-list:") && !style.includes("mso-list:none") ? Number(LEVEL.exec(style)?.[1] ?? 1) : 0;
};

/** Takes the bullet or number that Word writes as text away, and says which it was. */
function takeMarker(paragraph) {
  const ignored = [...paragraph.querySelectorAll('[style*="mso-list:Ignore"]')];
  const marker = ignored.map((element) => element.textContent).join("").trim();
  ignored.forEach((element) => element.remove());
  if (!ignored.length) paragraph.innerHTML = paragraph.innerHTML.replace(MARKER, "");
  return /^[\da-z]{1,3}[.)]/i.test(marker) && !/^o$/.test(marker) ? "ol" : "ul";
}

/** Word writes lists as paragraphs that look like it: they become lists. */
function makeLists(page) {
  for (const first of page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    if (!first.isConnected || first.closest("li") || !listLevel(first)) continue;
    const open = [];
    let paragraph = first;
    const place = page.createComment("");
    first.before(place);
    while (paragraph && listLevel(paragraph)) {
      const next = paragraph.nextElementSibling;
      const level = Math.min(listLevel(paragraph), open.length + 1);
      const tag = takeMarker(paragraph);
      open.length = level > open.length ? open.length : level;
      if (open[level - 1]?.localName !== tag) {
        open.length = level - 1;
        const list = page.createElement(tag);
        if (level === 1) place.before(list);
        else open[level - 2].lastElementChild.append(list);
        open.push(list);
      }
      const item = page.createElement("li");
      const words = page.createElement("p");
      words.append(...paragraph.childNodes);
      item.append(words);
      open[level - 1].append(item);
      paragraph.remove();
      paragraph = next;
    }
    place.remove();
  }
}

/** Quotes hold one paragraph each. */
function splitQuotes(page) {
  for (const quote of page.querySelectorAll("blockquote")) {
    const paragraphs = [...quote.querySelectorAll("p")];
    if (!paragraphs.length) continue;
    quote.replaceWith(...paragraphs.map((paragraph) => {
      const one = page.createElement("blockquote");
      one.append(...paragraph.childNodes);
      return one;
    }));
  }
  for (const paragraph of page.querySelectorAll("p[class*=Quote], p[class*=Sitat]")) {
    const quote = page.createElement("blockquote");
    quote.append(...paragraph.childNodes);
    paragraph.replaceWith(quote);
  }
}

/** Words of ours that rest on several passages name them all in one place. */
function splitEvidence(page) {
  for (const span of page.querySelectorAll("[data-evidence]")) {
    const ids = span.dataset.evidence.split(" ");
    span.dataset.evidence = ids.pop();
    for (const id of ids) {
      const inner = page.createElement("span");
      inner.dataset.evidence = id;
      inner.append(...span.childNodes);
      span.append(inner);
    }
  }
  page.querySelectorAll(".evidence-number, .evidence-ref").forEach((number) => number.remove());
}

/** Pasted HTML as HTML that the schema can read; nothing that the schema does not know survives it. */
export function cleanPasted(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll("style, script, head, title, meta, link, template, iframe, object, svg, math").forEach((element) => element.remove());
  page.querySelectorAll("p.MsoTitle, p[class*=Title]").forEach((title) => {
    const heading = page.createElement("h1");
    heading.append(...title.childNodes);
    title.replaceWith(heading);
  });
  takeNotes(page);
  makeLists(page);
  splitQuotes(page);
  splitEvidence(page);
  // Their h3 and h4 are our own two levels, as this editor shows them.
  page.querySelectorAll('[data-level="1"]').forEach((heading) => {
    const first = page.createElement("h1");
    first.append(...heading.childNodes);
    heading.replaceWith(first);
  });
  return page.body.innerHTML;
}
