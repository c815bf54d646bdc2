"""The codebook: its themes as a tree, each with what it means."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.codebook import ChangeForm, LineForm, ThemeForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.coding.errors import ThemeInUse
from consult.domain.coding.queries.examples import examples_of_round
from consult.domain.coding.queries.revisions import (
    get_offered_theme,
    version_number,
    waiting_themes,
)
from consult.domain.coding.queries.themes import find_theme, list_themes, offered_themes
from consult.domain.coding.service.codebook import (
    add_theme,
    change_both,
    delete_theme,
    shift_theme,
)
from consult.domain.coding.types import Colour
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/codebook")
@requires(Permission.VIEW_DESK, on=get_round)
def codebook(round_: "Round") -> ResponseReturnValue:
    """The themes as a tree."""
    return render_template(
        "desk/codebook/tree.html",
        round=round_,
        themes=list_themes(round_.id),
        number=version_number(round_.id),
        waiting={one.key: one for one in waiting_themes(round_.id)},
        examples=examples_of_round(round_.id),
    )


@bp.route("/rounds/<slug:round_slug>/codebook/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CODEBOOK, on=get_round)
@transactional
def codebook_new(round_: "Round") -> ResponseReturnValue:
    """Add a theme, under another one when ``?parent=`` names it."""
    form = ThemeForm(data=_fresh(round_)).offer(offered_themes(round_.id))
    if not form.validate_on_submit():
        return _theme_page(round_, form, None)
    try:
        theme = add_theme(round_, form.content, by=current_actor(), parent=_parent(round_, form))
    except InvalidInput as error:
        form.refuse(error, _refusals())
        return _theme_page(round_, form, None)
    flash(_("%(theme)s is in the codebook.", theme=theme.name), "success")
    return redirect(_tree(round_, theme.key))


@bp.route("/rounds/<slug:round_slug>/themes/<key:theme_key>/change", methods=["GET", "POST"])
@requires(Permission.EDIT_CODEBOOK, on=get_offered_theme)
@transactional
def codebook_change(theme: "Theme") -> ResponseReturnValue:
    """Change what a theme says, or where it stands."""
    round_ = theme.round
    form = ChangeForm(data=_stored(theme)).offer(offered_themes(round_.id), without=theme.key)
    if not form.validate_on_submit():
        return _theme_page(round_, form, theme)
    try:
        change_both(
            theme,
            form.content,
            parent=_parent(round_, form),
            by=current_actor(),
            why=form.why.data or "",
        )
    except InvalidInput as error:
        form.refuse(error, _refusals())
        return _theme_page(round_, form, theme)
    flash(_("%(theme)s is saved.", theme=theme.name), "success")
    return redirect(_tree(round_, theme.key))


@bp.post("/rounds/<slug:round_slug>/themes/<key:theme_key>/<any(up, down):direction>")
@requires(Permission.EDIT_CODEBOOK, on=get_offered_theme)
@transactional
def codebook_shift(theme: "Theme", direction: str) -> ResponseReturnValue:
    """Move a theme one place up or down among its siblings."""
    shift_theme(theme, places=-1 if direction == "up" else 1, by=current_actor())
    return redirect(_tree(theme.round, theme.key))


@bp.post("/rounds/<slug:round_slug>/themes/<key:theme_key>/remove")
@requires(Permission.EDIT_CODEBOOK, on=get_offered_theme)
@transactional
def codebook_remove(theme: "Theme") -> ResponseReturnValue:
    """Take an unused theme out of the codebook."""
    round_ = theme.round
    try:
        delete_theme(theme, by=current_actor())
    except ThemeInUse:
        flash(_("%(theme)s is in use and stays.", theme=theme.name), "warning")
        return redirect(_tree(round_, theme.key))
    flash(_("%(theme)s is out of the codebook.", theme=theme.name), "success")
    return redirect(url_for("desk.codebook", round_slug=round_.slug))


def _tree(round_: "Round", key: str) -> str:
    return url_for("desk.codebook", round_slug=round_.slug, _anchor=f"theme-{key}")


def _fresh(round_: "Round") -> dict[str, str]:
    """A new theme has its parent's colour, or the first that no outermost theme has."""
    themes = offered_themes(round_.id)
    wanted = request.args.get("parent", "")
    above = next((theme for theme in themes if theme.key == wanted), None)
    if above is not None:
        return {"parent": above.key, "colour": above.colour.value}
    taken = {theme.colour for theme in themes}
    colour = next((colour for colour in Colour if colour not in taken), Colour.GREY)
    return {"parent": "", "colour": colour.value}


def _stored(theme: "Theme") -> dict[str, str]:
    return {
        "name": theme.name,
        "parent": theme.parent.key if theme.parent else "",
        "definition": theme.definition,
        "include": theme.include,
        "exclude": theme.exclude,
        "colour": theme.colour.value,
    }


def _parent(round_: "Round", form: ThemeForm) -> "Theme | None":
    return find_theme(round_.id, form.parent.data) if form.parent.data else None


def _refusals() -> dict[str, str]:
    return {
        "too_deep": _("That would make more than three levels. Choose a theme further out."),
        "under_itself": _("A theme cannot stand under itself or under a theme of its own."),
        "empty": _("Write a name"),
        "required": _("Write why the theme moves. It is kept in the codebook's history."),
    }


def _theme_page(round_: "Round", form: ThemeForm, theme: "Theme | None") -> ResponseReturnValue:
    page = render_template(
        "desk/codebook/theme.html",
        round=round_,
        form=form,
        theme=theme,
        examples=examples_of_round(round_.id).get(theme.id, ()) if theme else (),
        line=LineForm(formdata=None),
    )
    return page, 422 if form.errors else 200
