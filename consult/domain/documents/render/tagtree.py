"""The tag tree of an unwritten PDF, and which laid-out box each of its elements came from.

It works on ``pydyf`` dictionaries (``S`` is the tag, ``K`` the children, ``P`` the parent, ``Pg``
the page) and on the engine's boxes, which know their HTML element.
"""

from collections.abc import Iterator
from typing import Any

_Object = Any  # a pydyf object or a laid-out box; both libraries are untyped

_SURE = {"p": "/P", "span": "/Span", "li": "/LI", "td": "/TD", "section": "/Sect"}


class TagTree:
    """The structure elements of an unwritten PDF by object number, in the order of layout."""

    def __init__(self, pdf: _Object) -> None:
        self.pdf = pdf
        self.elements: dict[int, _Object] = {
            entry.number: entry for entry in dictionaries(pdf, "Type", "/StructElem")
        }
        self.objects: dict[int, _Object] = {entry.number: entry for entry in pdf.objects}
        self.pages = len(pdf.page_references)
        self.root = next(e for e in self.elements.values() if e["S"] == "/Document")

    def parent(self, element: _Object) -> _Object | None:
        """The element that holds this one; None at the top."""
        return self.elements.get(object_number(element["P"]))

    def parent_rows(self) -> _Object:
        """The flat parent tree: page or annotation key, then the elements of its content."""
        root = self.objects[object_number(self.pdf.catalog["StructTreeRoot"])]
        return self.objects[object_number(root["ParentTree"])]["Nums"]

    def set_aside(self, elements: list[_Object], *, kind: str) -> None:
        """Turn the content of detached elements into artifacts and empty the elements."""
        rows = self.parent_rows()
        order = {page: index for index, page in enumerate(self.pdf.page_references)}
        marks = [leaf for element in elements for leaf in self.leaves(element)]
        for page in {owner["Pg"] for owner, _ in marks}:
            contents = self.objects[
                object_number(self.objects[object_number(page)]["Contents"])
            ].stream
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

    def detach(self, element: _Object) -> None:
        """Take an element out of its parent."""
        self.elements[object_number(element["P"])]["K"].remove(element.reference)

    def wrap(self, element: _Object, kids: list[_Object], tag: str) -> None:
        """Put some of an element's children, in their order, into a new element at its end."""
        made = type(element)({key: element[key] for key in ("Type", "Pg")})
        made.update(
            S=tag, P=element.reference, K=type(element["K"])([kid.reference for kid in kids])
        )
        self.pdf.add_object(made)
        self.elements[made.number] = self.objects[made.number] = made
        for kid in kids:
            kid["P"] = made.reference
            element["K"].remove(kid.reference)
        element["K"].append(made.reference)

    def move_children(self, source: _Object, target: _Object, position: int) -> None:
        """Hang the children of a detached element into another and empty the element."""
        for child in self.children(source):
            child["P"] = target.reference
        target["K"][position:position] = source["K"]
        source.clear()
        del self.elements[source.number]

    def _discard(self, element: _Object) -> None:
        for child in self.children(element):
            self._discard(child)
        element.clear()
        del self.elements[element.number]

    def children(self, element: _Object) -> list[_Object]:
        """The structure elements directly below."""
        found = (self.elements.get(object_number(kid)) for kid in element["K"])
        return [kid for kid in found if kid is not None]

    def leaves(self, element: _Object) -> Iterator[tuple[_Object, int]]:
        """Every piece of marked content below: the element that owns it and its id on the page."""
        for kid in element["K"]:
            if isinstance(kid, int):
                yield element, kid
            elif child := self.elements.get(object_number(kid)):
                yield from self.leaves(child)


def pair_boxes(document: _Object, tree: TagTree) -> list[tuple[_Object, _Object]]:
    """Each element with its box, in the order of layout; nothing when they do not add up.

    The engine makes tags while it walks the boxes, so walking them the same way meets the elements
    in the order of their numbers. Bare text has elements of its own, which are left out.
    """
    supply: Iterator[_Object] = iter([e for e in tree.elements.values() if e is not tree.root])
    pairs: list[tuple[_Object, _Object]] = []
    try:
        for page in document.pages:
            _pair_below(page._page_box, supply, pairs)
    except StopIteration:
        return []
    for element, box in pairs:
        sure = _SURE.get(str(box.element_tag), element["S"])
        if element["S"] not in (sure, "/NonStruct", "/LBody", "/LI"):
            return []
    return [] if next(supply, None) is not None else pairs


def _pair_below(
    box: _Object, supply: Iterator[_Object], pairs: list[tuple[_Object, _Object]]
) -> None:
    """Pair everything in a box that has no element itself: page, margin box, ``html``, ``body``."""
    for child in box.children:
        _pair(child, supply, pairs)


def _pair(box: _Object, supply: Iterator[_Object], pairs: list[tuple[_Object, _Object]]) -> None:
    placed: _Object = getattr(box, "_box", box)
    if placed.element_tag in ("html", "body") or is_box(placed, "MarginBox"):
        _pair_below(placed, supply, pairs)
        return
    element = next(supply)
    if element["S"] == "/LI" and _is_wrapped(placed):
        element = next(supply)
    pairs.append((element, placed))
    for child in _tagged_children(placed):
        if not is_box(child, "TextBox"):
            _pair(child, supply, pairs)
        elif element["S"] != "/Link":
            next(supply)


def _tagged_children(box: _Object) -> Iterator[_Object]:
    """The children that are tagged: lines and the inner box of a table give way to theirs."""
    table = box.get_wrapped_table() if getattr(box, "is_table_wrapper", False) else None
    for child in getattr(box, "children", ()):
        if is_box(child, "LineBox") or (table is not None and child is table):
            yield from child.children
        else:
            yield child


def _is_wrapped(box: _Object) -> bool:
    """Whether the engine gives the box an ``LI`` around it: a term, or an item without a mark."""
    if box.element_tag in ("dt", "dd"):
        return True
    unmarked = "list-item" not in box.style["display"] or box.style["list_style_type"] == "none"
    return box.element_tag == "li" and unmarked


def is_box(box: _Object, name: str) -> bool:
    """Whether a box is of the engine's class of that name, or of one below it."""
    return any(cls.__name__ == name for cls in type(box).__mro__)


def dictionaries(pdf: _Object, key: str, value: str) -> Iterator[_Object]:
    """The dictionaries of a PDF that have such an entry."""
    return (entry for entry in pdf.objects if isinstance(entry, dict) and entry.get(key) == value)


def object_number(reference: object) -> int:
    """The object number in a reference such as ``b"12 0 R"``; 0 for anything else."""
    head = reference.split()[0] if isinstance(reference, bytes) and reference else b"0"
    return int(head) if head.isdigit() else 0
