"""What the tag tree of the PDF lacks when the layout engine has written it.

WeasyPrint tags what it lays out, but leaves four things that PDF/UA (ISO 14289-1) asks for: the
scope of table headings, the contents and footnotes as such, the language of foreign passages, and
running heads as pagination instead of text. Here they are put right on the objects of the
unwritten PDF, so that the file is still written once.

Nothing here imports the engine: it works on ``pydyf`` dictionaries (``S`` is the tag, ``K`` the
children, ``P`` the parent, ``Pg`` the page) and on laid-out boxes, which know their HTML element.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

_Object = Any  # a pydyf object or a laid-out box; both libraries are untyped
_LOG = logging.getLogger(__name__)

_LANGUAGE_TAGS = {"span": "/Span", "p": "/P", "blockquote": "/BlockQuote"}


class TagTree:
    """The structure elements of an unwritten PDF by object number, in the order of layout."""

    def __init__(self, pdf: _Object) -> None:
        self.pdf = pdf
        self.elements: dict[int, _Object] = {
            entry.number: entry for entry in _dictionaries(pdf, "Type", "/StructElem")
        }
        self.objects: dict[int, _Object] = {entry.number: entry for entry in pdf.objects}
        self.pages = len(pdf.page_references)
        self.root = next(e for e in self.elements.values() if e["S"] == "/Document")

    def parent(self, element: _Object) -> _Object | None:
        """The element that holds this one; None at the top."""
        return self.elements.get(_number(element["P"]))

    def parent_rows(self) -> _Object:
        """The flat parent tree: page or annotation key, then the elements of its content."""
        root = self.objects[_number(self.pdf.catalog["StructTreeRoot"])]
        return self.objects[_number(root["ParentTree"])]["Nums"]

    def set_aside(self, elements: list[_Object], *, kind: str) -> None:
        """Turn the content of detached elements into artifacts and empty the elements."""
        rows = self.parent_rows()
        order = {page: index for index, page in enumerate(self.pdf.page_references)}
        marks = [leaf for element in elements for leaf in self.leaves(element)]
        for page in {owner["Pg"] for owner, _ in marks}:
            contents = self.objects[_number(self.objects[_number(page)]["Contents"])].stream
            places = {
                entry["MCID"]: position
                for position, entry in enumerate(contents)
                if isinstance(entry, dict) and "MCID" in entry
            }
            for owner, mark in marks:
                if owner["Pg"] == page:
                    rows[2 * order[page] + 1][mark] = b"null"
                    contents[places[mark] - 1] = b"/Artifact"
                    contents[places[mark]] = type(owner)({"Type": kind})
        for element in elements:
            self._discard(element)

    def _discard(self, element: _Object) -> None:
        for child in self.children(element):
            self._discard(child)
        element.clear()
        del self.elements[element.number]

    def children(self, element: _Object) -> list[_Object]:
        """The structure elements directly below."""
        found = (self.elements.get(_number(kid)) for kid in element["K"])
        return [kid for kid in found if kid is not None]

    def leaves(self, element: _Object) -> Iterator[tuple[_Object, int]]:
        """Every piece of marked content below: the element that owns it and its id on the page."""
        for kid in element["K"]:
            if isinstance(kid, int):
                yield element, kid
            elif child := self.elements.get(_number(kid)):
                yield from self.leaves(child)


def complete_tags(document: _Object, pdf: _Object, *, link_texts: Mapping[str, str]) -> None:
    """Complete the tags of a laid-out document; ``link_texts`` names the anchors links lead to."""
    tree = TagTree(pdf)
    _set_languages(document, tree)
    _set_scopes(tree)
    _mark_contents(tree)
    _mark_footnotes(tree)
    _set_link_texts(pdf, link_texts)
    _gather_links(tree)
    _set_aside_leaders(tree)
    _set_aside_running_heads(tree)


def _dictionaries(pdf: _Object, key: str, value: str) -> Iterator[_Object]:
    """The dictionaries of a PDF that have such an entry."""
    return (entry for entry in pdf.objects if isinstance(entry, dict) and entry.get(key) == value)


def _number(reference: object) -> int:
    """The object number in a reference such as ``b"12 0 R"``; 0 for anything else."""
    head = reference.split()[0] if isinstance(reference, bytes) and reference else b"0"
    return int(head) if head.isdigit() else 0


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
            item = tree.elements[_number(element["P"])]
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
    for link in _dictionaries(pdf, "Subtype", "/Link"):
        target = link["Dest"].string if "Dest" in link else ""
        if target in link_texts:
            link["Contents"] = type(link["Dest"])(link_texts[target])


def _set_languages(document: _Object, tree: TagTree) -> None:
    """Give passages in another language their ``Lang``.

    Tags are made in the order in which boxes are walked, so the n-th box that becomes a span
    belongs to the n-th span. Were the engine to count differently, no language is set at all.
    """
    string = type(tree.pdf.catalog["Lang"])
    main = tree.pdf.catalog["Lang"].string
    walked: dict[str, list[_Object | None]] = {tag: [] for tag in set(_LANGUAGE_TAGS.values())}
    for page in document.pages:
        for tag, box in _tagged_boxes(page._page_box):
            walked[tag].append(box)
    for tag, boxes in walked.items():
        elements = [element for element in tree.elements.values() if element["S"] == tag]
        if len(elements) != len(boxes):
            _LOG.warning("%s: %d tags for %d boxes", tag, len(elements), len(boxes))
            continue
        for element, box in zip(elements, boxes, strict=True):
            language = "" if box is None else box.element.get("lang", "")
            if language and language != main:
                element["Lang"] = string(language)


def _tagged_boxes(box: _Object) -> Iterator[tuple[str, _Object | None]]:
    """The tag and box of everything below that may carry a language; None for bare text."""
    for line in getattr(box, "children", ()):
        flow = line.children if _is_box(line, "LineBox") else [line]
        for placed in flow:
            child = getattr(placed, "_box", placed)
            if _is_box(child, "TextBox"):
                if str(box.element_tag).split(":")[0] != "a":
                    yield "/Span", None
                continue
            if child.element is not None and child.element_tag in _LANGUAGE_TAGS:
                yield _LANGUAGE_TAGS[child.element_tag], child
            yield from _tagged_boxes(child)


def _is_box(box: _Object, name: str) -> bool:
    return any(cls.__name__ == name for cls in type(box).__mro__)


def _set_aside_running_heads(tree: TagTree) -> None:
    """Turn running heads and page numbers, which hang in no tree, into pagination artifacts."""
    linked = {_number(kid) for kid in tree.root["K"]}
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
            entry = tree.objects.get(_number(kid))
            if isinstance(entry, dict) and entry.get("Type") == "/OBJR":
                element["K"].remove(kid)
                link["K"].append(kid)
                key = tree.objects[_number(entry["Obj"])]["StructParent"]
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
