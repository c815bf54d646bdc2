"""Answering with one's name for what the checks of a report have found."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.reports.checking import standing_clearances
from consult.domain.reports.models import Clearance
from consult.domain.reports.types import CheckLine
from consult.domain.submissions.rules import check_free_text
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

LONGEST_REASON = 1000
"""Characters of a reason."""


def sign_for(composition: "Composition", line: CheckLine, reason: str, *, by: Actor) -> Clearance:
    """Answer for what a check has found, as it is now; the list of those counted is kept with it.

    Raises:
        InvalidInput: ``check`` (``must_be_mended``), or ``reason`` (``required``, ``too_long``, or
            with a national identity number).
    """
    if not line.may_be_signed_for:
        raise InvalidInput("check", "must_be_mended")
    words = " ".join(reason.split())
    if not words:
        raise InvalidInput("reason", "required")
    if len(words) > LONGEST_REASON:
        raise InvalidInput("reason", "too_long", limit=LONGEST_REASON)
    check_free_text("reason", words)
    if standing := standing_clearances(composition.id).get(line.key):
        return standing
    clearance = Clearance(
        composition_id=composition.id,
        check=line.check,
        subject=line.subject,
        digest=line.digest,
        reason=words,
        supporting=list(line.numbers),
        cleared_at=utc_now(),
        cleared_by=by.reference,
    )
    session().add(clearance)
    session().flush()
    _log(Tag.CHECK_CLEARED, composition, clearance, by=by)
    return clearance


def take_back(composition: "Composition", clearance: Clearance, *, by: Actor) -> None:
    """Answer for it no more: the check finds it again. What was signed stays on record."""
    clearance.taken_back_at, clearance.taken_back_by = utc_now(), by.reference
    session().flush()
    _log(Tag.CHECK_REOPENED, composition, clearance, by=by)


def _log(tag: Tag, composition: "Composition", clearance: Clearance, *, by: Actor) -> None:
    record(
        tag,
        subject=composition.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        data={"check": clearance.check.value, "on": clearance.subject},
    )
