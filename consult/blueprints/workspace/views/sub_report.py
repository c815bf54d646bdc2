"""The sub-report of a working group: how far it is, sending it up, and what was said of it."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.arrival import request_arrived_at
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.cases import StepForm
from consult.blueprints.workspace.loading import concern_of
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.domain.composing.frozen import current_digest
from consult.domain.programmes.errors import (
    AnsweredOtherwise,
    NotPrintable,
    NotSigned,
    NotTaking,
)
from consult.domain.programmes.queries import find_group, find_sub_report, is_taking
from consult.domain.programmes.types import QUESTION_STATUS_LABELS
from consult.domain.reports.checking import blocking
from consult.domain.reports.errors import NotCleared
from consult.domain.reports.service.handing_up import send_checked
from consult.domain.responses.readiness import find_signed
from consult.domain.rounds.types import RoundType
from consult.domain.submissions.errors import NothingChanged
from consult.kernel.clock import utc_now
from consult.kernel.errors import DomainError, InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.responses.listing import Concern

_PLACE = "/<slug:organisation>/cases/<slug:round_slug>/sub-report"


def programme_of(organisation: str, round_slug: str) -> "Concern":
    """A programme as a working group sees it. Raises ``NotFound``, also for other rounds."""
    concern = concern_of(organisation, round_slug)
    if concern.round.type is not RoundType.PROGRAMME:
        raise NotFound("programme", round_slug)
    return concern


@bp.get(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=programme_of)
def sub_report(concern: "Concern") -> ResponseReturnValue:
    """What the group looks into, its sub-report, and what the steering group said of it."""
    return _page(concern, StepForm())


@bp.post(f"{_PLACE}/send")
@requires(Permission.DECIDE_CASE, on=programme_of)
@transactional
def sub_report_send(concern: "Concern") -> ResponseReturnValue:
    """Send the signed sub-report up, or what was changed and signed since."""
    form = StepForm()
    if not form.validate_on_submit():
        return _page(concern, form), 422
    try:
        sent = send_checked(
            concern, base_url=base_url(), by=current_actor(), received_at=request_arrived_at()
        )
    except (
        AnsweredOtherwise,
        InvalidInput,
        NotCleared,
        NotPrintable,
        NotSigned,
        NotTaking,
        NothingChanged,
    ) as error:
        form.form_errors.append(_refusal(error))
        return _page(concern, form), 422
    flash(
        _("Your sub-report is sent. The number is %(number)s.", number=sent.receipt_number),
        "success",
    )
    address = url_for(
        "workspace.sub_report",
        organisation=concern.organisation.slug,
        round_slug=concern.round.slug,
    )
    return redirect(address, code=303)


def _refusal(error: DomainError) -> str:
    """Why nothing was sent, and what to do."""
    if isinstance(error, NotCleared):
        words: str = ngettext(
            "Nothing was sent. The check list has %(num)s line that is neither mended nor signed "
            "for. Open Checks.",
            "Nothing was sent. The check list has %(num)s lines that are neither mended nor signed "
            "for. Open Checks.",
            error.count,
        )
        return words
    texts: dict[type[DomainError], str] = {
        NotSigned: _("Everybody has to sign the sub-report as it stands. Then send it."),
        NotPrintable: _(
            "It quotes words that may not be passed on. Checks says which. Take them out, have "
            "it signed, and send it."
        ),
        NotTaking: _("The programme takes no sub-reports now. Ask the steering group."),
        AnsweredOtherwise: _(
            "You have answered this programme in another way, or taken your answer back. Nothing "
            "was sent. Talk to the steering group."
        ),
        NothingChanged: _("This is what you have sent already. Nothing is changed."),
        InvalidInput: _(
            "There is a national identity number (11 digits) in it. Take it out, and try again."
        ),
    }
    return texts[type(error)]


def _page(concern: "Concern", form: StepForm) -> str:
    report = find_sub_report(concern)
    group = find_group(concern.round.id, concern.organisation.id)
    latest = group.latest if group else None
    is_new = report is not None and (latest is None or current_digest(report) != latest.digest)
    is_open = is_taking(concern, now=utc_now())
    return render_template(
        "workspace/cases/sub_report.html",
        organisation=concern.organisation,
        concern=concern,
        round=concern.round,
        rooms=room_tabs(concern.organisation, concern.round),
        form=form,
        report=report,
        is_signed=report is not None and find_signed(report) is not None,
        is_new=is_new,
        is_taking=is_open,
        unmended=len(blocking(report)) if report is not None and is_new and is_open else 0,
        group=group,
        latest=latest,
        labels={one: _(label) for one, label in QUESTION_STATUS_LABELS.items()},
    )
