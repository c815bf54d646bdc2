"""What the pages of a programme show: groups, and their findings side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale
from consult.domain.coding.queries.themes import list_themes
from consult.domain.programmes.queries import comparisons_of, list_findings, list_groups
from consult.domain.programmes.rules import digest_of_findings, find_state
from consult.domain.programmes.types import (
    COMPARISON_LABELS,
    GROUP_STATE_LABELS,
    Comparison,
    GroupState,
    QuestionStatus,
)
from consult.domain.rounds.queries import list_invitations

if TYPE_CHECKING:
    from consult.domain.programmes.models import ThemeComparison, WorkingGroup
    from consult.domain.programmes.queries import Finding
    from consult.domain.rounds.models import Invitation, Round

_TONES = {
    GroupState.WORKING: "neutral",
    GroupState.DECLINED: "neutral",
    GroupState.SENT: "info",
    GroupState.SUPPLEMENT_ASKED: "warning",
    GroupState.ACCEPTED: "success",
    GroupState.WITHDRAWN: "danger",
}
_MARK_TONES = {
    Comparison.COMMON: "success",
    Comparison.PARTICULAR: "info",
    Comparison.CONTRADICTING: "danger",
}


@dataclass(frozen=True, slots=True)
class State:
    """Where something stands, in words, with the tone of its tag."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the room of groups.

    Attributes:
        group_id: Leads to what it has sent; empty before that.
        invitation_id: Leads to the description of its part.
    """

    name: str
    part: str
    deadline: datetime
    state: State
    group_id: str = ""
    invitation_id: str = ""
    version: int = 0
    sent_at: datetime | None = None
    questions: int = 0
    open_questions: int = 0


def programme_tabs(round_: "Round", here: str) -> list[dict[str, object]]:
    """The rooms of a programme, the present one marked."""
    rooms = (
        ("programme", _("Groups")),
        ("findings", _("Side by side")),
        ("group_questions", _("Questions")),
    )
    return [
        {
            "text": text,
            "href": url_for(f"desk.{name}", round_slug=round_.slug),
            "current": name == here,
        }
        for name, text in rooms
    ]


def group_rows(round_: "Round") -> list[GroupRow]:
    """Every group that was asked or has sent something, by name."""
    known = {one.organisation_id: one for one in list_groups(round_.id)}
    asked = list_invitations(round_.id)
    rows = [_row(round_, one, known.get(one.organisation_id)) for one in asked]
    there = {one.organisation_id for one in asked}
    rows += [
        _row(round_, None, one)
        for key, one in known.items()
        if key not in there and one.submission is not None
    ]
    return rows


def state_of(group: "WorkingGroup | None", *, is_declined: bool = False) -> State:
    """Where a group stands: of what goes on inside it, nothing is told."""
    submission = group.submission if group is not None else None
    latest = group.latest if group is not None else None
    state = find_state(
        is_sent=submission is not None,
        verdict=latest.verdict if latest is not None else None,
        is_declined=is_declined,
        is_withdrawn=submission is not None and submission.withdrawn_at is not None,
    )
    return State(_(GROUP_STATE_LABELS[state]), _TONES[state])


def _row(
    round_: "Round", invitation: "Invitation | None", group: "WorkingGroup | None"
) -> GroupRow:
    body = invitation.organisation if invitation is not None else None
    if body is None and group is not None:
        body = group.organisation
    latest = group.latest if group is not None else None
    questions = [one for one in group.questions if one.withdrawn_at is None] if group else []
    own = invitation.deadline_at if invitation is not None else None
    return GroupRow(
        name=body.name_in(current_locale()) if body is not None else "",
        part=group.part if group is not None else "",
        deadline=own or round_.closes_at,
        state=state_of(
            group, is_declined=invitation is not None and invitation.declined_at is not None
        ),
        group_id=group.public_id if group is not None and latest is not None else "",
        invitation_id=invitation.public_id if invitation is not None else "",
        version=latest.number if latest is not None else 0,
        sent_at=latest.sent_at if latest is not None else None,
        questions=len(questions),
        open_questions=sum(one.status is QuestionStatus.OPEN for one in questions),
    )


@dataclass(frozen=True, slots=True)
class FindingCell:
    """A passage of a sub-report on a theme."""

    words: str
    heading: str
    language: str
    href: str


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme, with what each group found in the order of the columns.

    Attributes:
        is_older: The mark was made of other findings than stand here now.
    """

    key: str
    name: str
    cells: tuple[tuple[FindingCell, ...], ...]
    mark: State | None
    note: str
    marked_by: str
    marked_at: datetime | None
    is_older: bool
    digest: str

    @property
    def groups(self) -> int:
        """How many groups found anything on it."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The groups that have sent, and the themes they have found anything on."""

    groups: tuple[str, ...]
    lines: tuple[ThemeLine, ...]


def side_by_side(round_: "Round") -> SideBySide:
    """Findings and proposals by theme and group; a fixed number of queries."""
    groups = [one for one in list_groups(round_.id) if one.submission is not None]
    by_theme: dict[int, list[Finding]] = {}
    for finding in list_findings(round_.id):
        by_theme.setdefault(finding.theme_id, []).append(finding)
    marks = comparisons_of(round_.id)
    lines = tuple(
        _line(round_, theme.key, theme.full_name, groups, by_theme[theme.id], marks.get(theme.id))
        for theme in list_themes(round_.id)
        if theme.id in by_theme
    )
    return SideBySide(tuple(one.organisation.name_in(current_locale()) for one in groups), lines)


def line_of(round_: "Round", theme_key: str) -> "tuple[SideBySide, ThemeLine | None]":
    """One theme side by side; ``None`` where nothing is found on it."""
    page = side_by_side(round_)
    return page, next((one for one in page.lines if one.key == theme_key), None)


def _line(
    round_: "Round",
    key: str,
    name: str,
    groups: "Sequence[WorkingGroup]",
    findings: "Sequence[Finding]",
    mark: "ThemeComparison | None",
) -> ThemeLine:
    digest = digest_of_findings(one.passage.public_id for one in findings)
    return ThemeLine(
        key=key,
        name=name,
        cells=tuple(
            tuple(_cell(round_, one) for one in findings if one.group.id == group.id)
            for group in groups
        ),
        mark=State(_(COMPARISON_LABELS[mark.value]), _MARK_TONES[mark.value]) if mark else None,
        note=mark.note if mark else "",
        marked_by=mark.marked_name if mark else "",
        marked_at=mark.marked_at if mark else None,
        is_older=mark is not None and mark.digest != digest,
        digest=digest,
    )


def _cell(round_: "Round", finding: "Finding") -> FindingCell:
    submission = finding.passage.submission
    return FindingCell(
        words=finding.passage.quote,
        heading=finding.passage.answer.source_heading or "",
        language=submission.language,
        href=url_for("desk.answer", round_slug=round_.slug, number=submission.number),
    )


def table_header(page: SideBySide) -> list[str]:
    """The columns of the table as a file."""
    return [_("Theme"), *page.groups, _("To one another"), _("Note"), _("Marked by")]


def table_rows(page: SideBySide) -> Iterator[list[str]]:
    """Its lines."""
    for line in page.lines:
        cells = ["\n\n".join(one.words for one in cell) for cell in line.cells]
        mark = line.mark.text if line.mark else ""
        yield [line.name, *cells, mark, line.note, line.marked_by]
