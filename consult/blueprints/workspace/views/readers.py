"""Readers outside: links by which they read a draft report and comment on it."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.reader_links import keep_reader_link, kept_reader_links
from consult.blueprints.workspace.forms.cases import StepForm
from consult.blueprints.workspace.forms.readers import ReaderForm
from consult.blueprints.workspace.loading import draft_of
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.domain.composing.readers import get_reader, list_readers
from consult.domain.composing.service.inviting import (
    MOST_DAYS,
    default_end,
    end_link,
    invite_reader,
)
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition


@report("/readers", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=draft_of)
@transactional
def readers(composition: "Composition") -> ResponseReturnValue:
    """Who may read the draft by a link, and a link for one more."""
    now = utc_now()
    form = ReaderForm(data={"ends_on": default_end(to_oslo(now).date())})
    if form.validate_on_submit() and form.ends_on.data:
        try:
            link, token = invite_reader(
                composition,
                form.name.data or "",
                ends_on=form.ends_on.data,
                by=current_actor(),
                at=now,
            )
        except InvalidInput as error:
            form.refuse(error, _refusals())
        else:
            keep_reader_link(link.public_id, token)
            return redirect(_address(composition), code=303)
    page = render_template(
        "workspace/reports/readers.html",
        organisation=composition.organisation,
        round=composition.round,
        rooms=room_tabs(composition.organisation, composition.round, composition.kind),
        composition=composition,
        readers=list_readers(composition.id),
        made=kept_reader_links(),
        today=to_oslo(now).date(),
        form=form,
    )
    return page, 422 if form.errors else 200


@report("/readers/<pid:reader_id>/end", methods=["POST"])
@requires(Permission.DECIDE_CASE, on=draft_of)
@transactional
def reader_end(composition: "Composition", reader_id: str) -> ResponseReturnValue:
    """Let nobody read by a link any more."""
    link = get_reader(composition, reader_id)
    if StepForm().validate_on_submit():
        end_link(link, by=current_actor(), at=utc_now())
        flash(_("The link no longer works. The comments stay."), "success")
    return redirect(_address(composition), code=303)


def _refusals() -> dict[str, str]:
    return {
        "past": _("Choose today or a later day."),
        "too_late": _("A link can work for %(days)s days at most.", days=MOST_DAYS),
    }


def _address(composition: "Composition") -> str:
    return url_for(
        "workspace.readers",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        kind=composition.kind,
    )
