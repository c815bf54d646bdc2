// A document in its one canonical form, as kernel/text/rich/types.py brings it: rows of blocks, made anew.

const UNSEEN = /[\u00ad\u200b\ufeff\ufffe\uffff\u202a-\u202e]|\p{Cc}|\p{Cs}/gu;
const BLANKS = /\r\n|[\r\n\t\v\f\u0085\u2028\u2029]/g;
const MARKS = ["evidence", "link", "bound", "strong", "em"];
const LISTS = new Set(["bullet_list", "ordered_list"]);

const clean = (text) => text.replace(BLANKS, " ").normalize("NFC").replace(UNSEEN, "");

const cleanNote = (text) => clean(text).trim().replace(/\s+/g, " ");

function orderedMarks(marks = []) {
  const order = (mark) => `${MARKS.indexOf(mark.type)} ${mark.attrs?.id ?? ""}`;
  return [...marks].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Words with their neighbours of the same marks, without what nobody can see. */
function inlinesOf(node) {
  const parts = [];
  for (const child of node.content ?? []) {
    if (child.type === "hard_break") {
      parts.push({ type: "hard_break" });
      continue;
    }
    const marks = orderedMarks(child.marks);
    const last = parts.at(-1);
    if (child.type === "footnote") parts.push({ type: "footnote", attrs: { text: cleanNote(child.attrs.text) }, marks });
    else if (last?.type === "text" && JSON.stringify(last.marks) === JSON.stringify(marks)) last.text += child.text;
    else parts.push({ type: "text", text: child.text, marks });
  }
  return parts
    .map((part) => (part.type === "text" ? { ...part, text: clean(part.text) } : part))
    .filter((part) => part.type === "hard_break" || (part.text ?? part.attrs.text))
    .map(({ marks, ...part }) => (marks?.length ? { ...part, marks } : part));
}

function* blocksOf(nodes, depth = 0) {
  for (const node of nodes ?? []) {
    if (!LISTS.has(node.type)) {
      yield { kind: depth ? "continued" : node.type, level: node.attrs?.level, depth, content: inlinesOf(node) };
      continue;
    }
    let start = node.attrs?.order ?? 1;
    for (const item of node.content) {
      const [first, ...others] = blocksOf(item.content, depth + 1);
      yield { ...first, kind: node.type, start };
      yield* others;
      start = 1;
    }
  }
}

const isEmpty = (block) => !block.content.some((part) => part.type === "footnote" || part.text?.trim());

/** Blocks with words, in lists that nest one step at a time. */
function ordered(blocks) {
  const kept = [];
  let open = [];
  for (const block of blocks) {
    if (isEmpty(block)) continue;
    if (!block.depth || (block.kind === "continued" && !open.length)) {
      open = [];
      kept.push(block.depth ? { kind: "paragraph", depth: 0, content: block.content } : block);
    } else if (block.kind === "continued") {
      const depth = Math.min(block.depth, open.length);
      open.length = depth;
      kept.push({ ...block, depth });
    } else {
      const depth = Math.min(block.depth, open.length + 1);
      const goesOn = open[depth - 1] === block.kind;
      open.length = depth - 1;
      open.push(block.kind);
      kept.push({ ...block, depth, start: goesOn ? 1 : block.start });
    }
  }
  return kept;
}

/** The nodes of the blocks from a place on that stand at least this deep, and the place after them. */
function nodesFrom(blocks, place, depth) {
  const nodes = [];
  while (place < blocks.length) {
    const { kind, level, depth: own, start, content } = blocks[place];
    if (own > depth) {
      const items = [];
      const list = { type: kind, content: items };
      if (kind === "ordered_list") list.attrs = { order: start };
      while (place < blocks.length && blocks[place].kind === kind && blocks[place].depth === depth + 1) {
        const [inside, next] = nodesFrom(blocks, place + 1, depth + 1);
        items.push({ type: "list_item", content: [{ type: "paragraph", content: blocks[place].content }, ...inside] });
        place = next;
      }
      nodes.push(list);
    } else if (kind === "continued" && own === depth) {
      nodes.push({ type: "paragraph", content });
      place += 1;
    } else if (!depth) {
      nodes.push(kind === "heading" ? { type: kind, attrs: { level }, content } : { type: kind, content });
      place += 1;
    } else break;
  }
  return [nodes, place];
}

/** The canonical form of what ProseMirror's doc.toJSON() gives; the server's parser says the same. */
export function canonical(tree) {
  return { type: "doc", content: nodesFrom(ordered(blocksOf(tree.content)), 0, 0)[0] };
}
