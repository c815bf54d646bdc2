// Evidence in the editor: its numbers, and words that are rewritten without losing what they rest on.
import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

/** The passages that a text rests on, each once, in reading order. */
export function evidenceOf(doc) {
  const found = new Map();
  doc.descendants((node) => {
    for (const mark of node.marks) if (mark.type.name === "evidence" && !found.has(mark.attrs.id)) found.set(mark.attrs.id, found.size + 1);
  });
  return found;
}

const restsOn = (node) => node.marks.filter((mark) => mark.type.name === "evidence");

function drawNumbers(doc, label) {
  const numbers = evidenceOf(doc);
  const drawn = [];
  doc.descendants((node, position, parent, index) => {
    if (!node.isInline) return;
    const next = parent.maybeChild(index + 1);
    for (const mark of restsOn(node)) {
      if (next && restsOn(next).some((other) => other.attrs.id === mark.attrs.id)) continue;
      const number = numbers.get(mark.attrs.id);
      const draw = () => {
        const button = document.createElement("sup");
        button.className = "evidence-number";
        button.dataset.shows = mark.attrs.id;
        button.contentEditable = "false";
        button.setAttribute("role", "img");
        button.setAttribute("aria-label", label.replace("{n}", number));
        button.textContent = number;
        return button;
      };
      drawn.push(Decoration.widget(position + node.nodeSize, draw, { side: -1, key: `${mark.attrs.id}-${number}`, ignoreSelection: true }));
    }
  });
  return DecorationSet.create(doc, drawn);
}

/** Shows a number after words that rest on a passage. label: its name, with {n}. */
export function numberEvidence(label) {
  const plugin = new Plugin({
    state: {
      init: (_, { doc }) => drawNumbers(doc, label),
      apply: (transaction, drawn) => (transaction.docChanged ? drawNumbers(transaction.doc, label) : drawn),
    },
    props: { decorations: (state) => plugin.getState(state) },
  });
  return plugin;
}

/** The evidence that every word between two places rests on. */
function commonEvidence(doc, from, to) {
  let common;
  doc.nodesBetween(from, to, (node) => {
    if (!node.isText) return;
    const marks = restsOn(node);
    common = common ? common.filter((mark) => mark.isInSet(marks)) : marks;
  });
  return common ?? [];
}

/**
 * Words that are written over others in one go rest on what those rested on; so does what one goes on
 * to write, until the cursor is moved. ProseMirror alone would drop a mark that all of its words lose.
 */
export function keepEvidence() {
  return new Plugin({
    appendTransaction(transactions, before, after) {
      const written = transactions.filter((one) => one.docChanged);
      if (written.length !== 1 || written[0].steps.length !== 1 || written[0].getMeta("history$") || written[0].getMeta("evidence")) return null;
      let place;
      written[0].mapping.maps[0].forEach((start, end, newStart, newEnd) => { place = { start, end, newStart, newEnd }; });
      if (!place || place.newEnd === place.newStart) return null;
      const { start, end, newStart, newEnd } = place;
      if (!before.doc.resolve(start).sameParent(before.doc.resolve(end))) return null;
      const goesOn = before.selection.empty && before.selection.from === start;
      const going = (goesOn ? (before.storedMarks ?? []) : []).filter((mark) => mark.type.name === "evidence");
      const kept = end > start ? commonEvidence(before.doc, start, end) : going;
      if (!kept.length) return null;
      const change = after.tr;
      for (const mark of kept) change.addMark(newStart, newEnd, mark);
      if (after.selection.empty && after.selection.from === newEnd) {
        const others = after.selection.$from.marks().filter((mark) => mark.type.name !== "evidence");
        change.setStoredMarks(kept.reduce((marks, mark) => mark.addToSet(marks), others));
      }
      return change;
    },
  });
}
