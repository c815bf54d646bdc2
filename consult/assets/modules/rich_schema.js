// The rich text of consult/kernel/text/rich as a ProseMirror schema: the same nodes, marks and limits.
import { Schema } from "prosemirror-model";

export const MAX_DEPTH = 5;
const MAX_HREF = 2000;
const HREF = /^(?:https?:\/\/[^\s/?#<>"\\]+|mailto:[^\s@<>"\\]+@)[^\s<>"\\]*$/i;
const EVIDENCE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const BOUND_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,159}$/;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** Whether an address may be linked to: https, http or mailto. */
export const isAllowedLink = (href) => href.length <= MAX_HREF && HREF.test(href);

export const isEvidenceId = (id) => EVIDENCE_ID.test(id);

export const isBoundId = (id) => BOUND_ID.test(id);

export const asLanguage = (language) => (language && LANGUAGE.test(language) ? language : null);

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    content: "inline*",
    group: "block",
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", 0],
  },
  heading: {
    attrs: { level: { default: 1 } },
    content: "(text | footnote)*",
    group: "block",
    defining: true,
    parseDOM: [
      { tag: "h1", attrs: { level: 1 } },
      { tag: "h2", getAttrs: (element) => ({ level: element.dataset.level === "1" ? 1 : 2 }) },
      ...["h3", "h4", "h5", "h6"].map((tag) => ({ tag, attrs: { level: 2 } })),
    ],
    // The page's own headings stand above these: 1 and 2 here are its third and fourth level.
    toDOM: (node) => [`h${node.attrs.level + 2}`, { "data-level": node.attrs.level }, 0],
  },
  blockquote: {
    content: "inline*",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  bullet_list: {
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    attrs: { order: { default: 1 } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ol", getAttrs: (element) => ({ order: Math.min(Math.max(element.start || 1, 1), 9999) }) }],
    toDOM: (node) => (node.attrs.order === 1 ? ["ol", 0] : ["ol", { start: node.attrs.order }, 0]),
  },
  list_item: {
    content: "paragraph (paragraph | bullet_list | ordered_list)*",
    defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", 0],
  },
  text: { group: "inline" },
  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  footnote: {
    attrs: { text: {} },
    inline: true,
    group: "inline",
    atom: true,
    draggable: false,
    parseDOM: [{ tag: "[data-footnote]", getAttrs: (element) => ({ text: element.dataset.footnote }) }],
    toDOM: (node) => ["sup", { class: "footnote-ref", role: "img", "aria-label": node.attrs.text, title: node.attrs.text, "data-footnote": node.attrs.text }],
  },
};

const marks = {
  // Words may rest on several passages; what is written after them does not rest on them.
  evidence: {
    attrs: { id: {}, language: { default: null } },
    excludes: "",
    inclusive: false,
    parseDOM: [{
      tag: "[data-evidence]",
      getAttrs: (element) => isEvidenceId(element.dataset.evidence) && { id: element.dataset.evidence, language: asLanguage(element.lang) },
    }],
    toDOM: ({ attrs }) => ["span", { class: "evidence", "data-evidence": attrs.id, ...(attrs.language && { lang: attrs.language }) }, 0],
  },
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{
      tag: "a[href]",
      getAttrs: (element) => isAllowedLink(element.getAttribute("href")) && { href: element.getAttribute("href") },
    }],
    toDOM: ({ attrs }) => ["a", { href: attrs.href, rel: "noopener noreferrer" }, 0],
  },
  // The value of something in the data, as it was when the words were written.
  bound: {
    attrs: { id: {} },
    inclusive: false,
    parseDOM: [{
      tag: "[data-bound]",
      getAttrs: (element) => isBoundId(element.dataset.bound) && { id: element.dataset.bound },
    }],
    toDOM: ({ attrs }) => ["span", { class: "bound", "data-bound": attrs.id }, 0],
  },
  strong: {
    parseDOM: [
      { tag: "strong" },
      { tag: "b", getAttrs: (element) => element.style.fontWeight !== "normal" && null },
      { style: "font-weight=400", clearMark: (mark) => mark.type.name === "strong" },
      { style: "font-weight", getAttrs: (value) => /^(bold(er)?|[6-9]\d{2})$/.test(value) && null },
    ],
    toDOM: () => ["strong", 0],
  },
  em: {
    parseDOM: [
      { tag: "em" },
      { tag: "i", getAttrs: (element) => element.style.fontStyle !== "normal" && null },
      { style: "font-style=normal", clearMark: (mark) => mark.type.name === "em" },
      { style: "font-style=italic" },
    ],
    toDOM: () => ["em", 0],
  },
};

export const schema = new Schema({ nodes, marks });
