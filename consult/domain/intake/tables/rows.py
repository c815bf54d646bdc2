"""Rows of a table as answers, or why they cannot be: pure functions of cells and the round."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from consult.domain.intake.details import AnswerDetails
from consult.domain.intake.tables import cells
from consult.domain.intake.tables.types import (
    CHOSEN,
    LEFT_OUT_COLUMN,
    CheckedTable,
    KnownBody,
    RowAnswer,
    RowFault,
    RowNotice,
    RowProblem,
    SenderField,
    Sheet,
)
from consult.domain.intake.types import GENERAL
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.rules import clean_name
from consult.domain.submissions.types import Channel, WrittenAnswer
from consult.kernel.clock import to_oslo
from consult.kernel.office.sheets import FULL_CELL
from consult.kernel.text.identity import has_identity_number
from consult.kernel.text.plain import canonical, excerpt

if TYPE_CHECKING:
    from consult.domain.intake.queries import Place

V = TypeVar("V")

_LONGEST = {
    SenderField.SENDER: 250,
    SenderField.CONTACT_NAME: 200,
    SenderField.CONTACT_EMAIL: 254,
    SenderField.REFERENCE: 100,
}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class TableContext:
    """What rows are read in the light of.

    Attributes:
        columns: What each column holds: keys of ``columns.column_targets``.
        find_body: The registered organisation of a number or, without one, of a name.
        default_kind: The kind of senders whose row names none and who are not registered.
        language: Of answers whose row names none.
        is_late: Whether an answer with these details came after its sender's deadline.
        answered: Ids of organisations that have answered already.
    """

    columns: Sequence[str]
    places: Mapping[str, "Place"]
    find_body: Callable[[str | None, str], KnownBody | None]
    language: str
    now: datetime
    default_kind: ActorType | None = None
    is_late: Callable[[AnswerDetails], bool] = lambda _details: False
    answered: frozenset[int] = frozenset()


def cells_with_identity_numbers(sheet: Sheet) -> tuple[tuple[int, str], ...]:
    """Row and heading of each cell in which a national identity number stands."""
    headed = ((0, sheet.headings), *sheet.rows)
    return tuple(
        (number, sheet.headings[index] if index < len(sheet.headings) else "")
        for number, values in headed
        for index, cell in enumerate(values)
        if has_identity_number(cell)
    )


def check_rows(sheet: Sheet, context: TableContext) -> CheckedTable:
    """What every row says; one that cannot be registered is told with all its reasons."""
    answers: list[RowAnswer] = []
    problems: list[RowProblem] = []
    for number, values in sheet.rows:
        reader = _RowReader(number, sheet.headings, values, context)
        answer = reader.read()
        problems += reader.problems
        if not reader.problems:
            answers.append(answer)
    return CheckedTable(_with_twins(answers), tuple(problems), len(sheet.rows))


def _with_twins(answers: Sequence[RowAnswer]) -> tuple[RowAnswer, ...]:
    """The answers, with a notice where a sender has more than one row."""
    names = Counter(cells.folded(one.details.sender) for one in answers)
    return tuple(
        replace(one, notices=(*one.notices, RowNotice.TWICE))
        if one.details.sender and names[cells.folded(one.details.sender)] > 1
        else one
        for one in answers
    )


@dataclass
class _RowReader:
    """Reads one row and notes what is wrong with it."""

    row: int
    headings: Sequence[str]
    values: Sequence[str]
    context: TableContext
    problems: list[RowProblem] = field(default_factory=list)

    def read(self) -> RowAnswer:
        """What the row says; worth nothing where there are problems."""
        self._check_cells()
        details, number = self._sender()
        written = self._written()
        says = any(not answer.is_blank for answer in written.values())
        none = self._parsed(SenderField.NO_COMMENTS, cells.read_yes, RowFault.NEITHER_YES_NOR_NO)
        if says and none:
            self._note(RowFault.COMMENTS_AND_NONE, SenderField.NO_COMMENTS)
        if not says and not none and not self.problems:
            self._note(RowFault.NOTHING_ANSWERED)
        details = replace(details, has_no_comments=bool(none))
        return RowAnswer(self.row, details, written, number, self._notices(details, number))

    def _cell(self, key: str) -> str:
        """What stands in the column of something; empty when no column holds it."""
        if key not in self.context.columns:
            return ""
        index = list(self.context.columns).index(key)
        return self.values[index].strip() if index < len(self.values) else ""

    def _note(self, fault: RowFault, key: str | None = None) -> None:
        heading = value = ""
        if key is not None:
            value = excerpt(self._cell(key), _SHOWN)
            if key in self.context.columns:
                heading = self.headings[list(self.context.columns).index(key)]
        self.problems.append(RowProblem(self.row, heading, value, fault))

    def _parsed(self, key: str, parse: Callable[[str], V | None], fault: RowFault) -> V | None:
        """What a cell says; nothing, and a problem, where it says something else."""
        text = self._cell(key)
        if not text:
            return None
        found = parse(text)
        if found is None:
            self._note(fault, key)
        return found

    def _check_cells(self) -> None:
        for key in self.context.columns:
            if key != LEFT_OUT_COLUMN and len(self._cell(key)) >= FULL_CELL:
                self._note(RowFault.CUT_OFF, key)
        for key, most in _LONGEST.items():
            if len(self._cell(key)) > most:
                self._note(RowFault.TOO_LONG, key)
        beside = [cell for cell in self.values[len(self.headings) :] if cell.strip()]
        if beside:
            shown = excerpt(beside[0], _SHOWN)
            self.problems.append(RowProblem(self.row, "", shown, RowFault.BESIDE_THE_TABLE))

    def _sender(self) -> tuple[AnswerDetails, str | None]:
        """Who answered, when and how, and a number that the register does not have."""
        name = clean_name(self._cell(SenderField.SENDER))
        number = self._parsed(SenderField.NUMBER, cells.read_number, RowFault.BAD_NUMBER)
        kind = self._parsed(SenderField.KIND, cells.read_kind, RowFault.UNKNOWN_KIND)
        body = self.context.find_body(number, name)
        if body is None and kind is None:
            kind = self.context.default_kind
            if kind is None and not self._cell(SenderField.KIND):
                self._note(RowFault.NO_KIND, SenderField.SENDER)
        if body is not None:
            name, kind = body.name, kind or body.actor_type
        if not name and kind is not ActorType.PRIVATE_PERSON:
            self._note(RowFault.NO_SENDER, SenderField.SENDER)
        received, moment = self._received()
        written_on = self._day(SenderField.WRITTEN)
        if written_on is not None and written_on > received:
            self._note(RowFault.AFTER_RECEIVED, SenderField.WRITTEN)
        details = AnswerDetails(
            sender=name,
            is_nameless=not name,
            organisation_id=body.organisation_id if body is not None else None,
            actor_type=kind,
            signatories=cells.read_signers(self._cell(SenderField.SIGNED_BY)),
            document_date=written_on,
            is_undated=written_on is None,
            their_ref=clean_name(self._cell(SenderField.REFERENCE)) or None,
            received_on=received,
            received_at=moment,
            channel=self._parsed(SenderField.CHANNEL, cells.read_channel, RowFault.UNKNOWN_CHANNEL)
            or Channel.DOCUMENT,
            language=self._parsed(
                SenderField.LANGUAGE, cells.read_language, RowFault.UNKNOWN_LANGUAGE
            )
            or self.context.language,
            publication=self._parsed(
                SenderField.PUBLICATION, cells.read_publication, RowFault.UNKNOWN_PUBLICATION
            ),
            contact_name=clean_name(self._cell(SenderField.CONTACT_NAME)) or None,
            contact_email=self._parsed(
                SenderField.CONTACT_EMAIL, cells.read_email, RowFault.BAD_EMAIL
            ),
        )
        return details, number if body is None or body.number != number else None

    def _received(self) -> tuple[date, datetime | None]:
        """The day of receipt and, where the row gives one, the moment; today where it is silent."""
        today = to_oslo(self.context.now).date()
        found = self._parsed(SenderField.RECEIVED, cells.read_moment, RowFault.BAD_DATE)
        if found is None:
            return today, None
        day, moment = found
        if day > today or (moment is not None and moment > self.context.now):
            self._note(RowFault.FUTURE, SenderField.RECEIVED)
        return day, moment

    def _day(self, key: str) -> date | None:
        found = self._parsed(key, cells.read_moment, RowFault.BAD_DATE)
        return found[0] if found is not None else None

    def _written(self) -> dict[str, WrittenAnswer]:
        """What is answered at each place that has a column, and about the round as a whole."""
        written = {GENERAL: WrittenAnswer(canonical(self._cell(SenderField.GENERAL)))}
        for key, place in self.context.places.items():
            if key in self.context.columns or key + CHOSEN in self.context.columns:
                chosen = self._chosen(place)
                written[key] = replace(chosen, text=canonical(self._cell(key)))
        return written

    def _chosen(self, place: "Place") -> WrittenAnswer:
        key, closed = place.key + CHOSEN, place.closed
        if place.takes_stance:
            stance = self._parsed(key, cells.read_stance, RowFault.UNKNOWN_STANCE)
            return WrittenAnswer(stance=stance)
        if closed is not None and closed.scale is not None:
            value = self._parsed(
                key, lambda text: cells.read_scale(text, closed), RowFault.NOT_ON_SCALE
            )
            return WrittenAnswer(scale_value=value)
        if closed is not None:
            choices = self._parsed(
                key, lambda text: cells.read_choices(text, closed), RowFault.UNKNOWN_CHOICE
            )
            return WrittenAnswer(choices=choices or ())
        return WrittenAnswer()

    def _notices(self, details: AnswerDetails, number: str | None) -> tuple[RowNotice, ...]:
        said = clean_name(self._cell(SenderField.SENDER))
        holds = {
            RowNotice.LATE: self.context.is_late(details),
            RowNotice.ANSWERED_ALREADY: details.organisation_id in self.context.answered,
            RowNotice.UNKNOWN_NUMBER: number is not None,
            RowNotice.OTHER_NAME: bool(said) and cells.folded(said) != cells.folded(details.sender),
        }
        return tuple(notice for notice, is_so in holds.items() if is_so)
