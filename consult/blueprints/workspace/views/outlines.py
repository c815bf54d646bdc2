"""An organisation's own templates for reports: kept from a report, changed, removed."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.cases import StepForm
from consult.blueprints.workspace.forms.outlines import NameForm, OutlinePartForm
from consult.blueprints.workspace.loading import draft_of, outline_of, workspace_of
from consult.blueprints.workspace.presenters.outlines import present_part, present_parts
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.domain.composing.kept_outlines import list_outlines
from consult.domain.composing.service.outlining import (
    change_part,
    drop_part,
    remove_outline,
    rename_outline,
    save_outline,
)
from consult.domain.composing.types import COMPOSITION_KIND_LABELS
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, ReportOutline
    from consult.domain.organisations.models import Organisation

_PLACE = "/<slug:organisation>/outlines"


@bp.get(_PLACE)
@requires(Permission.WRITE_RESPONSE, on=workspace_of)
def outlines(organisation: "Organisation") -> ResponseReturnValue:
    """All templates of our own."""
    return render_template(
        "workspace/outlines/list.html",
        organisation=organisation,
        outlines=list_outlines(organisation.id),
        kinds=COMPOSITION_KIND_LABELS,
    )


@report("/outline", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def outline_save(composition: "Composition") -> ResponseReturnValue:
    """Keep the parts of a report as a template."""
    form = NameForm()
    if form.validate_on_submit():
        try:
            kept = save_outline(composition, form.name.data or "", by=current_actor())
        except InvalidInput as error:
            form.refuse_name(error)
        else:
            flash(_("The template is saved. Here you can say what stands in each part."), "success")
            return redirect(_address(kept), code=303)
    page = render_template(
        "workspace/outlines/save.html",
        organisation=composition.organisation,
        round=composition.round,
        rooms=room_tabs(composition.organisation, composition.round, composition.kind),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.route(f"{_PLACE}/<pid:outline_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=outline_of)
@transactional
def outline(kept: "ReportOutline") -> ResponseReturnValue:
    """The parts of a template, and its name."""
    form = NameForm(data={"name": kept.name})
    if form.validate_on_submit():
        try:
            rename_outline(kept, form.name.data or "", by=current_actor())
        except InvalidInput as error:
            form.refuse_name(error)
        else:
            return redirect(_address(kept), code=303)
    page = render_template(
        "workspace/outlines/outline.html",
        organisation=kept.organisation,
        outline=kept,
        kind=COMPOSITION_KIND_LABELS[kept.kind],
        parts=present_parts(kept),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.post(f"{_PLACE}/<pid:outline_id>/remove")
@requires(Permission.WRITE_RESPONSE, on=outline_of)
@transactional
def outline_remove(kept: "ReportOutline") -> ResponseReturnValue:
    """Remove a template; reports that began by it stay."""
    slug = kept.organisation.slug
    if StepForm().validate_on_submit():
        remove_outline(kept, by=current_actor())
        flash(_("The template is removed. Reports that began with it stay as they are."), "success")
    return redirect(url_for("workspace.outlines", organisation=slug), code=303)


@bp.route(f"{_PLACE}/<pid:outline_id>/<int:place>", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=outline_of)
@transactional
def outline_part(kept: "ReportOutline", place: int) -> ResponseReturnValue:
    """The heading of a part, and what its writer is told."""
    part = present_part(kept, place)
    if part is None:
        raise NotFound("part", place)
    form = OutlinePartForm(data={"heading": part.part.heading, "guidance": part.part.guidance})
    if form.validate_on_submit():
        try:
            change_part(
                kept,
                place,
                heading=form.heading.data or "",
                guidance=form.guidance.data or "",
                by=current_actor(),
            )
        except InvalidInput as error:
            form.refuse(error, {"required": _("Write a heading.")})
        else:
            return redirect(_address(kept, f"part-{place}"), code=303)
    page = render_template(
        "workspace/outlines/part.html",
        organisation=kept.organisation,
        outline=kept,
        part=part,
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.post(f"{_PLACE}/<pid:outline_id>/<int:place>/drop")
@requires(Permission.WRITE_RESPONSE, on=outline_of)
@transactional
def outline_drop(kept: "ReportOutline", place: int) -> ResponseReturnValue:
    """Take a part out of a template."""
    if present_part(kept, place) is None:
        raise NotFound("part", place)
    if StepForm().validate_on_submit():
        try:
            drop_part(kept, place, by=current_actor())
        except InvalidInput:
            flash(_("A template needs a part. Remove the whole template instead."), "warning")
    return redirect(_address(kept), code=303)


def _address(kept: "ReportOutline", anchor: str | None = None) -> str:
    return url_for(
        "workspace.outline",
        organisation=kept.organisation.slug,
        outline_id=kept.public_id,
        _anchor=anchor,
    )
