"""What stands beside the questions of a draft: attachments, and a council's meeting and members."""

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.respond.presenters import participants_in_words, sender_kind
from consult.blueprints.shared.context import current_locale, format_day
from consult.domain.organisations.rules import format_organisation_number
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.submissions.companions import list_confirmations
from consult.domain.submissions.mandates import EXPOSURE_LABELS, mandate_in_words, mandate_of
from consult.domain.submissions.types import PUBLICATION_LABELS, SenderKind

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


def detail_rows(draft: "Draft") -> list[dict[str, object]]:
    """Rows of "check your answers": who it is from, when they met, how it may be published.

    What stays inside an organisation is not published. Each row names the field it shows. One that
    is empty is there but hidden: it may be filled in on a phone without contact.
    """
    kind, number = sender_kind(draft.actor_type), draft.organisation_number
    type_field = "council_type" if kind is SenderKind.COUNCIL else "actor_type"
    type_words = "" if kind is SenderKind.PERSON else _(ACTOR_TYPE_LABELS[draft.actor_type])
    met = format_day(draft.discussed_on) if draft.discussed_on else ""
    took_part = participants_in_words(draft.participants)
    chosen = _(PUBLICATION_LABELS[draft.publication]) if draft.publication else ""
    blanks = {
        "name": _("Private person"),
        "contact_email": _("Not given"),
        "publication": _("Not chosen yet"),
    }
    facts = [
        ("who", "name", _("From"), draft.name),
        ("who", "written_by", _("Written on their behalf by"), draft.written_by),
        ("who", type_field, _("Kind of body"), type_words),
        (
            "who",
            "organisation_number",
            _("Organisation number"),
            format_organisation_number(number) if number else "",
        ),
        ("who", "contact_email", _("E-mail"), draft.contact_email),
        ("who", "discussed_on", _("Talked about in the meeting on"), met),
        ("participants", "participants", _("Took part"), took_part),
    ]
    if not draft.is_internal:
        facts.append(("publication", "publication", _("Publication"), chosen))
    return [
        {
            "label": label,
            "value": value or blanks.get(field, ""),
            "href": url_for(f"respond.{page}", public_id=draft.public_id),
            "change": _("Change") if value else _("Choose") if field == "publication" else None,
            "field": field,
            "blank": blanks.get(field),
            "hidden": not value and field not in blanks,
        }
        for page, field, label, value in facts
    ]


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
