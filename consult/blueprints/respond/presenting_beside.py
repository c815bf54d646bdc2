"""What stands beside the questions of a draft: attachments, and a council's meeting and members."""

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.respond.presenters import participants_in_words, sender_kind
from consult.blueprints.shared.context import current_locale
from consult.domain.submissions.companions import list_confirmations
from consult.domain.submissions.mandates import EXPOSURE_LABELS, mandate_in_words, mandate_of
from consult.domain.submissions.types import SenderKind

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft
    from consult.domain.submissions.service.statement import Statement


def tasks_beside(draft: "Draft", statement: "Statement") -> list[dict[str, object]]:
    """The tasks that are no questions, for the task list."""
    files, here = len(statement.files), draft.public_id
    tasks: list[dict[str, object]] = [
        {
            "text": _("Attachments and sign-language video"),
            "href": url_for("respond.files", public_id=here),
            "status": ngettext("%(num)d file", "%(num)d files", files) if files else _("No files"),
            "tone": "success" if files else "neutral",
        }
    ]
    if sender_kind(draft.actor_type) is SenderKind.COUNCIL:
        tasks += _council_tasks(draft, statement)
    if draft.is_internal:
        tasks += _internal_tasks(draft, statement)
    return tasks


def _internal_tasks(draft: "Draft", statement: "Statement") -> list[dict[str, object]]:
    """A branch's mandate, and what a minority in it says."""
    told = mandate_in_words(mandate_of(draft.mandate), current_locale())
    return [
        {
            "text": _("Your mandate, and how far the answer may go"),
            "href": url_for("respond.mandate", public_id=draft.public_id),
            "status": _(EXPOSURE_LABELS[draft.exposure]) if draft.exposure else _("Must be chosen"),
            "tone": "success" if draft.exposure else "warning",
            "note": told,
        },
        _remarks_task(draft, statement),
    ]


def _remarks_task(draft: "Draft", statement: "Statement") -> dict[str, object]:
    remarks = len(statement.remarks)
    words = ngettext("%(num)d remark", "%(num)d remarks", remarks) if remarks else _("No remarks")
    return {
        "text": _("Minority remarks"),
        "href": url_for("respond.remarks", public_id=draft.public_id),
        "status": words,
        "tone": "success" if remarks else "neutral",
    }


def _council_tasks(draft: "Draft", statement: "Statement") -> list[dict[str, object]]:
    here = draft.public_id
    said = list_confirmations(draft.id)
    agree = sum(item.agrees for item in said)
    words = ngettext("%(num)d has confirmed", "%(num)d have confirmed", agree)
    if disagree := len(said) - agree:
        words += ", " + ngettext("%(num)d does not agree", "%(num)d do not agree", disagree)
    return [
        {
            "text": _("Who took part in the meeting"),
            "href": url_for("respond.participants", public_id=here),
            "status": participants_in_words(draft.participants) or _("Not told"),
            "tone": "success" if draft.participants else "neutral",
        },
        _remarks_task(draft, statement),
        {
            "text": _("Members confirm by a link"),
            "href": url_for("respond.confirmations", public_id=here),
            "status": words if said else _("Nobody yet") if draft.confirm_digest else _("No link"),
            "tone": "success" if said else "neutral",
        },
    ]
