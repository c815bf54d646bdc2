"""Codebooks as REFI-QDA files (.qdc): what NVivo, ATLAS.ti, MAXQDA, QualCoder and others exchange.

Source: REFI-QDA standard 1.5, codebook schema ``urn:QDA-XML:codebook:1.0``. What is read is
untrusted: a document type, and with it every entity, is refused before anything is made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.parsers import expat  # document types are refused below
from xml.sax.saxutils import escape, quoteattr

from consult.domain.coding.codebook_entries import (
    CodebookFile,
    Entry,
    Fault,
    at_line,
    fault_at,
    join_words,
    normal_guid,
    split_words,
)
from consult.domain.coding.types import Colour
from consult.kernel.i18n import N_

NAMESPACE = "urn:QDA-XML:codebook:1.0"

_COLOURS: dict[Colour, str] = {
    Colour.BLUE: "#1F6FC0",
    Colour.GREEN: "#2E8B3D",
    Colour.ORANGE: "#D9731A",
    Colour.PURPLE: "#8A4FBF",
    Colour.RED: "#D03A36",
    Colour.TEAL: "#0F8F8F",
    Colour.YELLOW: "#E0B400",
    Colour.PINK: "#D6558F",
    Colour.BROWN: "#8C6242",
    Colour.GREY: "#7A7D82",
    Colour.INDIGO: "#4B53C8",
    Colour.LIME: "#84A51E",
}
_WITHIN = {
    "": {"CodeBook"},
    "CodeBook": {"Codes", "Sets"},
    "Codes": {"Code"},
    "Code": {"Description", "Code"},
    "Sets": {"Set"},
    "Set": {"Description", "MemberCode"},
    "Description": set[str](),
    "MemberCode": set[str](),
}
_NEEDED = {"Code": ("guid", "name", "isCodable"), "Set": ("guid", "name"), "MemberCode": ("guid",)}


class _Refused(Exception):
    """Reading ends here."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(slots=True)
class _Code:
    """A code whose end has not come yet."""

    line: int
    guid: str
    name: str
    colour: Colour
    parent: str | None
    words: list[str] = field(default_factory=list)


def write_qdc(entries: Sequence[Entry], *, language: str) -> str:
    """A codebook as XML; every entry needs its GUID and stands after its parent.

    Args:
        entries: The themes as a tree; ``parent`` is the parent's GUID.
        language: Of the headings within a description, such as "Ta med".
    """
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    lines.append(f'<CodeBook xmlns="{NAMESPACE}" origin="consult">')
    lines += write_codes(entries, language=language, indent="  ")
    lines.append("</CodeBook>")
    return "\n".join(lines) + "\n"


def write_codes(entries: Sequence[Entry], *, language: str, indent: str) -> list[str]:
    """The element of all codes, as it stands in codebooks and in projects alike."""
    below: dict[str | None, list[Entry]] = {}
    for entry in entries:
        below.setdefault(entry.parent, []).append(entry)
    lines = [f"{indent}<Codes>"]
    for entry in below.get(None, ()):
        lines += _write_code(entry, below, language, f"{indent}  ")
    return [*lines, f"{indent}</Codes>"]


def _write_code(
    entry: Entry, below: dict[str | None, list[Entry]], language: str, indent: str
) -> list[str]:
    words = join_words(
        entry.definition, entry.include, entry.exclude, entry.examples or (), language=language
    )
    head = (
        f"{indent}<Code guid={quoteattr(entry.guid or '')} name={quoteattr(entry.name)}"
        f' isCodable="true" color="{_COLOURS[entry.colour]}"'
    )
    inside = [f"{indent}  <Description>{escape(words)}</Description>"] if words else []
    for child in below.get(entry.guid, ()):
        inside += _write_code(child, below, language, f"{indent}  ")
    return [f"{head}>", *inside, f"{indent}</Code>"] if inside else [f"{head}/>"]


def read_qdc(data: bytes) -> CodebookFile:
    """The themes of a file, and everything in it that the standard does not allow, by line.

    Sets are left out: they group codes in a second way, which a codebook here has no place for.
    """
    return _Reader().read(data)


class _Reader:
    """Follows the elements as they come, and keeps the problems."""

    def __init__(self) -> None:
        self._problems: list[Fault] = []
        self._entries: list[Entry | None] = []
        self._open: list[str] = []
        self._codes: list[tuple[int, _Code]] = []
        self._guids: dict[str, int] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take

    def read(self, data: bytes) -> CodebookFile:
        """Everything the file holds."""
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            text = expat.ErrorString(error.code)
            fault = Fault(N_("not well-formed XML (%(why)s)"), why=text)
            self._problems.append(fault_at(at_line(error.lineno), fault))
        except _Refused as refused:
            self._problems.append(fault_at(at_line(self._line), refused.fault))
        entries = tuple(entry for entry in self._entries if entry is not None)
        if not entries and not self._problems:
            self._problems.append(fault_at(at_line(1), Fault(N_("the file has no codes"))))
        return CodebookFile(entries, tuple(self._problems))

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _refuse_doctype(self, *_declared: object) -> None:
        raise _Refused(Fault(N_("a document type is not allowed")))

    def _tell(self, message: str, **values: object) -> None:
        self._problems.append(fault_at(at_line(self._line), Fault(message, **values)))

    def _begin(self, full_name: str, attributes: dict[str, str]) -> None:
        namespace, _space, name = full_name.rpartition(" ")
        around = self._open[-1] if self._open else ""
        if not around and (namespace, name) != (NAMESPACE, "CodeBook"):
            message = N_("not a codebook of the namespace %(namespace)s")
            raise _Refused(Fault(message, namespace=NAMESPACE))
        if namespace != NAMESPACE or name not in _WITHIN.get(around, set()):
            message = N_("%(element)s is not allowed in %(around)s")
            raise _Refused(Fault(message, element=name, around=around))
        self._open.append(name)
        missing = [one for one in _NEEDED.get(name, ()) if not attributes.get(one, "").strip()]
        if missing:
            self._tell(N_("%(element)s has no %(names)s"), element=name, names=", ".join(missing))
        if name == "Code":
            self._codes.append((len(self._entries), self._begin_code(attributes)))
            self._entries.append(None)  # parents stand before their children

    def _begin_code(self, attributes: dict[str, str]) -> _Code:
        guid = ""
        if attributes.get("guid"):
            try:
                guid = normal_guid(attributes["guid"])
            except ValueError:
                self._tell(N_("“%(text)s” is not a GUID"), text=attributes["guid"])
        if guid in self._guids:
            self._tell(N_("the GUID stands in line %(number)s already"), number=self._guids[guid])
        if guid:
            self._guids.setdefault(guid, self._line)
        if attributes.get("isCodable", "true") not in {"true", "false", "1", "0"}:
            self._tell(N_("isCodable is neither true nor false"))
        parent = self._codes[-1][1].guid if self._codes else None
        name = " ".join(attributes.get("name", "").split())
        return _Code(self._line, guid, name, self._colour(attributes.get("color")), parent)

    def _colour(self, text: str | None) -> Colour:
        if text is None:
            return Colour.GREY
        try:
            return nearest_colour(text)
        except ValueError:
            self._tell(N_("“%(text)s” is not a colour such as #1F6FC0"), text=text)
            return Colour.GREY

    def _take(self, text: str) -> None:
        around = self._open[-2:]
        if around == ["Code", "Description"]:
            self._codes[-1][1].words.append(text)
        elif text.strip() and around[-1] != "Description":
            self._tell(N_("words are not allowed in %(element)s"), element=around[-1])

    def _end(self, _full_name: str) -> None:
        if self._open.pop() != "Code":
            return
        index, code = self._codes.pop()
        definition, include, exclude, examples = split_words("".join(code.words))
        self._entries[index] = Entry(
            place=at_line(code.line),
            name=code.name,
            colour=code.colour,
            guid=code.guid,
            parent=code.parent,
            definition=definition,
            include=include,
            exclude=exclude,
            examples=examples,
        )


def nearest_colour(text: str) -> Colour:
    """The colour of ours that is nearest to ``#RGB`` or ``#RRGGBB``, grey for what has no hue.

    Raises ``ValueError`` for anything else.
    """
    digits = text.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if not text.strip().startswith("#") or len(digits) != 6:
        raise ValueError("not a colour")
    wanted = _channels(digits)
    if max(wanted) - min(wanted) < 24:
        return Colour.GREY
    return min(
        _COLOURS,
        key=lambda colour: sum(
            (a - b) ** 2 for a, b in zip(wanted, _channels(_COLOURS[colour][1:]), strict=True)
        ),
    )


def _channels(digits: str) -> tuple[int, int, int]:
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue
