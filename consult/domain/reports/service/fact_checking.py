"""Asking those who are quoted, taking their answers, and settling what they object to."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.reports import AskedToCheck, send_fact_check
from consult.domain.notifications.types import Recipient
from consult.domain.reports.fact_checks import QuotedSender
from consult.domain.reports.models import FactCheck
from consult.domain.reports.types import Settlement, Verdict
from consult.domain.submissions.reaching import recipient_of
from consult.domain.submissions.rules import check_free_text
from consult.domain.submissions.service.linking import further_address
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import Conflict, InvalidInput
from consult.kernel.i18n import localised, localised_language
from consult.kernel.text.plain import canonical

DAYS = 5
"""Days that somebody has to check the words; source: domain guide §6, scenario 87."""

LONGEST_REPLY = 4_000


def default_due(today: date) -> date:
    """The last day to answer where nobody has chosen another."""
    return today + timedelta(days=DAYS)


def ask(
    quoted: Iterable[QuotedSender],
    composition_id: int,
    *,
    due_on: date,
    contact: str,
    by: Actor,
    base_url: str,
) -> tuple[list[FactCheck], list[QuotedSender]]:
    """Ask senders whether they are quoted rightly.

    Args:
        quoted: Who, and which of their words.
        composition_id: The report.
        due_on: The last day to answer.
        contact: Where they can write to instead.
        by: Who asks.
        base_url: Address that links in mails start with.

    Returns:
        The questions, and those whom nobody can reach: they have given no address.

    Raises:
        InvalidInput: ``due_on`` (``past``).
    """
    if due_on <= to_oslo(utc_now()).date():
        raise InvalidInput("due_on", "past")
    asked: list[FactCheck] = []
    unreached: list[QuotedSender] = []
    for one in quoted:
        to = recipient_of(one.submission)
        if to is None:
            unreached.append(one)
            continue
        check = _note(one, composition_id, due_on=due_on, by=by)
        mail = _mail(check, to, contact=contact, base_url=base_url)
        send_fact_check(to, mail, about=check.reference)
        _log(Tag.FACT_CHECK_ASKED, check, by=by)
        asked.append(check)
    return asked, unreached


def _note(one: QuotedSender, composition_id: int, *, due_on: date, by: Actor) -> FactCheck:
    """Keep who is asked, and about which words."""
    check = FactCheck(
        composition_id=composition_id,
        submission=one.submission,
        places=[asdict(place) for place in one.places],
        asked_at=utc_now(),
        asked_by=by.reference,
        due_on=due_on,
    )
    session().add(check)
    session().flush()
    return check


def _mail(check: FactCheck, to: Recipient, *, contact: str, base_url: str) -> AskedToCheck:
    submission, round_ = check.submission, check.submission.round
    return AskedToCheck(
        receipt_number=submission.receipt_number,
        round_title=localised(round_.title, to.locale),
        title_language=localised_language(round_.title, to.locale),
        owner=round_.owner.name_in(to.locale),
        due_on=check.due_on,
        contact=contact,
        link=further_address(submission, base_url=base_url),
    )


def reply(check: FactCheck, verdict: Verdict, text: str, *, by: Actor) -> None:
    """Keep what the sender says; it can be said anew until the writers have settled it.

    Raises:
        Conflict: The writers have settled it already.
        InvalidInput: ``text`` (``required`` for an objection, ``too_long``, or with a national
            identity number).
    """
    if check.settlement is not None:
        raise Conflict("settled")
    words = _checked("text", text, is_needed=verdict is Verdict.OBJECTS)
    check.verdict, check.reply, check.replied_at = verdict, words, utc_now()
    session().flush()
    _log(Tag.FACT_CHECK_ANSWERED, check, by=by, verdict=verdict.value)


def settle(check: FactCheck, settlement: Settlement, reason: str, *, by: Actor) -> None:
    """Say what was done about an objection: the sender reads it.

    Raises:
        Conflict: Nobody has objected.
        InvalidInput: ``reason`` (``required`` where the text stands, ``too_long``).
    """
    if check.verdict is not Verdict.OBJECTS:
        raise Conflict("no objection")
    check.reason = _checked("reason", reason, is_needed=settlement is Settlement.KEPT)
    check.settlement = settlement
    check.settled_at, check.settled_by = utc_now(), by.reference
    session().flush()
    _log(Tag.FACT_CHECK_SETTLED, check, by=by, settlement=settlement.value)


def _checked(name: str, text: str, *, is_needed: bool) -> str:
    words = canonical(text).strip()
    if is_needed and not words:
        raise InvalidInput(name, "required")
    if len(words) > LONGEST_REPLY:
        raise InvalidInput(name, "too_long", limit=LONGEST_REPLY)
    check_free_text(name, words)
    return words


def _log(tag: Tag, check: FactCheck, *, by: Actor, **data: str) -> None:
    record(
        tag,
        subject=check.reference,
        by=by.reference,
        stream=organisation_stream(check.submission.round.owner_id),
        data={"answer": check.submission.reference, **data},
    )
