"""Rules of answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from consult.domain.organisations.rules import normalise_organisation_number
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.errors import DeadlinePassed, RoundNotOpen
from consult.domain.rounds.rules import is_past
from consult.domain.rounds.types import (
    PUBLIC_STATUSES,
    Option,
    QuestionKind,
    RoundStatus,
    Scale,
)
from consult.domain.submissions.senders import IdentityLevel, SenderCheck
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    ASKED_STANCES,
    MAX_ANSWER_LENGTH,
    STANCE_LABELS,
    AnswerContent,
    Channel,
    DeadlineStatus,
    Publication,
    Respondent,
    Stance,
    StoredFile,
    SubmissionContent,
    SubmissionStatus,
    Voice,
    WrittenAnswer,
)
from consult.kernel.errors import InvalidInput, TransitionError
from consult.kernel.i18n import LOCALES, N_, choose_locale, localised, translator
from consult.kernel.ids import content_digest
from consult.kernel.text.identity import has_identity_number
from consult.kernel.text.plain import canonical

SEPARATOR = "\n\n"

DRAFT_ACCESS_AFTER_CLOSING = timedelta(days=30)
"""How long after the deadline the link or code of a draft opens it: to read what was not sent.

For the reasons of this and the next see docs/adr/0017."""

ANSWER_ACCESS_AFTER_CLOSING = timedelta(days=3 * 365)
"""How long after the deadline the link or code of an answer works: while a round is followed up."""


@dataclass(frozen=True, slots=True)
class AssembledText:
    """A version's text and where each answer stands in it.

    Attributes:
        spans: ``(start, end)`` in characters of ``text``, one pair per answer, in order.
    """

    text: str
    spans: tuple[tuple[int, int], ...]


def assemble_text(answers: Sequence[AnswerContent]) -> AssembledText:
    """One canonical text of all answers, a blank line between them; empty answers get no room."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for answer in answers:
        text = canonical(answer.text)
        if not text:
            spans.append((length, length))
            continue
        if parts:
            length += len(SEPARATOR)
        parts.append(text)
        spans.append((length, length + len(text)))
        length += len(text)
    return AssembledText(SEPARATOR.join(parts), tuple(spans))


def version_digest(
    text: str, answers: Sequence[AnswerContent], files: Sequence[StoredFile] = ()
) -> str:
    """SHA-256 over everything a version says: its text, its structured answers and its files."""
    parts: list[object] = [text]
    for answer in answers:
        parts += [
            answer.question_id,
            answer.proposal_id,
            answer.section_id,
            answer.quote,
            answer.stance,
            ",".join(answer.modifiers),
            ",".join(answer.choices),
            answer.scale_value,
            answer.no_comments,
        ]
        if answer.voice is not Voice.SENDER:
            parts += [answer.voice, answer.voice_label]
    parts += [f"file {file.question_id} {file.digest}" for file in files]
    return content_digest("\n".join(str(part) for part in parts).encode())


def deadline_status(
    *, received_at: datetime, closes_at: datetime, own_deadline: datetime | None
) -> DeadlineStatus:
    """How a time of receipt stands to the deadline; late ones are included until decided on."""
    if not is_past(closes_at, now=received_at):
        return DeadlineStatus.IN_TIME
    if own_deadline is not None and not is_past(own_deadline, now=received_at):
        return DeadlineStatus.LATE_EXTENDED
    return DeadlineStatus.LATE_INCLUDED


def first_status(content: SubmissionContent) -> SubmissionStatus:
    """What an answer is when it is stored: one by phone must be read back before it counts."""
    relay = content.relay
    is_unread = relay is not None and not relay.is_read_back
    if content.channel is Channel.PHONE and is_unread:
        return SubmissionStatus.TO_CHECK
    return SubmissionStatus.RECEIVED


class Asked(Protocol):
    """What the rules need to know of a question."""

    @property
    def kind(self) -> QuestionKind:
        """How it is answered."""
        ...

    @property
    def options(self) -> tuple[Option, ...]:
        """Its choices."""
        ...

    @property
    def scale(self) -> Scale | None:
        """Its scale."""
        ...


class Said(Protocol):
    """What the rules need to know of an answer, be it a draft's or a sent one's."""

    @property
    def stance(self) -> Stance | None:
        """The stance taken."""
        ...

    @property
    def choices(self) -> Sequence[str]:
        """Keys of the options chosen."""
        ...

    @property
    def scale_value(self) -> int | None:
        """The number chosen."""
        ...

    @property
    def no_comments(self) -> bool:
        """Whether it says "no comments" and nothing else."""
        ...


def check_written(question: Asked, written: WrittenAnswer) -> WrittenAnswer:
    """The answer as it is stored, without what its question does not ask for.

    Raises:
        InvalidInput: ``text`` (``too_long``, ``identity_number``), ``stance`` (``unknown``,
            ``no_comments_with_text``), ``choices`` or ``scale_value`` (``unknown``).
    """
    text = canonical(written.text)
    check_free_text("text", text)
    if len(text) > MAX_ANSWER_LENGTH:
        raise InvalidInput("text", "too_long", limit=MAX_ANSWER_LENGTH)
    stance = _check_stance(question, written.stance)
    if stance is Stance.NO_COMMENTS and text:
        raise InvalidInput("stance", "no_comments_with_text")
    checked = WrittenAnswer(
        text=text,
        stance=stance,
        choices=_check_choices(question, written.choices),
        scale_value=_check_scale(question, written.scale_value),
    )
    no_comments = stance is Stance.NO_COMMENTS or (written.no_comments and checked.is_blank)
    return replace(checked, no_comments=no_comments)


def _check_stance(question: Asked, stance: Stance | None) -> Stance | None:
    if question.kind is not QuestionKind.STANCE:
        return None
    if stance is not None and stance not in ASKED_STANCES:
        raise InvalidInput("stance", "unknown")
    return stance


def _check_choices(question: Asked, choices: Sequence[str]) -> tuple[str, ...]:
    if question.kind not in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
        return ()
    known = [option.key for option in question.options]
    most = 1 if question.kind is QuestionKind.SINGLE else len(known)
    if len(choices) > most or not set(choices) <= set(known):
        raise InvalidInput("choices", "unknown")
    return tuple(key for key in known if key in choices)


def _check_scale(question: Asked, value: int | None) -> int | None:
    scale = question.scale
    if question.kind is not QuestionKind.SCALE or scale is None or value is None:
        return None
    if not scale.minimum <= value <= scale.maximum:
        raise InvalidInput("scale_value", "unknown")
    return value


def check_closed(
    question: Asked, choices: Sequence[str], scale_value: int | None
) -> tuple[tuple[str, ...], int | None]:
    """What was chosen at a question, without what it does not ask for.

    Raises ``InvalidInput`` for ``choices`` or ``scale_value`` (``unknown``).
    """
    return _check_choices(question, choices), _check_scale(question, scale_value)


def no_comments_to(question: Asked) -> WrittenAnswer:
    """The answer "no comments" to a question; on a proposal it is a stance as well."""
    is_stance = question.kind is QuestionKind.STANCE
    return WrittenAnswer(stance=Stance.NO_COMMENTS if is_stance else None, no_comments=True)


def is_wordless(said: Said, *, text: str) -> bool:
    """Whether nothing is said or chosen: only files stand there."""
    chosen = said.stance or said.choices or said.scale_value is not None or said.no_comments
    return not (text or chosen)


def chosen_words(question: Asked, said: Said, *, locale: str) -> tuple[str, ...]:
    """What was chosen, as sentences for readers; the answer's own text stands beside them."""
    say = translator(locale).gettext
    if stance := stance_words(said, locale=locale):
        return stance
    if said.scale_value is not None and (scale := question.scale) is not None:
        message = say(
            N_("%(value)s on a scale from %(low)s (%(lowest)s) to %(high)s (%(highest)s)")
        )
        words = message % {
            "value": said.scale_value,
            "low": scale.minimum,
            "lowest": localised(scale.low, locale),
            "high": scale.maximum,
            "highest": localised(scale.high, locale),
        }
        return (words,)
    labels = {option.key: localised(option.labels, locale) for option in question.options}
    return tuple(labels.get(key, key) for key in said.choices)


def stance_words(said: Said, *, locale: str) -> tuple[str, ...]:
    """The stance, or that there are no comments, in the words the sender chose; else nothing."""
    stance = Stance.NO_COMMENTS if said.no_comments else said.stance
    if stance is None:
        return ()
    return (translator(locale).gettext(ASKED_STANCE_LABELS.get(stance, STANCE_LABELS[stance])),)


def check_sending(
    round_: "SentTo", *, received_at: datetime, own_deadline: datetime | None, now: datetime
) -> None:
    """Raise unless an answer that arrived at a moment may be sent in by its sender.

    The moment of arrival decides, also when the round has been closed while the answer was being
    stored. A round closed by hand before its deadline takes nothing more.

    Raises:
        RoundNotOpen: It is not announced, cancelled, not yet open, or closed by hand.
        DeadlinePassed: The deadline, and the sender's own if there is one, were over.
    """
    deadline = max(round_.closes_at, own_deadline or round_.closes_at)
    closed_by_hand = round_.status is RoundStatus.CLOSED and not is_past(round_.closes_at, now=now)
    if (
        round_.status not in PUBLIC_STATUSES
        or received_at < round_.opens_at
        or (closed_by_hand and own_deadline is None)
    ):
        raise RoundNotOpen(round_.opens_at, round_.closes_at, round_.status.value)
    if is_past(deadline, now=received_at):
        raise DeadlinePassed(deadline)


class SentTo(Protocol):
    """What the rules need to know of the round."""

    status: RoundStatus
    opens_at: datetime
    closes_at: datetime


def check_free_text(field: str, text: str, **place: object) -> None:
    """Raise ``InvalidInput`` (``identity_number``) if a national identity number stands in it.

    The number is in nothing that is raised, so that no log can hold it. ``place`` goes along as
    the error's data.
    """
    if has_identity_number(canonical(text)):
        raise InvalidInput(field, "identity_number", **place)


def clean_name(text: str) -> str:
    """A name on one line; empty without a letter or digit, for then nobody could read it."""
    name = " ".join(canonical(text).split())
    return name if any(character.isalnum() for character in name) else ""


def check_respondent(respondent: Respondent) -> Respondent:
    """The sender as it is stored, with names on one line. Only a private person needs none.

    Raises:
        InvalidInput: ``name`` (``required``, ``identity_number``), ``contact_name`` or
            ``written_by`` (``identity_number``), ``organisation_number`` (``length``,
            ``control_digit``).
    """
    name, contact = clean_name(respondent.name), clean_name(respondent.contact_name or "")
    writer = clean_name(respondent.written_by or "")
    if not name and respondent.actor_type is not ActorType.PRIVATE_PERSON:
        raise InvalidInput("name", "required")
    check_free_text("name", name)
    check_free_text("contact_name", contact)
    check_free_text("written_by", writer)
    number = respondent.organisation_number
    return replace(
        respondent,
        name=name,
        contact_name=contact or None,
        written_by=writer or None,
        organisation_number=normalise_organisation_number(number) if number else None,
    )


def sender_check(respondent: Respondent) -> SenderCheck | None:
    """What the owner's staff should look at in who sent an answer, if anything."""
    if respondent.organisation_id is not None:
        return None
    if respondent.claimed_organisation_id is not None:
        return SenderCheck.CLAIMED
    is_employer = respondent.actor_type is ActorType.EMPLOYER
    return SenderCheck.NO_NUMBER if is_employer and not respondent.organisation_number else None


_MARKED = frozenset({SubmissionStatus.RECEIVED, SubmissionStatus.WITHDRAWN})

SUBMISSION_TRANSITIONS: dict[SubmissionStatus, frozenset[SubmissionStatus]] = {
    SubmissionStatus.RECEIVED: frozenset(
        {
            SubmissionStatus.WITHDRAWN,
            SubmissionStatus.DUPLICATE,
            SubmissionStatus.OFF_TOPIC,
            SubmissionStatus.MULTIPLE,
            SubmissionStatus.QUARANTINED,
        }
    ),
    SubmissionStatus.QUARANTINED: _MARKED
    | {SubmissionStatus.DUPLICATE, SubmissionStatus.OFF_TOPIC},
    SubmissionStatus.TO_CHECK: frozenset(SubmissionStatus)
    - {SubmissionStatus.TO_CHECK, SubmissionStatus.MINUTES},
    SubmissionStatus.DUPLICATE: _MARKED,
    SubmissionStatus.OFF_TOPIC: _MARKED,
    SubmissionStatus.MULTIPLE: _MARKED,
    SubmissionStatus.WITHDRAWN: frozenset(),
    SubmissionStatus.MINUTES: frozenset(),
}
"""What an answer may become; withdrawing is the sender's last word on it.

Only the owner's staff can take back a mark of its own (``service.deciding.take_back``).
"""


def check_step(source: SubmissionStatus, target: SubmissionStatus) -> None:
    """Raise :class:`TransitionError` unless the table of states allows the step."""
    if target not in SUBMISSION_TRANSITIONS[source]:
        raise TransitionError("submission", source.value, target.value)


def is_amendable(
    *,
    status: SubmissionStatus,
    channel: Channel,
    is_registered: bool,
    has_other_words: bool,
) -> bool:
    """Whether the sender can change the answer in the form: it was written there and stands.

    Args:
        status: What became of it.
        channel: How it came.
        is_registered: Whether somebody else registered it.
        has_other_words: Whether words of the sender stand in it that no field of the form holds.
    """
    is_own = channel is Channel.FORM and not is_registered
    return is_own and status is SubmissionStatus.RECEIVED and not has_other_words


def draft_access_ends(closes_at: datetime, own_deadline: datetime | None = None) -> datetime:
    """The moment from which on the personal link and code of a draft open nothing."""
    return max(closes_at, own_deadline or closes_at) + DRAFT_ACCESS_AFTER_CLOSING


def answer_access_ends(closes_at: datetime, received_at: datetime) -> datetime:
    """The moment from which on the personal link and code of an answer open nothing."""
    return max(closes_at, received_at) + ANSWER_ACCESS_AFTER_CLOSING


def identity_level(*, is_signed_in: bool, has_confirmed_email: bool) -> IdentityLevel:
    """How a sender is known at the moment of sending; never asked for, only noted."""
    if is_signed_in:
        return IdentityLevel.SIGNED_IN
    return IdentityLevel.EMAIL_CONFIRMED if has_confirmed_email else IdentityLevel.UNVERIFIED


def letter_locale(language: str, locale: str | None) -> str:
    """The language of receipts and mails: the answer's own where we write it, else the sender's.

    A sender who writes Sámi, which we have no receipts in, gets them in the interface language
    that she began in.
    """
    return language if language in LOCALES else choose_locale(locale)


def public_name(name: str, *, actor_type: ActorType, publication: Publication, locale: str) -> str:
    """What a sender is called where everybody can read it; the name only if they said so.

    Also an answer that is not on the web gets no name here: whoever lists it by mistake tells
    nobody who wrote it. The owner's team sees the name all the same.
    """
    if publication is Publication.WITH_NAME and name:
        return name
    say = translator(locale).gettext
    if actor_type in {ActorType.PRIVATE_PERSON, ActorType.ANONYMOUS_PARTICIPANT}:
        return say(N_("Private person"))
    return say(N_("Organisation without name"))


def check_content(content: SubmissionContent) -> SubmissionContent:
    """The content as it is stored, by whichever channel it came.

    Raises:
        InvalidInput: As :func:`check_respondent`; ``identity_number`` also in ``their_ref``,
            ``signers``, ``case_steps`` or ``text``, the last with the answer's ``question_id`` and
            ``proposal_id``.
    """
    respondent = check_respondent(content.respondent)
    check_free_text("their_ref", content.their_ref or "")
    if content.relay is not None:
        check_free_text("assistance", content.relay.assistance or "")
        check_free_text("spoken_language", content.relay.spoken_language or "")
    for signer in content.signers:
        check_free_text("signers", f"{signer.name}\n{signer.title or ''}")
    for step in content.case_steps:
        check_free_text("case_steps", f"{step.body}\n{step.proposed}\n{step.decided}")
    for answer in content.answers:
        check_free_text(
            "text",
            f"{answer.source_heading or ''}\n{answer.voice_label or ''}\n{answer.text}",
            question_id=answer.question_id,
            proposal_id=answer.proposal_id,
        )
    return replace(content, respondent=respondent)
