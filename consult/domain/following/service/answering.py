"""Telling senders what comes of what they wrote, theme by theme."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.following.models import ThemeOutcome
from consult.domain.following.outcomes import outcome_of
from consult.domain.following.types import Outcome
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES
from consult.kernel.text.identity import has_identity_number
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme

MAX_OUTCOME_LENGTH = 4000


def tell_outcome(
    theme: "Theme", outcome: Outcome, text: str, *, language: str, by: Actor
) -> ThemeOutcome:
    """Write what comes of a theme, and why, for everybody whose words have it.

    Raises:
        InvalidInput: ``text`` (``required``, ``too_long``, ``identity_number``); ``language``
            (``unknown``).
    """
    words = canonical(text).strip()
    if not words:
        raise InvalidInput("text", "required")
    if len(words) > MAX_OUTCOME_LENGTH:
        raise InvalidInput("text", "too_long")
    if has_identity_number(words):
        raise InvalidInput("text", "identity_number")
    if language not in CONTENT_LANGUAGES:
        raise InvalidInput("language", "unknown")
    told = outcome_of(theme.id)
    if told is None:
        told = ThemeOutcome(theme_id=theme.id)
        session().add(told)
    elif (told.outcome, told.text, told.language) == (outcome, words, language):
        return told
    told.outcome, told.text, told.language = outcome, words, language
    told.told_at, told.told_by = utc_now(), by.reference
    session().flush()
    _record(theme, by=by, outcome=outcome.value)
    return told


def take_outcome_back(told: ThemeOutcome, *, by: Actor) -> None:
    """Tell nobody any more what comes of a theme."""
    theme = told.theme
    session().delete(told)
    session().flush()
    _record(theme, by=by, outcome=None)


def _record(theme: "Theme", *, by: Actor, outcome: str | None) -> None:
    record(
        Tag.OUTCOME_TOLD,
        subject=theme.reference,
        by=by.reference,
        stream=organisation_stream(theme.round.owner_id),
        data={"outcome": outcome},
    )
