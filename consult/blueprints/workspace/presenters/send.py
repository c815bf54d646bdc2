"""Shaping the page of sending: what is checked, and what was sent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.context import format_moment
from consult.blueprints.shared.standing_behind import behind_facts
from consult.domain.responses.checking import Finding, Outcome, Reason, Topic
from consult.domain.submissions.additions import VersionKind
from consult.domain.submissions.types import (
    DEADLINE_STATUS_LABELS,
    PUBLICATION_LABELS,
    SUBMISSION_STATUS_LABELS,
    SubmissionStatus,
)
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.responses.listing import Concern
    from consult.domain.submissions.models import Submission

_TEXTS: dict[Reason, str] = {
    Reason.BLANK: N_("Nothing is written yet"),
    Reason.IDENTITY_NUMBER: N_("A national identity number stands in the text. Take it out."),
    Reason.HEAD_COMPLETE: N_("Recipient, references and date"),
    Reason.NO_RECIPIENT: N_("The letter has no recipient"),
    Reason.NO_REFERENCE: N_("Their case number is not in the letter"),
    Reason.NO_BASIS: N_("The letter does not say that you asked your branches"),
    Reason.DATE_AHEAD: N_("The letter's date has not come yet"),
    Reason.NO_OPEN_COMMENTS: N_("No comment is waiting for an answer"),
    Reason.SIGNED: N_("Everybody has signed, and the text is as they saw it"),
    Reason.NOT_ASKED_TO_SIGN: N_("Nobody has been asked to sign"),
    Reason.BEING_SIGNED: N_("Somebody has yet to sign"),
    Reason.SEAL_BROKEN: N_("The text was sent back or changed: it must be signed anew"),
    Reason.HEARING_OPEN: N_("Your branches can still answer"),
    Reason.MENTIONS_ATTACHMENT: N_("The text speaks of an attachment, and nothing is attached"),
    Reason.IN_TIME: N_("You are in time"),
    Reason.LATE: N_("The deadline has passed. You can send; whoever asks sees that it is late."),
    Reason.NOT_OPEN_YET: N_("The round does not take answers yet"),
    Reason.CLOSED_TO_ALL: N_("The round takes no answers any more"),
}

_STATUS: dict[Outcome, tuple[str, str]] = {
    Outcome.FINE: (N_("In order"), "success"),
    Outcome.LOOK: (N_("Look at this"), "warning"),
    Outcome.BLOCKS: (N_("Must be mended"), "danger"),
}

_ROOMS: dict[Topic, tuple[str, ...]] = {
    Topic.TEXT: ("draft", "sign_off"),
    Topic.QUESTIONS: ("draft", "sign_off"),
    Topic.IDENTITY: ("draft", "sign_off"),
    Topic.HEAD: ("letter_head",),
    Topic.COMMENTS: ("comments", "draft", "sign_off"),
    Topic.WORD: ("word",),
    Topic.SIGNATURES: ("sign_off",),
    Topic.HEARING: ("hearing",),
    Topic.JOINT: ("joint",),
    Topic.ATTACHMENTS: ("send",),
    Topic.DEADLINE: ("case",),
}
"""Where each is mended: the first of these rooms that there is."""


def check_rows(
    findings: Sequence[Finding], concern: "Concern", *, written_in: str
) -> list[dict[str, Any]]:
    """The checks as a list of things to do, each with the room where it is mended.

    ``written_in``: the response's language, in which its parts are named.
    """
    rows = []
    for finding in findings:
        status, tone = _STATUS[finding.outcome]
        rows.append(
            {
                "text": _finding_text(finding),
                "note": " · ".join(finding.names[:5]),
                "note_lang": written_in,
                "href": _room(finding.topic, concern),
                "status": _(status),
                "tone": tone,
            }
        )
    return rows


def sent_facts(submission: "Submission") -> list[tuple[str, str]]:
    """What was sent, when, and how it stands."""
    version = submission.current_version
    facts = [
        (_("Number"), submission.receipt_number),
        (_("Received"), format_moment(submission.received_at)),
        (_("Deadline"), _(DEADLINE_STATUS_LABELS[submission.deadline_status])),
        (_("Publication"), _(PUBLICATION_LABELS[submission.publication])),
    ]
    if submission.status is not SubmissionStatus.RECEIVED:
        facts.append((_("Status"), _(SUBMISSION_STATUS_LABELS[submission.status])))
    if version.number > 1 and version.received_at is not None:
        facts.append((_("Version"), f"{version.number} ({format_moment(version.received_at)})"))
    facts += behind_facts(version)
    facts += [
        (_("Supplement"), format_moment(one.received_at))
        for one in submission.versions
        if one.kind is VersionKind.SUPPLEMENT and one.received_at is not None
    ]
    if version.is_provisional:
        facts.append((_("Reservation"), _("Provisional: a political body has not decided yet")))
    sources = list(dict.fromkeys(one.source.name for one in version.attachments if one.source))
    if sources:
        facts.append((_("Attached"), ", ".join(sources)))
    return facts


def _finding_text(finding: Finding) -> str:
    number = finding.number
    match finding.reason:
        case Reason.WRITTEN:
            text = ngettext("%(num)d part is written", "%(num)d parts are written", number)
        case Reason.ALL_ANSWERED:
            text = ngettext(
                "%(num)d question is answered", "All %(num)d questions are answered", number
            )
        case Reason.REQUIRED:
            text = ngettext(
                "%(num)d question must be answered, or marked “No comments”",
                "%(num)d questions must be answered, or marked “No comments”",
                number,
            )
        case Reason.SKIPPED:
            text = ngettext(
                "%(num)d question is neither answered nor marked “No comments”",
                "%(num)d questions are neither answered nor marked “No comments”",
                number,
            )
        case Reason.OPEN_COMMENTS:
            text = ngettext(
                "%(num)d comment is not resolved", "%(num)d comments are not resolved", number
            )
        case Reason.OPEN_SUGGESTIONS:
            text = ngettext(
                "%(num)d suggestion from Word is not decided",
                "%(num)d suggestions from Word are not decided",
                number,
            )
        case Reason.NOT_CONFIRMED:
            text = ngettext(
                "%(num)d body has not confirmed yet",
                "%(num)d bodies have not confirmed yet",
                number,
            )
        case _:
            text = _(_TEXTS[finding.reason])
    return str(text)


def _room(topic: Topic, concern: "Concern") -> str:
    name = next(name for name in _ROOMS[topic] if f"workspace.{name}" in current_app.view_functions)
    return url_for(
        f"workspace.{name}",
        organisation=concern.organisation.slug,
        round_slug=concern.round.slug,
    )
