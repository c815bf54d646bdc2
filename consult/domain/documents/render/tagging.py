"""What the tag tree of the PDF lacks when the layout engine has written it.

WeasyPrint tags what it lays out, but leaves to us what PDF/UA (ISO 14289-1) asks for beyond that:
the scope of table headings, the contents and footnotes as such, the language of foreign passages,
links that say where they lead, one element for what a page break has cut, and running heads as
pagination instead of text. It is put right on the objects of the unwritten PDF, so that the file
is still written once. Nothing here imports the engine.
"""

import logging
from collections.abc import Mapping
from typing import Any

from consult.domain.documents.render.tagtree import (
    TagTree,
    dictionaries,
    object_number,
    pair_boxes,
)

_Object = Any  # a pydyf object or a laid-out box; both libraries are untyped
_LOG = logging.getLogger(__name__)

_Pairs = list[tuple[_Object, _Object]]


def complete_tags(document: _Object, pdf: _Object, *, link_texts: Mapping[str, str]) -> None:
    """Complete the tags of a laid-out document; ``link_texts`` names the anchors links lead to."""
    tree = TagTree(pdf)
    pairs = pair_boxes(document, tree)
    if not pairs:
        _LOG.warning("Boxes and tags do not add up: no languages, no joined fragments")
    _set_languages(pairs, pdf.catalog["Lang"])
    _join_fragments(tree, pairs)
    _complete_lists(tree, pairs)
    _set_scopes(tree)
    _mark_contents(tree)
    _mark_footnotes(tree)
    _set_link_texts(pdf, link_texts)
    _gather_links(tree)
    _set_aside_leaders(tree)
    _set_aside_running_heads(tree)


def _set_scopes(tree: TagTree) -> None:
    """Say of every table heading whether it heads a column or a row.

    Scopes replace the engine's lists of headings per cell, whose ids repeat when a table continues
    on the next page.
    """
    for element in tree.elements.values():
        if element["S"] == "/TD":
            element.get("A", {}).pop("Headers", None)
        elif element["S"] == "/TH":
            row = tree.parent(element)
            group = tree.parent(row) if row else None
            column = group is not None and group["S"] == "/THead"
            element.pop("ID", None)
            element["A"]["Scope"] = "/Column" if column else "/Row"


def _mark_contents(tree: TagTree) -> None:
    """Tag the contents as ``TOC`` and ``TOCI``: a ``nav`` is the only untagged holder of a list."""
    for element in list(tree.elements.values()):
        if element["S"] == "/NonStruct" and element is not tree.root:
            for child in tree.children(element):
                if child["S"] == "/L":
                    _turn_to_contents(tree, child)


def _turn_to_contents(tree: TagTree, element: _Object) -> None:
    names = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/Reference"}
    if element["S"] not in names:
        return
    element["S"] = names[element["S"]]
    for child in tree.children(element):
        if element["S"] == "/Reference" and child["S"] == "/L":
            item = tree.elements[object_number(element["P"])]
            element["K"].remove(child.reference)
            item["K"].append(child.reference)
            child["P"] = item.reference
        _turn_to_contents(tree, child)


def _mark_footnotes(tree: TagTree) -> None:
    """Tag what stands in a page's footnote area as ``Note``, each with an id of its own."""
    count = 0
    for area in tree.children(tree.root):
        if area["S"] != "/NonStruct":
            continue
        for note in tree.children(area):
            if note["S"] in ("/Span", "/NonStruct"):
                count += 1
                note["S"] = "/Note"
                note["ID"] = f"(note-{count})".encode()


def _set_link_texts(pdf: _Object, link_texts: Mapping[str, str]) -> None:
    """Let a link say where it leads instead of naming the anchor."""
    for link in dictionaries(pdf, "Subtype", "/Link"):
        target = link["Dest"].string if "Dest" in link else ""
        if target in link_texts:
            link["Contents"] = type(link["Dest"])(link_texts[target])


def _set_languages(pairs: _Pairs, main: _Object) -> None:
    """Give passages in another language their ``Lang``."""
    for element, box in pairs:
        language = "" if box.element is None else box.element.get("lang", "")
        if element and language and language != main.string:
            element["Lang"] = type(main)(language)


def _complete_lists(tree: TagTree, pairs: _Pairs) -> None:
    """Let a list hold its items without a list per column, and an item hold its text in a body."""
    sources = {element.number: box.element for element, box in pairs}
    for element, box in pairs:
        parent = tree.parent(element) if element.get("S") == "/L" else None
        if parent is None or parent["S"] != "/L" or sources.get(parent.number) is not box.element:
            continue
        position = parent["K"].index(element.reference)
        tree.detach(element)
        tree.move_children(element, parent, position)
    for element in list(tree.elements.values()):
        if element["S"] == "/LI":
            loose = [kid for kid in tree.children(element) if kid["S"] not in ("/Lbl", "/LBody")]
            if loose:
                tree.wrap(element, loose, "/LBody")


def _join_fragments(tree: TagTree, pairs: _Pairs) -> None:
    """Make one element of what a page or column break has cut: a table is one table to the ear.

    Parts of the same HTML element with the same tag and parent are joined, unless they own marked
    content directly, which is bound to its page. Table headings repeated on a further page become
    artifacts.
    """
    first: dict[tuple[int, str, int], _Object] = {}
    for element, box in pairs:
        if not element or box.element is None:
            continue
        parent = tree.parent(element)
        if parent is None or element.reference not in parent["K"]:
            continue
        key = (id(box.element), element["S"], parent.number)
        earlier: _Object = first.setdefault(key, element)
        if earlier is element or any(isinstance(kid, int) for kid in element["K"]):
            continue
        if earlier["Pg"] == element["Pg"]:
            first[key] = element
        elif element["S"] == "/THead":
            tree.detach(element)
            tree.set_aside([element], kind="/Pagination")
        else:
            tree.detach(element)
            tree.move_children(element, earlier, len(earlier["K"]))


def _set_aside_running_heads(tree: TagTree) -> None:
    """Turn running heads and page numbers, which hang in no tree, into pagination artifacts."""
    linked = {object_number(kid) for kid in tree.root["K"]}
    strays = [
        element
        for number, element in tree.elements.items()
        if tree.parent(element) is tree.root and number not in linked
    ]
    tree.set_aside(strays, kind="/Pagination")


def _set_aside_leaders(tree: TagTree) -> None:
    """Turn the dots between a title and its page number into artifacts, so that nobody hears them.

    They are the only thing nested two deep without a tag in the contents.
    """
    leaders = []
    for element in tree.elements.values():
        parent = tree.parent(element) if element["S"] == "/NonStruct" else None
        if parent is not None and parent["S"] == "/NonStruct" and _is_within(tree, parent, "/TOCI"):
            parent["K"].remove(element.reference)
            leaders.append(element)
    tree.set_aside(leaders, kind="/Layout")


def _gather_links(tree: TagTree) -> None:
    """Hang every link annotation on its ``Link``: those of inline parts stand on the parts."""
    owners = tree.parent_rows()
    for element in tree.elements.values():
        link = _enclosing(tree, element, "/Link")
        if link is None or link is element:
            continue
        for kid in list(element["K"]):
            entry = tree.objects.get(object_number(kid))
            if isinstance(entry, dict) and entry.get("Type") == "/OBJR":
                element["K"].remove(kid)
                link["K"].append(kid)
                key = tree.objects[object_number(entry["Obj"])]["StructParent"]
                owners[owners.index(key, 2 * tree.pages) + 1] = link.reference


def _enclosing(tree: TagTree, element: _Object, tag: str) -> _Object | None:
    """The outermost element with a tag around this one, which may be itself."""
    found, current = None, element
    while current is not None and current is not tree.root:
        if current["S"] == tag:
            found = current
        current = tree.parent(current)
    return found


def _is_within(tree: TagTree, element: _Object, tag: str) -> bool:
    return _enclosing(tree, element, tag) is not None
