"""Reading a list of consultees from a CSV file, row by row, before anything is stored."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.domain.organisations.rules import normalise_organisation_number
from consult.domain.rounds.models import Round
from consult.domain.rounds.queries import invited_organisation_ids, organisation_directory
from consult.domain.rounds.types import (
    INVITATION_REASON_LABELS,
    DirectoryEntry,
    InvitationList,
    InvitationReason,
    InvitationRow,
    RowProblem,
    RowProblemCode,
)
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import LOCALES, translator

_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(
        [
            "organisation",
            "organization",
            "organisasjon",
            "organisasjonsnummer",
            "orgnr",
            "orgnummer",
            "number",
            "name",
            "navn",
            "namn",
            "slug",
            "body",
            "instans",
            "høringsinstans",
        ],
        "organisation",
    ),
    "organisation number": "organisation",
    "organization number": "organisation",
    **dict.fromkeys(
        ["reason", "grunn", "årsak", "begrunnelse", "grunngjeving", "hvorfor", "kvifor"], "reason"
    ),
    **dict.fromkeys(
        ["email", "e-mail", "mail", "epost", "e-post", "e-postadresse", "address"], "email"
    ),
}
_COLUMNS = ("organisation", "reason", "email")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_LOOKS_LIKE_NUMBER = re.compile(r"[\d\s\u00a0.]+")


class NotAList(InvalidInput):
    """The file is empty, or nothing that can be read as rows of text."""

    def __init__(self, reason: str) -> None:
        super().__init__("file", reason)


def decode_list(content: bytes) -> str:
    """The text of a file: UTF-8 with or without a byte order mark, else Windows-1252.

    Raises:
        NotAList: reason ``binary`` or ``empty``.
    """
    if b"\x00" in content:
        raise NotAList("binary")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if not text.strip():
        raise NotAList("empty")
    return text


def read_invitation_list(
    round_: Round, text: str, *, default_reason: InvitationReason
) -> InvitationList:
    """Look every row up and say which can be accepted; stores nothing.

    Args:
        round_: The round they shall be invited to.
        text: Rows of organisation (number, short name or name), reason and e-mail, separated by
            comma, semicolon or tab, with or without a heading.
        default_reason: The reason of rows that give none.

    Raises:
        NotAList: The file has no rows, or cannot be read as rows.
    """
    directory = _Directory.of(organisation_directory())
    invited = invited_organisation_ids(round_.id)
    accepted: list[InvitationRow] = []
    problems: list[RowProblem] = []
    seen: set[int] = set()
    for row, values in _rows(text):
        result = _read_row(row, values, directory, default_reason)
        if isinstance(result, InvitationRow):
            result = _first_time(result, seen=seen, invited=invited)
        if isinstance(result, RowProblem):
            problems.append(result)
        else:
            seen.add(result.organisation_id)
            accepted.append(result)
    if not accepted and not problems:
        raise NotAList("empty")
    return InvitationList(tuple(accepted), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Directory:
    """Registered bodies by number, by short name and by name without regard to case."""

    by_number: dict[str, DirectoryEntry]
    by_slug: dict[str, DirectoryEntry]
    by_name: dict[str, list[DirectoryEntry]]

    @classmethod
    def of(cls, entries: Sequence[DirectoryEntry]) -> "_Directory":
        by_name: dict[str, list[DirectoryEntry]] = {}
        for entry in entries:
            by_name.setdefault(_folded(entry.name), []).append(entry)
        return cls(
            {entry.number: entry for entry in entries if entry.number},
            {entry.slug: entry for entry in entries},
            by_name,
        )

    def find(self, wanted: str) -> DirectoryEntry | RowProblemCode:
        """The body that a cell names, or why it names none."""
        if _LOOKS_LIKE_NUMBER.fullmatch(wanted):
            try:
                number = normalise_organisation_number(wanted)
            except InvalidInput:
                return RowProblemCode.BAD_NUMBER
            return self.by_number.get(number) or RowProblemCode.UNKNOWN
        if entry := self.by_slug.get(wanted):
            return entry
        named = self.by_name.get(_folded(wanted), [])
        living = [entry for entry in named if not entry.is_dissolved] or named
        if len(living) > 1:
            return RowProblemCode.AMBIGUOUS
        return living[0] if living else RowProblemCode.UNKNOWN


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with what stands in each column; numbered as a spreadsheet numbers them."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(";\t,", key=first.count)
    columns: Sequence[str | None] | None = None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if columns is None:
                columns = _heading_of(values) or _COLUMNS
                if columns is not _COLUMNS:
                    continue
            yield reader.line_num, _named(columns, values)
    except csv.Error:
        raise NotAList("unreadable") from None


def _named(columns: Sequence[str | None], values: Sequence[str]) -> dict[str, str]:
    """Values by column; of a number and a name beside one another, the first that is given."""
    named: dict[str, str] = {}
    for name, value in zip(columns, values, strict=False):
        if name is not None and value:
            named.setdefault(name, value)
    return named


def _heading_of(values: Sequence[str]) -> Sequence[str | None] | None:
    """What the columns hold when the first row says so; ``None`` when it is a row itself."""
    names = [_HEADINGS.get(value.casefold()) for value in values]
    return names if "organisation" in names else None


def _read_row(
    row: int, values: dict[str, str], directory: _Directory, default_reason: InvitationReason
) -> InvitationRow | RowProblem:
    wanted, said, email = (values.get(name, "") for name in _COLUMNS)
    if not wanted:
        return RowProblem(row, said or email, RowProblemCode.EMPTY)
    entry = directory.find(wanted)
    if isinstance(entry, RowProblemCode):
        return RowProblem(row, wanted, entry)
    if entry.is_dissolved:
        return RowProblem(row, wanted, RowProblemCode.DISSOLVED)
    reason = _reasons().get(said.casefold()) if said else default_reason
    if reason is None:
        return RowProblem(row, said, RowProblemCode.BAD_REASON)
    if email and not _EMAIL.fullmatch(email):
        return RowProblem(row, email, RowProblemCode.BAD_EMAIL)
    return InvitationRow(row, entry.organisation_id, entry.name, reason, email or None)


def _first_time(
    found: InvitationRow, *, seen: set[int], invited: frozenset[int]
) -> InvitationRow | RowProblem:
    if found.organisation_id in seen:
        return RowProblem(found.row, found.name, RowProblemCode.REPEATED)
    if found.organisation_id in invited:
        return RowProblem(found.row, found.name, RowProblemCode.INVITED_ALREADY)
    return found


def _reasons() -> dict[str, InvitationReason]:
    """Reasons by what people may write: the code, or its label in any language of the interface."""
    known = {reason.value: reason for reason in InvitationReason}
    for locale in LOCALES:
        for reason, label in INVITATION_REASON_LABELS.items():
            known[translator(locale).gettext(label).casefold()] = reason
    return known
