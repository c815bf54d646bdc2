"""The groups of a programme: where each stands, and what each has sent, reviewed one by one."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.programme import PartForm, ReviewForm
from consult.blueprints.desk.presenters.programme import group_rows, programme_tabs, state_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.settings import site_address
from consult.domain.programmes.errors import NothingToReview
from consult.domain.programmes.queries import (
    find_group,
    get_asked_group,
    get_programme,
    get_sent_group,
)
from consult.domain.programmes.service.reviewing import describe_part, review_report
from consult.domain.programmes.types import PIECE_KIND_LABELS
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.programmes.models import WorkingGroup
    from consult.domain.rounds.models import Invitation, Round


@bp.get("/rounds/<slug:round_slug>/programme")
@requires(Permission.VIEW_DESK, on=get_programme)
def programme(round_: "Round") -> ResponseReturnValue:
    """Every group, its part, its deadline, and whether it has sent anything."""
    return render_template(
        "desk/programme/groups.html",
        round=round_,
        tabs=programme_tabs(round_, "programme"),
        rows=group_rows(round_),
    )


@bp.route("/rounds/<slug:round_slug>/programme/asked/<pid:invitation_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_asked_group)
@transactional
def programme_part(invitation: "Invitation") -> ResponseReturnValue:
    """Say which part of the organisation a group looks into."""
    round_ = invitation.round
    known = find_group(round_.id, invitation.organisation_id)
    form = PartForm(data={"text": known.part if known else ""})
    if form.validate_on_submit():
        describe_part(invitation, form.text.data or "", by=current_actor())
        flash(_("Saved. The group reads it in its workspace."), "success")
        return redirect(url_for("desk.programme", round_slug=round_.slug))
    page = render_template(
        "desk/programme/part.html", round=round_, invitation=invitation, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/rounds/<slug:round_slug>/sub-reports/<pid:group_id>")
@requires(Permission.VIEW_DESK, on=get_sent_group)
def sub_report(found: "WorkingGroup") -> ResponseReturnValue:
    """What a group has sent, with what it rests on, and its review."""
    return _page(found, _form(found))


@bp.post("/rounds/<slug:round_slug>/sub-reports/<pid:group_id>/review")
@requires(Permission.MANAGE_ROUND, on=get_sent_group)
@transactional
def sub_report_review(found: "WorkingGroup") -> ResponseReturnValue:
    """Accept it, or ask the group to supplement it."""
    form = _form(found)
    if not form.validate_on_submit():
        return _page(found, form), 422
    try:
        review_report(
            found,
            form.chosen,
            number=form.shown,
            reason=form.reason.data or "",
            base_url=site_address(),
            by=current_actor(),
            at=utc_now(),
        )
    except InvalidInput:
        form.add_error(form.reason, _("Write what is missing, so that the group can mend it."))
        return _page(found, form), 422
    except NothingToReview:
        form.form_errors.append(
            _("The group has sent a new version, or taken it back. Read it, and review that.")
        )
        return _page(found, form), 422
    flash(_("Saved. The group gets a mail."), "success")
    return redirect(
        url_for("desk.sub_report", round_slug=found.round.slug, group_id=found.public_id), code=303
    )


def _form(found: "WorkingGroup") -> ReviewForm:
    latest = found.latest
    return ReviewForm(data={"number": latest.number if latest else 0}).offer()


def _page(found: "WorkingGroup", form: ReviewForm) -> str:
    latest = found.latest
    return render_template(
        "desk/programme/group.html",
        round=found.round,
        group=found,
        latest=latest,
        sent=latest.sent_up if latest else None,
        kinds={one: _(label) for one, label in PIECE_KIND_LABELS.items()},
        state=state_of(found),
        form=form,
    )
