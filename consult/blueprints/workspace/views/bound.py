"""Numbers, names and references in a report's prose that come from the data."""

from itertools import groupby
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.workspace.loading import draft_of
from consult.blueprints.workspace.presenters.drafting import label_of
from consult.blueprints.workspace.routes import report
from consult.blueprints.workspace.views.drafting import address, open_table
from consult.domain.composing.errors import TextIsSealed
from consult.domain.reports.bound_queries import find_values, list_targets
from consult.domain.reports.building.bound import BOUND_GROUP_LABELS
from consult.domain.reports.checking import blocking
from consult.domain.reports.service.binding import insert_value, read_again
from consult.domain.reports.types import CheckKind
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

_PLACE = "/draft/parts/<key:part_key>/values"


@report(_PLACE)
@requires(Permission.WRITE_RESPONSE, on=draft_of)
def bound_values(composition: "Composition", part_key: str) -> ResponseReturnValue:
    """What the text can say of the data, and what it can refer to."""
    part = open_table(composition, part_key).part
    values = find_values(composition).values()
    return render_template(
        "workspace/reports/bound.html",
        organisation=composition.organisation,
        round=composition.round,
        rooms=(),
        composition=composition,
        part=part,
        part_label=label_of(part),
        groups=[
            (_(BOUND_GROUP_LABELS[group]), list(found))
            for group, found in groupby(values, key=lambda one: one.group)
        ],
        targets=list_targets(composition),
    )


@report(_PLACE, methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def bound_insert(composition: "Composition", part_key: str) -> ResponseReturnValue:
    """Put one of them at the end of the text."""
    part = open_table(composition, part_key).part
    try:
        insert_value(part, request.form.get("value", ""), by=current_actor())
        flash(_("It stands at the end of the text. Move it to where it belongs."), "success")
    except NotFound:
        flash(_("Nothing was inserted. Choose something from the list."), "warning")
    except TextIsSealed:
        _say_sealed()
    return redirect(address(composition, part_key, anchor="work-right"))


@report("/checks/<key:code>/read-again", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def bound_read(composition: "Composition", code: str) -> ResponseReturnValue:
    """Say that the sentence around a number has been read, and fits the number that it is now."""
    line = next((one for one in blocking(composition) if one.code == code), None)
    if line is None or line.check is not CheckKind.BOUND_CHANGED:
        flash(_("This has changed meanwhile, or is settled. Look at the list again."), "warning")
    else:
        try:
            part = open_table(composition, line.part).part
            read_again(composition, part, line, by=current_actor())
            flash(_("The sentence now stands for the new number."), "success")
        except TextIsSealed:
            _say_sealed()
    return redirect(
        url_for(
            "workspace.report_checks",
            organisation=composition.organisation.slug,
            round_slug=composition.round.slug,
            kind=composition.kind,
        )
    )


def _say_sealed() -> None:
    flash(
        _(
            "The text is being signed, or signed. Nothing was changed. Stop the signing first, or "
            "change the text where you write it."
        ),
        "warning",
    )
