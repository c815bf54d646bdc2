"""The sections of the paper."""

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.languages import in_languages, stored_texts
from consult.blueprints.desk.forms.parts import SectionForm
from consult.blueprints.desk.presenters.setup import section_rows
from consult.blueprints.desk.views.setup.pages import hold_if_saving, last_save, show, status_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.rounds.queries import get_round, get_section, list_sections
from consult.domain.rounds.service import add_section as add_to_round
from consult.domain.rounds.service import change_section
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round, Section


@bp.get("/rounds/<slug:round_slug>/setup/sections")
@requires(Permission.MANAGE_ROUND, on=get_round)
def setup_sections(round_: "Round") -> ResponseReturnValue:
    """The sections in order."""
    rows = section_rows(list_sections(round_.id), round_.languages)
    return show("sections.html", round_, rows=rows)


@bp.route("/rounds/<slug:round_slug>/setup/add-section", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def add_section(round_: "Round") -> ResponseReturnValue:
    """Write a new section."""
    form = in_languages(SectionForm, tuple(round_.languages))()
    if not form.validate_on_submit():
        return show("section.html", round_, form=form, section=None), 422 if form.errors else 200
    add_to_round(round_, form.spec, by=current_actor())
    flash(_("The section is added."), "success")
    return redirect(url_for("desk.setup_sections", round_slug=round_.slug))


@bp.route("/rounds/<slug:round_slug>/setup/sections/<key:key>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_section)
@transactional
def edit_section(section: "Section") -> ResponseReturnValue:
    """Change a section."""
    round_ = section.round
    hold_if_saving(section)
    stored = stored_texts(title=section.title, body=section.body, plain=section.plain)
    form = in_languages(SectionForm, tuple(round_.languages))(data=stored)
    if form.meet(stored) or not form.validate_on_submit():
        saved = last_save(round_, form, "section", section.key)
        page = show("section.html", round_, form=form, section=section, last_save=saved)
        return page, status_of(form)
    change_section(section, form.spec, by=current_actor())
    flash(_("Saved."), "success")
    return redirect(url_for("desk.setup_sections", round_slug=round_.slug))
