"""Shaping the versions of an answer for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from consult.blueprints.desk.presenters.answers import AnswerPart, answer_parts
from consult.domain.coding.queries.versions import Comparison, compare_versions
from consult.domain.intake.queries import Place
from consult.domain.submissions.additions import VersionKind
from consult.domain.submissions.companions import translations_of

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class VersionCard:
    """One version as it is shown.

    Attributes:
        replaced_at: When a later one took its place; ``None`` for the one that counts.
        changes: How it stands to the one before; only of the version that counts, and only when
            there is one before.
    """

    number: int
    is_supplement: bool
    received_at: datetime
    replaced_at: datetime | None
    parts: list[AnswerPart]
    changes: Comparison | None


def present_versions(submission: "Submission", places: Sequence[Place]) -> list[VersionCard]:
    """Every version, the latest first."""
    versions = submission.versions
    moments = [one.received_at or submission.received_at for one in versions]
    cards = []
    for index, version in enumerate(versions):
        is_current = version.number == submission.current_version_number
        changes = (
            compare_versions(versions[index - 1].id, version.id) if is_current and index else None
        )
        cards.append(
            VersionCard(
                number=version.number,
                is_supplement=version.kind is VersionKind.SUPPLEMENT,
                received_at=moments[index],
                replaced_at=None if is_current else moments[index + 1],
                parts=answer_parts(version, places, translations_of(version.id)),
                changes=changes,
            )
        )
    return list(reversed(cards))
