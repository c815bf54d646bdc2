// A text field with Markdown ([data-rich-editor], components/rich.html) becomes an editor as people know it from
// Word. The text goes with the form as JSON, and the field with Markdown stays behind.
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark } from "prosemirror-commands";
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { Fragment, Slice } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState, NodeSelection, Plugin, Selection, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

import { announce } from "./announce.js";
import { evidenceOf, keepEvidence, numberEvidence } from "./rich_evidence.js";
import { canonical } from "./rich_form.js";
import { cleanPasted } from "./rich_paste.js";
import { asLanguage, isAllowedLink, isBoundId, isEvidenceId, MAX_DEPTH, schema } from "./rich_schema.js";
import { ask, Toolbar } from "./rich_toolbar.js";

const { nodes: NODES, marks: MARKS } = schema;
const LISTS = [NODES.bullet_list, NODES.ordered_list];

const readTree = (tree) => schema.nodeFromJSON(tree.content?.length ? tree : { type: "doc", content: [{ type: "paragraph" }] });

/** The one stretch in which two documents differ: start and end in the first, newEnd in the second. */
function differing(first, second) {
  const start = first.content.findDiffStart(second.content);
  if (start === null) return undefined;
  const { a, b } = first.content.findDiffEnd(second.content);
  const overlap = Math.max(start - Math.min(a, b), 0);
  return { start, end: a + overlap, newEnd: b + overlap };
}

function listsAround(state) {
  const { $from } = state.selection;
  const lists = [];
  for (let depth = $from.depth; depth > 0; depth -= 1) if (LISTS.includes($from.node(depth).type)) lists.push({ node: $from.node(depth), place: $from.before(depth) });
  return lists;
}

/** Where what is marked ends, among words also when all of the text is marked. */
const endOf = ({ $to }) => ($to.parent.isTextblock ? $to : Selection.near($to, -1).$to);

const isBlock = (type, attrs = {}) => (state) => !listsAround(state).length && state.selection.$from.parent.hasMarkup(type, { ...state.selection.$from.parent.attrs, ...attrs });

function isMarked(type) {
  return ({ selection: { $from, from, to, empty }, storedMarks, doc }) => Boolean(empty ? type.isInSet(storedMarks ?? $from.marks()) : doc.rangeHasMark(from, to, type));
}

/** Makes a list of what is marked, another list of a list, and no list of one that is such a list. */
function toggleList(type) {
  return (state, dispatch) => {
    const [list] = listsAround(state);
    if (!list) return wrapInList(type)(state, dispatch);
    if (list.node.type === type) return liftListItem(NODES.list_item)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup(list.place, type));
    return true;
  };
}

/** Gives the marked blocks a style; a style that they have is taken away again. */
function toggleBlock(type, attrs) {
  return (state, dispatch) => (isBlock(type, attrs)(state) ? setBlockType(NODES.paragraph) : setBlockType(type, attrs))(state, dispatch);
}

function indent(state, dispatch) {
  return listsAround(state).length < MAX_DEPTH && sinkListItem(NODES.list_item)(state, dispatch);
}

const breakLine = chainCommands(exitCode, (state, dispatch) => {
  if (!state.selection.$from.parent.type.contentMatch.matchType(NODES.hard_break)) return false;
  dispatch?.(state.tr.replaceSelectionWith(NODES.hard_break.create(), false).scrollIntoView());
  return true;
});

/** "## " and the like at the start of a paragraph, as in Markdown. */
const rules = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{1,3}) $/, NODES.heading, (match) => ({ level: match[1].length < 3 ? 1 : 2 })),
    textblockTypeInputRule(/^> $/, NODES.blockquote),
    wrappingInputRule(/^[-*] $/, NODES.bullet_list),
    wrappingInputRule(/^1[.)] $/, NODES.ordered_list),
    new InputRule(/--$/, "–"),
  ],
});

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const shownKeys = (keys) => keys.replace("Mod", isMac ? "⌘" : "Ctrl").replaceAll("-", "+");
const ariaKeys = (keys) => keys.replace("Mod", isMac ? "Meta" : "Control").replaceAll("-", "+");

/** One editor; what other scripts may do with it stands on its element as `element.richEditor`. */
class RichEditor {
  constructor(element) {
    this.element = element;
    this.labels = JSON.parse(element.dataset.labels);
    this.area = element.querySelector("textarea");
    this.field = element.querySelector("[data-rich-json]");
    this.leaving = false;
    this.tools = this.makeTools();
    this.toolbar = new Toolbar(this.tools, this.labels, `${this.area.id}-editor`);
    this.area.before(this.toolbar.element);
    this.view = new EditorView({ mount: this.makeSurface() }, {
      state: this.makeState(readTree(JSON.parse(element.dataset.document))),
      attributes: this.describe(),
      dispatchTransaction: (transaction) => this.apply(transaction),
      transformPastedHTML: cleanPasted,
      handleClick: (_view, _place, event) => this.showEvidence(event.target),
      handleDoubleClickOn: (_view, _place, node) => node.type === NODES.footnote && (this.editFootnote(), true),
    });
    this.replaceField();
    this.toolbar.show(this.view.state);
  }

  makeSurface() {
    const surface = document.createElement("div");
    this.area.after(surface);
    return surface;
  }

  describe() {
    const label = this.element.querySelector(`label[for="${CSS.escape(this.area.id)}"]`);
    if (label && !label.id) label.id = `${this.area.id}-label`;
    label?.addEventListener("click", () => this.view.focus());
    const described = this.area.getAttribute("aria-describedby");
    return {
      id: `${this.area.id}-editor`,
      class: "rich-text rich-surface ds-input",
      role: "textbox",
      "aria-multiline": "true",
      ...(label ? { "aria-labelledby": label.id } : { "aria-label": this.labels.text }),
      ...(described && { "aria-describedby": described }),
      ...(this.area.getAttribute("aria-invalid") && { "aria-invalid": "true" }),
      ...(this.area.lang && { lang: this.area.lang }),
    };
  }

  makeState(doc) {
    const bound = Object.fromEntries(this.tools.filter((tool) => tool?.keys).map((tool) => [tool.bound, () => (tool.run(), true)]));
    return EditorState.create({
      doc,
      plugins: [
        rules,
        keymap({
          ...bound,
          "Mod-Alt-0": setBlockType(NODES.paragraph),
          "Mod-Shift-z": redo,
          "Mod-m": indent,
          Backspace: undoInputRule,
          Enter: splitListItem(NODES.list_item),
          "Shift-Enter": breakLine,
          Tab: (...given) => !this.leaving && indent(...given),
          "Shift-Tab": (...given) => !this.leaving && liftListItem(NODES.list_item)(...given),
          // After Escape, Tab leaves the text also from a list.
          Escape: () => { this.leaving = true; return false; },
          "Alt-F10": () => { this.toolbar.focus(); return true; },
        }),
        keymap(baseKeymap),
        history(),
        keepEvidence(),
        numberEvidence(this.labels.evidence),
        new Plugin({ props: { handleDOMEvents: { blur: () => { this.leaving = false; this.field.dispatchEvent(new Event("change", { bubbles: true })); } } } }),
      ],
    });
  }

  makeTools() {
    const tool = (name, command, keys, more = {}) => ({
      name,
      run: () => { command(this.view.state, this.view.dispatch, this.view); this.view.focus(); },
      can: (state) => command(state),
      bound: keys,
      keys: keys && ariaKeys(keys),
      shown: keys && shownKeys(keys),
      ...more,
    });
    const mark = (name, keys) => tool(name, toggleMark(MARKS[name]), keys, { isOn: isMarked(MARKS[name]) });
    const block = (name, type, attrs, keys) => tool(name, toggleBlock(type, attrs), keys, { isOn: isBlock(type, attrs) });
    const list = (name, type, keys) => tool(name, toggleList(type), keys, { isOn: (state) => listsAround(state)[0]?.node.type === type });
    const dialog = (name, run, keys, more) => tool(name, () => true, keys, { run, ...more });
    return [
      mark("strong", "Mod-b"),
      mark("em", "Mod-i"),
      null,
      block("heading", NODES.heading, { level: 1 }, "Mod-Alt-1"),
      block("subheading", NODES.heading, { level: 2 }, "Mod-Alt-2"),
      block("quote", NODES.blockquote, {}, "Mod-Shift-9"),
      null,
      list("bullets", NODES.bullet_list, "Mod-Shift-8"),
      list("numbers", NODES.ordered_list, "Mod-Shift-7"),
      tool("outdent", liftListItem(NODES.list_item), "Mod-["),
      tool("indent", indent, "Mod-]"),
      null,
      dialog("link", () => this.editLink(), "Mod-k", { isOn: isMarked(MARKS.link) }),
      dialog("footnote", () => this.editFootnote(), "Mod-Alt-f"),
      null,
      tool("undo", undo, "Mod-z"),
      tool("redo", redo, "Mod-y"),
    ];
  }

  /** From here on the JSON goes with the form. */
  replaceField() {
    this.area.hidden = true;
    this.area.removeAttribute("name");
    this.element.querySelectorAll("[data-without-scripts]").forEach((hint) => { hint.hidden = true; });
    this.field.disabled = false;
    this.field.value = JSON.stringify(this.getJSON());
    // What was kept on this device is put into the fields from outside (kept_form.js).
    this.area.addEventListener("input", () => {
      if (this.field.value !== JSON.stringify(this.getJSON())) this.setJSON(JSON.parse(this.field.value));
    });
  }

  apply(transaction) {
    this.view.updateState(this.view.state.apply(transaction));
    if (transaction.selectionSet || transaction.docChanged) this.leaving = false;
    this.toolbar.show(this.view.state);
    if (transaction.docChanged) this.tell();
  }

  tell() {
    this.field.value = JSON.stringify(this.getJSON());
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.element.dispatchEvent(new CustomEvent("rich:change", { bubbles: true }));
  }

  /** The text in its canonical form. */
  getJSON() {
    return canonical(this.view.state.doc.toJSON());
  }

  /** Puts another text in; what is alike stays untouched, and with it the cursor and what can be undone. */
  setJSON(tree) {
    const { doc } = this.view.state;
    const wanted = readTree(tree);
    const change = differing(doc, wanted);
    if (change) this.replace(change.start, change.end, wanted.slice(change.start, change.newEnd));
  }

  /**
   * Takes up what another writer did: merged is what the server made of what was sent. What was written since
   * stays. False if both stand at the same place: this text is left alone then, and sent is the base of the next merge.
   */
  takeUp(sent, merged) {
    const [base, wanted] = [readTree(sent), readTree(merged)];
    const theirs = differing(base, wanted);
    const ours = differing(base, this.view.state.doc);
    if (!theirs) return true;
    if (ours && theirs.end >= ours.start && ours.end >= theirs.start) return false;
    const moved = ours && ours.end < theirs.start ? ours.newEnd - ours.end : 0;
    this.replace(theirs.start + moved, theirs.end + moved, wanted.slice(theirs.start, theirs.newEnd));
    return true;
  }

  replace(start, end, slice) {
    this.view.dispatch(closeHistory(this.view.state.tr.replace(start, end, slice).setMeta("evidence", true)));
  }

  /** The ids of the passages that the text rests on, in reading order. */
  evidence() {
    return [...evidenceOf(this.view.state.doc).keys()];
  }

  focus() {
    this.view.focus();
  }

  /**
   * Lets words rest on a passage: text where the cursor is, as a quote of its own if asQuote;
   * without text, what is marked. Says whether there were any words.
   */
  insertEvidence({ id, text = "", language = null, asQuote = false }) {
    if (!isEvidenceId(id)) throw new RangeError(`Not the id of a passage: ${id}`);
    const mark = MARKS.evidence.create({ id, language: asLanguage(language) });
    const { state } = this.view;
    const words = text.replace(/\s+/g, " ").trim();
    if (!words && state.selection.empty) return false;
    let change;
    if (!words) change = state.tr.addMark(state.selection.from, state.selection.to, mark);
    else if (asQuote) change = this.insertQuote(schema.text(words, [mark]));
    else {
      const $to = endOf(state.selection);
      const to = $to.pos;
      const glued = $to.parentOffset && !/\s/.test($to.parent.textBetween($to.parentOffset - 1, $to.parentOffset, null, " "));
      change = state.tr.insert(to, [...(glued ? [schema.text(" ")] : []), schema.text(words, [mark])]);
      change.setSelection(TextSelection.create(change.doc, to + words.length + (glued ? 1 : 0))).setStoredMarks([]);
    }
    this.view.dispatch(change.setMeta("evidence", true).scrollIntoView());
    announce(this.labels.inserted.replace("{n}", evidenceOf(this.view.state.doc).get(id)));
    return true;
  }

  /** Puts a value of the data where the cursor is: the words that it has now, and what they are the value of. */
  insertBound({ id, text }) {
    if (!isBoundId(id)) throw new RangeError(`Not the id of a value: ${id}`);
    const $to = endOf(this.view.state.selection);
    const glued = $to.parentOffset && !/\s/.test($to.parent.textBetween($to.parentOffset - 1, $to.parentOffset, null, " "));
    const value = schema.text(text, [MARKS.bound.create({ id })]);
    const change = this.view.state.tr.insert($to.pos, [...(glued ? [schema.text(" ")] : []), value]);
    change.setSelection(TextSelection.create(change.doc, $to.pos + text.length + (glued ? 1 : 0))).setStoredMarks([]);
    this.view.dispatch(change.setMeta("evidence", true).scrollIntoView());
    this.focus();
  }

  insertQuote(words) {
    const { tr, selection } = this.view.state;
    const $to = endOf(selection);
    const block = $to.node(1);
    const quote = NODES.blockquote.create(null, words);
    const isEmpty = block.isTextblock && !block.content.size;
    const start = isEmpty ? $to.before(1) : $to.after(1);
    const isLast = start + (isEmpty ? block.nodeSize : 0) === tr.doc.content.size;
    const content = Fragment.from(isLast ? [quote, NODES.paragraph.create()] : quote);
    tr.replace(start, start + (isEmpty ? block.nodeSize : 0), new Slice(content, 0, 0));
    return tr.setSelection(Selection.near(tr.doc.resolve(start + quote.nodeSize), 1));
  }

  showEvidence(target) {
    const id = target.closest?.("[data-shows]")?.dataset.shows;
    if (!id) return false;
    this.element.dispatchEvent(new CustomEvent("rich:evidence", { bubbles: true, detail: { id } }));
    return true;
  }

  async editLink() {
    const { state } = this.view;
    const { from, to, empty, $from } = state.selection;
    const known = MARKS.link.isInSet(empty ? $from.marks() : ($from.nodeAfter?.marks ?? []));
    const { labels } = this;
    const href = await ask({
      title: labels.link,
      label: labels.address,
      value: known?.attrs.href,
      labels,
      check: (given) => (isAllowedLink(this.complete(given)) ? "" : labels.wrongAddress),
    });
    this.view.focus();
    if (href === undefined) return;
    const [start, end] = empty && known ? this.rangeOf(known) : [from, to];
    const change = this.view.state.tr.removeMark(start, end, MARKS.link);
    if (href) {
      const mark = MARKS.link.create({ href: this.complete(href) });
      if (start === end) change.insert(start, schema.text(href, [mark]));
      else change.addMark(start, end, mark);
    }
    this.view.dispatch(change);
  }

  /** An address as people write it, with what they leave out. */
  complete(address) {
    if (/^[^\s/:@]+@[^\s/]+$/.test(address)) return `mailto:${address}`;
    return /^[a-z][a-z+.-]*:/i.test(address) ? address : `https://${address}`;
  }

  /** Where the mark around the cursor begins and ends. */
  rangeOf(mark) {
    const { $from } = this.view.state.selection;
    const begin = $from.start();
    let range = [$from.pos, $from.pos];
    $from.parent.forEach((node, offset) => {
      const [start, end] = [begin + offset, begin + offset + node.nodeSize];
      if (!mark.isInSet(node.marks)) return;
      if (range[1] === start) range[1] = end;
      else if (start <= $from.pos && end >= $from.pos) range = [start, end];
      else if (end < $from.pos) range = [start, $from.pos];
    });
    return range;
  }

  async editFootnote() {
    const { selection } = this.view.state;
    const chosen = selection instanceof NodeSelection && selection.node.type === NODES.footnote ? selection.node : undefined;
    const { labels } = this;
    const text = await ask({ title: labels.footnote, label: labels.note, value: chosen?.attrs.text, labels });
    this.view.focus();
    if (text === undefined) return;
    const { tr } = this.view.state;
    if (!text) this.view.dispatch(tr.deleteSelection());
    else {
      const note = NODES.footnote.create({ text }, null, chosen?.marks);
      this.view.dispatch(chosen ? tr.replaceSelectionWith(note, false) : tr.insert(endOf(selection).pos, note));
    }
  }
}

/** Makes an editor of every field that wants to be one, also of those that come later. */
export function startRichEditors() {
  const start = () => {
    for (const element of document.querySelectorAll("[data-rich-editor]")) {
      if (element.richEditor) continue;
      element.richEditor = new RichEditor(element);
      element.dispatchEvent(new CustomEvent("rich:ready", { bubbles: true }));
    }
  };
  start();
  document.addEventListener("htmx:after:swap", start);
}
