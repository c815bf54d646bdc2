"""The package of a Word document: its parts, and what they relate to.

Only markup is read, part by part: pictures, fonts and broken links to them do not matter.
python-docx contributes its hardened parser.
"""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zipfile import ZipFile

from docx.oxml.parser import parse_xml

from consult.kernel.office.archive import open_archive
from consult.kernel.office.errors import UnreadableFile

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip


@contextmanager
def open_package(content: bytes, *, filename: str) -> Iterator["Package"]:
    """Lend the package of a Word document; damaged markup becomes ``UnreadableFile``."""
    try:
        with open_archive(content, filename=filename) as archive:
            yield Package(archive)
    except (KeyError, SyntaxError) as error:
        raise UnreadableFile(filename, f"{type(error).__name__} in the package") from error


class Package:
    """The markup parts of a Word package, found through its relations."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        roots = self._relations("_rels/.rels", "")
        main = [target for kind, target in roots.values() if kind == "officeDocument"]
        self.main = main[0] if main else "word/document.xml"
        folder, name = posixpath.split(self.main)
        self.relations = self._relations(f"{folder}/_rels/{name}.rels", folder)

    def parse(self, name: str) -> Any:
        """The root of a part, in the transitional namespaces."""
        markup = self._archive.read(name)
        for strict, transitional in _STRICT:
            markup = markup.replace(strict, transitional)
        return parse_xml(markup)

    def part(self, kind: str) -> Any | None:
        """The part the main document relates to in this way, or ``None``."""
        for found, target in self.relations.values():
            if found == kind and target in self._names:
                return self.parse(target)
        return None

    def part_by_id(self, relation: str) -> Any | None:
        """The part that a relation of the main document names, or ``None``."""
        target = self.relations.get(relation, ("", ""))[1]
        return self.parse(target) if target in self._names else None

    def links(self) -> dict[str, str]:
        """The addresses outside the package that the main document relates to, by relation."""
        folder, name = posixpath.split(self.main)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self._names:
            return {}
        return {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in self.parse(relations).iter(_RELATION)
            if relation.get("TargetMode") == "External"
        }

    def _relations(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        if name not in self._names:
            return {}
        found = {}
        for relation in self.parse(name).iter(_RELATION):
            target = relation.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = (kind, posixpath.normpath(path))
        return found
