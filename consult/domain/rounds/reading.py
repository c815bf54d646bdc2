"""Reading tables of TOML files: everything that is wrong is noted, with its place in the file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from consult.domain.rounds.types import Problem
from consult.kernel.i18n import CONTENT_LANGUAGES

_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,18}[A-Za-z0-9])?")

E = TypeVar("E", bound=StrEnum)


@dataclass
class Reader:
    """A table of the file that notes what is wrong with it, instead of stopping at the first.

    Attributes:
        place: Where the table stands in the file; empty for the file itself.
        problems: Shared by all tables of the file.
    """

    table: dict[str, Any]
    place: str = ""
    problems: list[Problem] = field(default_factory=list)

    def reject(self, name: str, text: str) -> None:
        """Note a problem with one of the table's fields."""
        place = ".".join(part for part in (self.place, name) if part)
        self.problems.append(Problem(place, text))

    def only(self, allowed: frozenset[str]) -> None:
        """Note every field that means nothing: a misspelt one would be lost silently."""
        for name in self.table:
            if name not in allowed:
                self.reject(name, f"unknown; expected {', '.join(sorted(allowed))}")

    def text(self, name: str, *, required: bool = False) -> str | None:
        """A line of text."""
        value = self.table.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None and not isinstance(value, str):
            self.reject(name, "a text is expected, in quotation marks")
        elif required:
            self.reject(name, "required")
        return None

    def texts(self, name: str, *, required: bool = False) -> dict[str, str]:
        """A text by language."""
        value = self.table.get(name)
        if value is None:
            if required:
                self.reject(name, "required")
            return {}
        if not isinstance(value, dict):
            self.reject(name, 'a text by language is expected, such as { nb = "…", nn = "…" }')
            return {}
        return Reader(value, f"{self.place}.{name}".strip("."), self.problems).languages()

    def languages(self) -> dict[str, str]:
        """This table itself as a text by language."""
        found = {}
        for language, text in self.table.items():
            if language not in CONTENT_LANGUAGES:
                self.reject(language, f"expected one of {', '.join(CONTENT_LANGUAGES)}")
            elif not isinstance(text, str):
                self.reject(language, "a text is expected, in quotation marks")
            else:
                found[language] = text
        return found

    def choice(self, name: str, kind: type[E], default: E) -> E:
        """A value of a code list; the default stands in for what was rejected."""
        value = self.table.get(name)
        if value in list(kind):
            return kind(value)
        self.reject(name, f"{value!r} is not one of {', '.join(kind)}" if value else "required")
        return default

    def key(self, name: str = "key") -> str:
        """The stable key of a part."""
        value = self.text(name, required=True) or ""
        if value and not _KEY.fullmatch(value):
            self.reject(name, f"{value!r}: 1 to 20 letters, digits, dots, hyphens, underscores")
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when it is not given."""
        value = self.table.get(name, False)
        if not isinstance(value, bool):
            self.reject(name, "true or false is expected")
        return value is True

    def moment(self, name: str) -> date | datetime | None:
        """A date, or a date with a time."""
        value = self.table.get(name)
        if value is None or isinstance(value, date):
            return value
        self.reject(name, "a date is expected, such as 2026-10-31, without quotation marks")
        return None

    def tables(self, name: str) -> Sequence["Reader"]:
        """A list of tables, each with its place, counted from 1."""
        value = self.table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.reject(name, f"a list is expected, written as [[{name}]]")
            return []
        prefix = f"{self.place}.{name}".strip(".")
        return [
            Reader(item, f"{prefix}[{number}]", self.problems)
            for number, item in enumerate(value, start=1)
        ]
