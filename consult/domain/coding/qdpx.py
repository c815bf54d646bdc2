"""A coded round as a REFI-QDA project (.qdpx), for NVivo, ATLAS.ti, MAXQDA, QualCoder and others.

Source: REFI-QDA standard 1.5, project schema ``urn:QDA-XML:project:1.0``: a ZIP that holds
``project.qde`` and, in ``Sources``, each text as UTF-8 with LF line ends. Positions count Unicode
characters of that text from 0; the end is the position behind the last character.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.domain.coding.codebook_entries import Entry
from consult.domain.coding.qdc import write_codes

NAMESPACE = "urn:QDA-XML:project:1.0"

_GUIDS = uuid5(NAMESPACE_URL, "consult/qdpx")
_FILED = (1980, 1, 1, 0, 0, 0)
"""Stands at every file in the ZIP, so that the same project gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A passage with what was put on it.

    Attributes:
        id: Its public id.
        start: Position of its first character in the source's text.
        end: Position behind its last character.
        codes: For each coding the GUID of the code, the coder and the time.
    """

    id: str
    start: int
    end: int
    codes: tuple[tuple[str, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The text of an answer, and what is known of its sender.

    Attributes:
        id: The answer's public id.
        values: By the name of the variable.
    """

    id: str
    name: str
    text: str
    selections: tuple[Selected, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QdaProject:
    """Everything that a project holds.

    Attributes:
        coders: Names by what the codings call them.
        description: What the texts are, and what was left out.
    """

    name: str
    description: str
    language: str
    entries: Sequence[Entry]
    sources: Sequence[Source]
    coders: Mapping[str, str]


def write_qdpx(project: QdaProject) -> bytes:
    """The project as a file; the same content gives the same bytes, and the same GUIDs."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        _put(archive, "project.qde", "\n".join(_project(project)) + "\n")
        for source in project.sources:
            _put(archive, f"Sources/{guid('text', source.id)}.txt", source.text)
    return buffer.getvalue()


def guid(kind: str, name: str) -> str:
    """The GUID of a thing, the same in every export."""
    return str(uuid5(_GUIDS, f"{kind}/{name}"))


def _put(archive: ZipFile, name: str, text: str) -> None:
    member = ZipInfo(name, _FILED)
    member.compress_type = ZIP_DEFLATED
    archive.writestr(member, text.encode())


def _project(project: QdaProject) -> Iterator[str]:
    variables = sorted({name for source in project.sources for name in source.values})
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<Project xmlns="{NAMESPACE}" name={quoteattr(project.name)} origin="consult">'
    yield from _within("Users", (_user(*one) for one in sorted(project.coders.items())))
    yield "  <CodeBook>"
    yield from write_codes(project.entries, language=project.language, indent="    ")
    yield "  </CodeBook>"
    yield from _within("Variables", (_variable(name) for name in variables))
    yield from _within("Cases", (_case(source) for source in project.sources))
    yield from _within("Sources", (_source(source) for source in project.sources))
    yield f"  <Description>{escape(project.description)}</Description>"
    yield "</Project>"


def _within(element: str, parts: Iterable[str]) -> Iterator[str]:
    """Elements within another, which the schema wants only where there are some."""
    lines = list(parts)
    if lines:
        yield from (f"  <{element}>", *lines, f"  </{element}>")


def _user(key: str, name: str) -> str:
    return f'    <User guid="{guid("coder", key)}" name={quoteattr(name)}/>'


def _variable(name: str) -> str:
    head = f'    <Variable guid="{guid("variable", name)}" name={quoteattr(name)}'
    return f'{head} typeOfVariable="Text"/>'


def _case(source: Source) -> str:
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="{guid("variable", name)}"/>'
        f"<TextValue>{escape(value)}</TextValue></VariableValue>"
        for name, value in sorted(source.values.items())
    )
    return (
        f'    <Case guid="{guid("case", source.id)}" name={quoteattr(source.name)}>{values}'
        f'<SourceRef targetGUID="{guid("text", source.id)}"/></Case>'
    )


def _source(source: Source) -> str:
    own = guid("text", source.id)
    head = f'    <TextSource guid="{own}" name={quoteattr(source.name)}'
    selections = "".join(_selection(one) for one in source.selections)
    return f'{head} plainTextPath="internal://{own}.txt">{selections}</TextSource>'


def _selection(selected: Selected) -> str:
    codings = "".join(
        f'<Coding guid="{guid("coding", f"{selected.id}/{code}")}"'
        f' creatingUser="{guid("coder", coder)}" creationDateTime="{_moment(at)}">'
        f'<CodeRef targetGUID="{code}"/></Coding>'
        for code, coder, at in selected.codes
    )
    return (
        f'<PlainTextSelection guid="{guid("passage", selected.id)}" name={quoteattr(selected.id)}'
        f' startPosition="{selected.start}" endPosition="{selected.end}">{codings}'
        "</PlainTextSelection>"
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
