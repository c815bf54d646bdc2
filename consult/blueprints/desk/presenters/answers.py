"""Shapes answers for the desk's list and for a single answer's page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.shared.additions import supplement_in_words
from consult.blueprints.shared.context import current_locale, format_day, format_moment
from consult.blueprints.shared.grounds import ground_facts
from consult.blueprints.shared.light_text import TextBlock, blocks_of_text
from consult.domain.audit.types import Tag
from consult.domain.intake.queries import Place
from consult.domain.organisations.rules import format_organisation_number
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.submissions.listing import AnswerFilter, AnswerOrder
from consult.domain.submissions.senders import IDENTITY_LABELS
from consult.domain.submissions.types import (
    ATTACHMENT_KIND_LABELS,
    CHANNEL_LABELS,
    DEADLINE_STATUS_LABELS,
    DECISION_LABELS,
    MODIFIER_LABELS,
    PUBLICATION_LABELS,
    STANCE_LABELS,
    SUBMISSION_STATUS_LABELS,
    VOICE_LABELS,
    AttachmentKind,
    DeadlineStatus,
    DecisionKind,
    StanceModifier,
    SubmissionStatus,
    Voice,
)
from consult.kernel.i18n import LANGUAGE_NAMES, N_, localised, localised_language

if TYPE_CHECKING:
    from datetime import date

    from consult.domain.audit.models import AuditEntry
    from consult.domain.rounds.models import Question, Section
    from consult.domain.submissions.models import (
        Answer,
        AnswerTranslation,
        Submission,
        SubmissionVersion,
    )

_DEADLINE_TONES = {
    DeadlineStatus.IN_TIME: "success",
    DeadlineStatus.LATE_EXTENDED: "info",
    DeadlineStatus.LATE_INCLUDED: "warning",
    DeadlineStatus.LATE_EXCLUDED: "danger",
}

EVENT_LABELS: dict[str, str] = {
    Tag.SUBMISSION_RECEIVED: N_("Sent in"),
    Tag.SUBMISSION_IMPORTED: N_("Registered"),
    Tag.SUBMISSION_CHANGED: N_("Changed"),
    Tag.SUBMISSION_AMENDED: N_("A new version was sent"),
    Tag.SUBMISSION_SUPPLEMENTED: N_("A supplement came"),
    Tag.COPY_DECIDED: N_("Compared with an answer that says the same"),
    Tag.COPY_TAKEN_BACK: N_("Comparison with another answer taken back"),
    Tag.SUBMISSION_CAME_WITH: N_("Came along with another answer"),
    Tag.SUBMISSION_WITHDRAWN: N_("Withdrawn by the sender"),
    Tag.SUBMISSION_LINK_CHANGED: N_("The personal link was changed or turned off"),
    Tag.ERASURE_REQUESTED: N_("The sender asked for deletion"),
    Tag.ERASURE_DECIDED: N_("The request for deletion was decided"),
    Tag.VERSION_CHECKED: N_("The new version was checked"),
    Tag.SUBMISSION_TRANSCRIBED: N_("Transcript of a video written"),
    Tag.SUBMISSION_FILE_ATTENDED: N_("A file was seen to, or the sender was asked about it"),
    Tag.PAGE_CORRECTED: N_("The text of a scanned page was corrected"),
    Tag.SUBMISSION_TRANSLATED: N_("Translation written"),
    Tag.SUBMISSION_SENDER_CHECKED: N_("Sender checked"),
    Tag.SUBMISSION_WRITTEN_TO: N_("A letter was written about it"),
    Tag.SUBMISSION_REPLY_NOTED: N_("The sender's reply was noted"),
    Tag.SUBMISSION_MARKED: N_("Marked"),
    Tag.SUBMISSION_MARK_TAKEN_BACK: N_("Mark taken back"),
    Tag.SUBMISSION_READ_BACK: N_("Read back to the caller, who confirmed it"),
    Tag.SUBMISSION_ASSIGNED: N_("Assignment changed"),
    Tag.SUBMISSION_DUE_SET: N_("Deadline for the work changed"),
    Tag.SUBMISSION_HANDLED: N_("Handled"),
    Tag.SUBMISSION_OPENED_AGAIN: N_("Not handled after all"),
    Tag.SUBMISSION_TAKEN_OVER: N_("Taken over from a colleague"),
    Tag.NOTE_WRITTEN: N_("Note written"),
    Tag.NOTE_CHANGED: N_("Note changed"),
    Tag.NOTES_SETTLED: N_("Notes settled"),
    Tag.NOTES_REOPENED: N_("Notes taken up again"),
    Tag.SUBMISSION_PARTY_CONFIRMED: N_("A co-sender confirmed"),
    Tag.SUBMISSION_PARTY_LEFT: N_("A body said that it does not stand behind it"),
    Tag.ENDORSEMENT_MADE: N_("Joined another answer"),
    Tag.ENDORSEMENT_KEPT: N_("Kept: it joins the other answer as it is now"),
    Tag.ENDORSEMENT_DROPPED: N_("Decided that it joins the other answer no more"),
    Tag.ENDORSEMENT_ASKED: N_("The sender was asked whether it still joins"),
    Tag.SUBMISSION_LET_IN: N_("Let in after it was set aside"),
    Tag.REVIEW_RELEASED: N_("Words released"),
    Tag.REVIEW_REDACTED: N_("Words taken out of the published text"),
    Tag.REVIEW_TAKEN_BACK: N_("Decision taken back"),
    Tag.REVIEW_CLEARED: N_("Cleared for the web"),
    Tag.REVIEW_REFUSED: N_("Not to be published"),
    Tag.SUPPORT_GIVEN: N_("Support given"),
    Tag.SUPPORT_TAKEN_BACK: N_("Support taken back"),
    Tag.STANCE_CODED: N_("Stance coded"),
    Tag.STANCE_REMOVED: N_("Coded stance removed"),
}


def deadline_tag(status: DeadlineStatus) -> tuple[str, str]:
    """Text and tone of how the time of receipt stands to the deadline."""
    return _(DEADLINE_STATUS_LABELS[status]), _DEADLINE_TONES[status]


def status_tag(status: SubmissionStatus) -> tuple[str, str]:
    """Text and tone of what became of an answer."""
    tone = "neutral" if status is SubmissionStatus.RECEIVED else "warning"
    return _(SUBMISSION_STATUS_LABELS[status]), tone


def sorted_columns(
    round_slug: str, wanted: AnswerFilter, order: AnswerOrder, *, descending: bool
) -> list[dict[str, Any]]:
    """The heads of the list's columns; those that sort link to the list sorted by them."""
    sortable = [
        (AnswerOrder.NUMBER, _("No.")),
        (AnswerOrder.NAME, _("Sender")),
        (AnswerOrder.KIND, _("Kind")),
        (None, _("Came as")),
        (AnswerOrder.RECEIVED, _("Received")),
        (None, _("Passages coded")),
    ]
    columns: list[dict[str, Any]] = []
    for by, text in sortable:
        column: dict[str, Any] = {"text": text}
        if by is not None:
            turned = by is order and not descending
            values = {**filter_values(wanted), "sort": by.value, "down": 1 if turned else None}
            column["sort"] = url_for("desk.answers", round_slug=round_slug, **values)
            if by is order:
                column["sorted"] = "descending" if descending else "ascending"
        columns.append(column)
    return columns


def filter_values(wanted: AnswerFilter) -> dict[str, Any]:
    """A filter as the values of an address."""
    return {
        "q": wanted.text or None,
        "group": wanted.group,
        "status": wanted.status,
        "channel": wanted.channel,
    }


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """What was said at one question or proposal, or about the round as a whole.

    Attributes:
        heading: The question or the proposal's title, with its number.
        lang: The heading's language.
        stance: The stance in words, with what goes with it.
        position: Its place in the version, which names it in addresses.
        quote: The words of the paper that it is a comment on.
        voice: Whose words it is, where it is not the sender itself.
        files: Kind, name and public id of the files at it.
        former_wording: What the question said when it was answered, if it was corrected since.
        is_private: The question promises that it is not published.
    """

    heading: str
    lang: str
    stance: str | None
    modifiers: list[str]
    choices: list[str]
    blocks: list[TextBlock]
    source_heading: str | None
    quote: str | None
    no_comments: bool
    position: int
    voice: str | None
    files: list[tuple[str, str, str]]
    translations: list["TranslationView"]
    former_wording: str | None
    is_private: bool


@dataclass(frozen=True, slots=True)
class TranslationView:
    """A translation by the owner's staff, beside the original."""

    language: str
    language_name: str
    blocks: list[TextBlock]


def answer_parts(
    version: "SubmissionVersion",
    places: Sequence[Place],
    translations: Mapping[int, Sequence["AnswerTranslation"]],
) -> list[AnswerPart]:
    """The answer's parts: general ones, then as the round's questions and proposals stand."""
    known = {_ids(place.question_id, place.proposal_id): place for place in places}
    order = {key: number for number, key in enumerate(known)}
    answers = sorted(
        (one for one in version.answers if one.voice is not Voice.SCAN),
        key=lambda one: (order.get(_place_of(one), -1), one.position),
    )
    return [
        _part(answer, known.get(_place_of(answer)), translations.get(answer.id, ()))
        for answer in answers
    ]


def unanswered_places(
    version: "SubmissionVersion", places: Sequence[Place], *, unasked: Collection[int] = ()
) -> list[tuple[str, str]]:
    """Questions and proposals that the answer does not speak to directly, with their language.

    ``unasked`` are ids of questions that the sender was not asked.
    """
    answered = {_place_of(one) for one in version.answers if one.voice is Voice.SENDER}
    return [
        _heading(place)
        for place in places
        if _ids(place.question_id, place.proposal_id) not in answered
        and place.question_id not in unasked
    ]


def _ids(question_id: int | None, proposal_id: int | None) -> tuple[int | None, int | None]:
    """A question counts by itself, whether or not its proposal is named as well."""
    return (question_id, None) if question_id is not None else (None, proposal_id)


def _place_of(answer: "Answer") -> tuple[int | None, int | None]:
    return _ids(answer.question_id, answer.proposal_id)


def _part(
    answer: "Answer", place: Place | None, translations: Sequence["AnswerTranslation"]
) -> AnswerPart:
    heading, lang = _heading(place)
    if answer.section is not None:
        heading, lang = _section_heading(answer.section)
    return AnswerPart(
        heading=heading,
        lang=lang,
        stance=_(STANCE_LABELS[answer.stance]) if answer.stance else None,
        modifiers=[_(MODIFIER_LABELS[StanceModifier(one)]) for one in answer.modifiers],
        choices=_choices(answer, answer.question),
        blocks=blocks_of_text(answer.text),
        source_heading=answer.source_heading,
        quote=answer.quote,
        no_comments=answer.no_comments,
        position=answer.position,
        voice=voice_of(answer),
        files=_files_at(answer),
        translations=[
            TranslationView(
                one.language,
                LANGUAGE_NAMES.get(one.language, one.language),
                blocks_of_text(one.text),
            )
            for one in translations
        ],
        former_wording=former_wording(answer),
        is_private=answer.is_private,
    )


def voice_of(answer: "Answer") -> str | None:
    """Whose words a part is, where it is not the sender itself; or that it came later."""
    if answer.voice is Voice.SENDER:
        return supplement_in_words(answer)
    label = _(VOICE_LABELS[answer.voice])
    return f"{label}: {answer.voice_label}" if answer.voice_label else str(label)


def _files_at(answer: "Answer") -> list[tuple[str, str, str]]:
    """Files that were sent with the answer, at the part they belong to."""
    return [
        (_(ATTACHMENT_KIND_LABELS[file.kind]), file.filename, file.public_id)
        for file in answer.version.attachments
        if answer.holds(file) and file.kind is not AttachmentKind.ORIGINAL
    ]


def former_wording(answer: "Answer") -> str | None:
    """What the question said when it was answered, if it has been corrected since."""
    question = answer.question
    if question is None or answer.wording >= question.wording:
        return None
    return localised(question.as_worded(answer.wording).text, current_locale())


def _heading(place: Place | None) -> tuple[str, str]:
    if place is None:
        return _("About the consultation as a whole"), current_locale()
    title = localised(place.title, current_locale())
    return f"{place.label}. {title}", localised_language(place.title, current_locale())


def _section_heading(section: "Section") -> tuple[str, str]:
    title = localised(section.title, current_locale())
    return f"{section.key} {title}", localised_language(section.title, current_locale())


def _choices(answer: "Answer", question: "Question | None") -> list[str]:
    """What was chosen or where on the scale, in words."""
    if question is None:
        return []
    labels = {one.key: localised(one.labels, current_locale()) for one in question.options}
    chosen = [labels.get(key, key) for key in answer.choices]
    if answer.scale_value is not None and question.scale is not None:
        chosen.append(
            _("%(value)s on a scale from %(low)s to %(high)s", value=answer.scale_value,
              low=question.scale.minimum, high=question.scale.maximum)
        )  # fmt: skip
    return chosen


def history(entries: Sequence["AuditEntry"], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was done with an answer, as events of a timeline."""
    return [
        {
            "when": entry.at,
            "text": _event_text(entry),
            "who": names.get(entry.actor),
        }
        for entry in entries
    ]


def _event_text(entry: "AuditEntry") -> str:
    text = _(EVENT_LABELS[entry.tag]) if entry.tag in EVENT_LABELS else entry.tag
    if entry.data.get("kind") in set(DecisionKind):
        return f"{text}: {_(DECISION_LABELS[DecisionKind(entry.data['kind'])])}"
    change = entry.data.get("actor_type")
    if not isinstance(change, dict):
        return text
    before, after = (_(ACTOR_TYPE_LABELS[ActorType(change[key])]) for key in ("before", "after"))
    text = _("Kind of sender changed from “%(before)s” to “%(after)s”: %(reason)s",
             before=before, after=after, reason=entry.data.get("reason", ""))  # fmt: skip
    return str(text)


def facts(submission: "Submission", names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who, when, how and what may be published: pairs of label and value, where known."""
    registered = submission.registered_by is not None
    arrived = format_day if registered else format_moment
    pairs: list[tuple[str, str | None]] = [
        (_("Sender"), submission.name),
        (_("Written on their behalf by"), submission.written_by),
        (_("Kind of sender"), _(ACTOR_TYPE_LABELS[submission.actor_type])),
        (_("Organisation number"), _number(submission.organisation_number)),
        (_("Talked about in the meeting on"), _day(submission.discussed_on)),
        (
            _("Took part"),
            ", ".join(f"{item.role}: {item.count}" for item in submission.participants),
        ),
        *ground_facts(submission),
        (_("Came as"), _(CHANNEL_LABELS[submission.channel])),
        (_("Received"), arrived(submission.received_at)),
        (_("Stored with us"), format_moment(submission.stored_at)),
        (_("Sender known by"), _identity(submission)),
        (_("Registered by"), names.get(submission.registered_by or "")),
        (_("Date of the letter"), _letter_date(submission, registered=registered)),
        (_("The sender's reference"), submission.their_ref),
        (_("Language of the answer"), LANGUAGE_NAMES.get(submission.language)),
        (
            _("Publication"),
            None if submission.is_internal else _(PUBLICATION_LABELS[submission.publication]),
        ),
        (_("Receipt number"), submission.receipt_number),
        (_("Contact person"), submission.contact_name),
        (_("Contact e-mail"), submission.contact_email),
    ]
    return [(label, value) for label, value in pairs if value]


def _identity(submission: "Submission") -> str | None:
    """How the sender is known, as a fact among others: no answer is worth less for it."""
    return _(IDENTITY_LABELS[submission.identity]) if submission.identity else None


def _number(number: str | None) -> str | None:
    return format_organisation_number(number) if number else None


def _day(day: "date | None") -> str | None:
    return format_day(day) if day else None


def _letter_date(submission: "Submission", *, registered: bool) -> str | None:
    if submission.document_date is not None:
        return format_day(submission.document_date)
    return _("Not known") if registered else None
