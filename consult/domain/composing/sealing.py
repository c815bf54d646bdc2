"""Reading sign-offs: where one stands, whether the text is sealed, who has signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.models import Composition, NamedVersion, SignEvent, SignOff, SignStep
from consult.domain.composing.standing import (
    Event,
    Signature,
    SignState,
    Standing,
    Step,
    find_standing,
)
from consult.domain.composing.types import SignEventKind
from consult.domain.submissions.types import Signer
from consult.kernel.i18n import N_, choose_locale, translator


@dataclass(frozen=True, slots=True)
class SealState:
    """What a change of the text would break.

    Attributes:
        is_running: Somebody has yet to sign.
        is_complete: Everybody has signed.
        signed: Signatures that would fall.
    """

    is_running: bool = False
    is_complete: bool = False
    signed: int = 0

    @property
    def is_sealed(self) -> bool:
        """Whether a writer must be asked before a change is saved."""
        return self.is_running or self.is_complete


def current_sign_off(composition_id: int, *, is_anew: bool = False) -> SignOff | None:
    """The latest sign-off of a document, whatever has become of it.

    ``is_anew`` reads it again although it was read before, for whoever holds its lock.
    """
    query = (
        select(SignOff)
        .where(SignOff.composition_id == composition_id)
        .options(
            joinedload(SignOff.version),
            selectinload(SignOff.steps).joinedload(SignStep.person),
            selectinload(SignOff.events).joinedload(SignEvent.to),
        )
        .order_by(SignOff.id.desc())
        .limit(1)
        .execution_options(populate_existing=is_anew)
    )
    return session().scalars(query).one_or_none()


def standing_of(composition: Composition) -> Standing | None:
    """Where the sign-off of a document stands; ``None`` before the first."""
    sign_off = current_sign_off(composition.id)
    return standing_in(sign_off) if sign_off else None


def standing_in(sign_off: SignOff, *, as_sealed: bool = False) -> Standing:
    """Where a sign-off stands; ``as_sealed`` as if the text were still the one that was frozen."""
    sealed = sign_off.version.digest
    return find_standing(
        [_step(one) for one in sign_off.steps],
        [_event(one) for one in sign_off.events],
        sealed=sealed,
        current=sealed if as_sealed else current_digest(sign_off.composition),
    )


def seal_state(composition: Composition) -> SealState:
    """What a change of the document's text would break."""
    sign_off = current_sign_off(composition.id)
    if sign_off is None or not standing_in(sign_off, as_sealed=True).holds:
        return SealState()  # without reading the whole text, as every save asks
    standing = standing_in(sign_off)
    return SealState(
        is_running=standing.state is SignState.RUNNING,
        is_complete=standing.state is SignState.COMPLETE,
        signed=len(standing.signatures),
    )


def signatories(composition: Composition) -> tuple[Signer, ...]:
    """Who stands under the letter, in order, in its language; nobody before all have signed.

    Names and titles are those of the moment of signing.
    """
    standing = standing_of(composition)
    if standing is None or standing.state is not SignState.COMPLETE:
        return ()
    return signers(standing.signatures, language=composition.language)


def signers(signatures: Sequence[Signature], *, language: str) -> tuple[Signer, ...]:
    """Those signatures that stand under the letter, as it prints them."""
    return tuple(
        Signer(
            name=one.event.name,
            title=printed_title(one, language=language) or None,
            signed_for=one.event.for_name,
        )
        for one in signatures
        if one.step.on_letter
    )


def printed_title(signature: Signature, *, language: str) -> str:
    """What stands after the name: the title; for whom; for which body, and what it decided when."""
    locale = choose_locale(language)
    say = translator(locale).gettext
    event = signature.event
    title = event.title
    if event.for_name:
        whom = f"{event.for_name}, {title}" if title else event.for_name
        title = say(N_("for %(name)s")) % {"name": whom}
    if event.decided_on is None:
        return title
    pattern = "d MMMM y" if locale == "en" else "d. MMMM y"
    day = format_date(event.decided_on, pattern, locale=locale)
    text = N_("for %(body)s, meeting of %(day)s")
    if event.case_number:
        text = N_("for %(body)s, meeting of %(day)s, case %(case)s")
    body = say(text) % {"body": signature.step.label, "day": day, "case": event.case_number}
    return f"{title}, {body}" if title else body


def latest_plan(organisation_id: int) -> Sequence[SignStep]:
    """The steps of the sign-off that the organisation began last, whatever the document."""
    query = (
        select(SignOff)
        .join(SignOff.composition)
        .where(Composition.organisation_id == organisation_id)
        .options(selectinload(SignOff.steps).joinedload(SignStep.person))
        .order_by(SignOff.id.desc())
        .limit(1)
    )
    found = session().scalars(query).one_or_none()
    return found.steps if found else ()


def last_seen(composition_id: int, *, by: str, before: SignOff) -> NamedVersion | None:
    """The version that somebody signed or returned last, before this sign-off."""
    query = (
        select(NamedVersion)
        .join(SignOff, SignOff.version_id == NamedVersion.id)
        .join(SignEvent, SignEvent.sign_off_id == SignOff.id)
        .where(
            SignOff.composition_id == composition_id,
            SignOff.id < before.id,
            SignEvent.by == by,
            SignEvent.kind.in_([SignEventKind.SIGNED, SignEventKind.RETURNED]),
        )
        .order_by(SignEvent.id.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def history_of(composition_id: int) -> Sequence[SignEvent]:
    """What has happened in all the sign-offs of a document, newest first."""
    query = (
        select(SignEvent)
        .join(SignEvent.sign_off)
        .where(SignOff.composition_id == composition_id)
        .options(joinedload(SignEvent.step), joinedload(SignEvent.to))
        .order_by(SignEvent.id.desc())
    )
    return session().scalars(query).all()


def dated_sign_offs(today: date) -> Sequence[int]:
    """Ids of sign-offs with a step whose date is near: somebody may have to be reminded."""
    near = SignStep.due_on.between(today - timedelta(days=7), today + timedelta(days=1))
    return session().scalars(select(SignStep.sign_off_id).where(near).distinct()).all()


def _step(row: SignStep) -> Step:
    return Step(
        id=row.id,
        label=row.label,
        person_id=row.person_id,
        name=row.person.name,
        title=row.title,
        on_letter=row.on_letter,
        is_body=row.is_body,
        due_on=row.due_on,
    )


def _event(row: SignEvent) -> Event:
    return Event(
        kind=row.kind,
        at=row.at,
        by=row.by,
        digest=row.digest,
        step_id=row.step_id,
        name=row.name,
        title=row.title,
        for_name=row.for_name,
        to_id=row.to_id,
        to_name=row.to.name if row.to else "",
        reason=row.reason,
        decided_on=row.decided_on,
        case_number=row.case_number,
    )
