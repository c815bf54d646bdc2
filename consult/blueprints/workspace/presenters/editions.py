"""Shaping the editions of a report for those who publish it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.shared.editions import files_of, show_edition
from consult.domain.accounts.queries import names_by_reference
from consult.domain.documents.rules import is_restartable
from consult.domain.documents.types import BUILD_ERROR_LABELS, BUILD_STATUS_LABELS, BuildStatus
from consult.domain.reports.editions import list_editions
from consult.domain.reports.types import EDITION_STATUS_LABELS, EditionStatus, Hindrance
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.reports.models import Edition
    from consult.domain.reports.reading import Affected

_TONES = {
    EditionStatus.PREPARED: "info",
    EditionStatus.PUBLISHED: "success",
    EditionStatus.SUPERSEDED: "neutral",
    EditionStatus.WITHDRAWN: "warning",
}

_HINDRANCES: dict[Hindrance, tuple[str, str, str]] = {
    Hindrance.NO_DATA: (N_("The data are not frozen yet."), N_("To the data"), "report_data"),
    Hindrance.CHECKS: (
        N_("The checks have found what must be mended or signed for."),
        N_("To the checks"),
        "report_checks",
    ),
    Hindrance.NOT_SIGNED: (
        N_("Not everybody has signed the text as it stands now."),
        N_("To the sign-off"),
        "sign_off",
    ),
}


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An edition in the room.

    Attributes:
        is_active: Whether it waits for the worker or is being built.
        problem: Why it was not built; empty where it was.
        affected: Answers of which something was taken out since it was published, and where.
    """

    edition: "Edition"
    status: str
    tone: str
    is_ready: bool
    is_active: bool
    problem: str
    by: str
    files: Sequence[tuple[str, int]]
    affected: Sequence["Affected"]


def cards_of(composition: "Composition", *, now: datetime) -> list[EditionCard]:
    """Every edition of a report, the newest first."""
    editions = list_editions(composition.id)
    names = names_by_reference({one.published_by or one.prepared_by for one in editions})
    return [_card(one, names, now=now) for one in editions]


def hindrance_rows(
    composition: "Composition", hindrances: Iterable[Hindrance]
) -> list[tuple[str, str, str]]:
    """What stands in the way: what it is, where it is mended, and the words of the link."""
    rows = []
    for one in hindrances:
        text, link, endpoint = _HINDRANCES[one]
        href = url_for(
            f"workspace.{endpoint}",
            organisation=composition.organisation.slug,
            round_slug=composition.round.slug,
            kind=composition.kind,
        )
        rows.append((_(text), href, _(link)))
    return rows


def _card(edition: "Edition", names: dict[str, str], *, now: datetime) -> EditionCard:
    document = edition.document
    is_stopped = is_restartable(document.status, alive_at=document.alive_at, now=now)
    is_ready = document.status is BuildStatus.READY
    label = (
        EDITION_STATUS_LABELS[edition.status] if is_ready else BUILD_STATUS_LABELS[document.status]
    )
    affected = show_edition(edition).affected if is_ready else ()
    is_on_web = edition.published_at is not None and edition.status is not EditionStatus.WITHDRAWN
    return EditionCard(
        edition=edition,
        status=_(label),
        tone="danger" if is_stopped else _TONES[edition.status],
        is_ready=is_ready,
        is_active=not is_ready and not is_stopped,
        problem=_problem(edition) if is_stopped else "",
        by=names.get(edition.published_by or edition.prepared_by, ""),
        files=[] if affected else [(name, file.size) for name, file in files_of(edition).items()],
        affected=affected if is_on_web else (),
    )


def _problem(edition: "Edition") -> str:
    error = edition.document.error
    if error is not None:
        return str(_(BUILD_ERROR_LABELS[error]))
    return str(
        _("Nothing has happened for a while: the worker may have stopped. You can start again.")
    )
