"""The codebook's history: merging, splitting and sorting, and taking any of it back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.codebook import MergeForm, SortForm, SplitForm, UndoForm
from consult.blueprints.desk.presenters.revisions import tell_change, tell_more, tell_undoing
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.errors import ChangeStays
from consult.domain.coding.queries.passages import neighbours_in_text
from consult.domain.coding.queries.revisions import (
    find_split,
    frozen_themes,
    get_offered_theme,
    get_queued,
    get_split_theme,
    get_version,
    list_versions,
    parts_of,
    queue_of,
)
from consult.domain.coding.queries.themes import list_themes, offered_themes
from consult.domain.coding.revisions import CHANGE_LABELS
from consult.domain.coding.service.merging import merge_themes
from consult.domain.coding.service.splitting import sort_coding, split_theme, undo_sorting
from consult.domain.coding.service.undoing import undo_change
from consult.domain.coding.types import Colour
from consult.domain.following.outcomes import outcome_of
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import CodebookVersion, Coding, Theme
    from consult.domain.coding.revisions import VersionRow
    from consult.domain.coding.types import ThemeRow
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/codebook/history")
@requires(Permission.VIEW_DESK, on=get_round)
def codebook_history(round_: "Round") -> ResponseReturnValue:
    """What has changed in the codebook, the latest first."""
    rows = list_versions(round_.id)
    return render_template(
        "desk/codebook/history.html",
        round=round_,
        rows=[(row, tell_change(row), tell_more(row)) for row in rows],
        names=names_by_reference([row.made_by for row in rows if row.made_by]),
        labels=CHANGE_LABELS,
    )


@bp.get("/rounds/<slug:round_slug>/codebook/versions/<pid:version_id>")
@requires(Permission.VIEW_DESK, on=get_version)
def codebook_version(version: "CodebookVersion") -> ResponseReturnValue:
    """The codebook as it stood in one version."""
    return render_template(
        "desk/codebook/version.html",
        round=version.round,
        version=version,
        themes=frozen_themes(version),
        told=tell_change(_row(version)),
    )


@bp.route(
    "/rounds/<slug:round_slug>/codebook/versions/<pid:version_id>/undo", methods=["GET", "POST"]
)
@requires(Permission.EDIT_CODEBOOK, on=get_version)
@transactional
def codebook_undo(version: "CodebookVersion") -> ResponseReturnValue:
    """Take back what began a version, after a look at what that means."""
    round_, form = version.round, UndoForm()
    if form.validate_on_submit():
        try:
            done = undo_change(version, by=current_actor(), why=form.why.data or "")
        except ChangeStays as stays:
            flash(_why_it_stays(stays), "warning")
            return redirect(url_for("desk.codebook_history", round_slug=round_.slug))
        except InvalidInput as error:
            form.refuse(error, {})
        else:
            flash(_("Version %(number)s is taken back.", number=version.number), "success")
            for sentence in tell_undoing(done):
                flash(sentence, "info")
            return redirect(url_for("desk.codebook", round_slug=round_.slug))
    row = _row(version)
    page = render_template(
        "desk/codebook/undo.html", round=round_, row=row, told=tell_change(row), form=form
    )
    return page, 422 if form.errors else 200


@bp.route("/rounds/<slug:round_slug>/themes/<key:theme_key>/merge", methods=["GET", "POST"])
@requires(Permission.EDIT_CODEBOOK, on=get_offered_theme)
@transactional
def codebook_merge(theme: "Theme") -> ResponseReturnValue:
    """Let a theme go up in another."""
    round_ = theme.round
    form = MergeForm().offer(offered_themes(round_.id), without=theme.key)
    if form.validate_on_submit():
        target = get_offered_theme(round_.slug, form.target.data)
        try:
            merge_themes(theme, target, why=form.why.data or "", by=current_actor())
        except InvalidInput as error:
            form.refuse(error, _merge_refusals())
        else:
            flash(
                _("%(theme)s is merged into %(target)s.", theme=theme.name, target=target.name),
                "success",
            )
            return redirect(_tree(round_, target.key))
    page = render_template(
        "desk/codebook/merge.html",
        round=round_,
        theme=theme,
        row=_theme_row(theme),
        told=outcome_of(theme.id),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.route("/rounds/<slug:round_slug>/themes/<key:theme_key>/split", methods=["GET", "POST"])
@requires(Permission.EDIT_CODEBOOK, on=get_offered_theme)
@transactional
def codebook_split(theme: "Theme") -> ResponseReturnValue:
    """Put several themes in the place of one."""
    round_, form = theme.round, SplitForm().offer()
    if form.validate_on_submit():
        try:
            split_theme(
                theme,
                form.contents(_colours(theme)),
                why=form.why.data or "",
                by=current_actor(),
                heir=form.heir.data or 0,
            )
        except InvalidInput as error:
            form.refuse(error, {"too_few": _("Write the names of at least two themes.")})
        else:
            flash(_("%(theme)s is split.", theme=theme.name), "success")
            return redirect(_after_split(theme))
    page = render_template(
        "desk/codebook/split.html",
        round=round_,
        theme=theme,
        row=_theme_row(theme),
        told=outcome_of(theme.id),
        has_below=any(row.parent_key == theme.key for row in list_themes(round_.id)),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.route("/rounds/<slug:round_slug>/themes/<key:theme_key>/sort", methods=["GET", "POST"])
@requires(Permission.CODE_ANSWERS, on=get_split_theme)
@transactional
def codebook_sort(theme: "Theme") -> ResponseReturnValue:
    """Sort what had a theme that was split, one passage after another."""
    if find_split(theme) is None:
        raise NotFound("theme that was split", theme.key)
    order = [passage_id for passage_id, _coding in queue_of(theme)]
    wanted = request.values.get("passage", "")
    if request.method == "POST":
        return redirect(_sorted(theme, wanted, order))
    if not order:
        flash(_("Every passage of %(theme)s is sorted.", theme=theme.name), "success")
        return redirect(_tree(theme.round, theme.key))
    if wanted and wanted not in order:
        flash(_("This passage is sorted. The next one stands here."), "info")
    current = wanted if wanted in order else order[0]
    return _sort_page(theme, get_queued(theme, current), order)


@bp.post("/rounds/<slug:round_slug>/themes/<key:theme_key>/sort/undo")
@requires(Permission.CODE_ANSWERS, on=get_split_theme)
@transactional
def codebook_sort_undo(theme: "Theme") -> ResponseReturnValue:
    """Put back what I sorted last."""
    found = undo_sorting(theme, by=current_actor())
    if found is None:
        flash(_("There is nothing of yours to undo here."), "info")
    else:
        flash(_("Undone: the passage waits again."), "success")
    return redirect(_queue(theme, found))


def _sorted(theme: "Theme", passage_id: str, order: Sequence[str]) -> str:
    """Sort one passage, and tell where to go on."""
    try:
        coding = get_queued(theme, passage_id, to_sort=True)
    except NotFound:
        flash(_("Somebody has sorted this passage already. The next one stands here."), "info")
        return _queue(theme)
    keys = " ".join(request.form.getlist("themes")).split()
    chosen = [get_offered_theme(theme.round.slug, key) for key in dict.fromkeys(keys)]
    sort_coding(coding, chosen, by=current_actor())
    if chosen:
        names = ", ".join(one.name for one in chosen)
        flash(_("Sorted under %(themes)s. Saved.", themes=names), "success")
    else:
        flash(_("%(theme)s is taken off the passage. Saved.", theme=theme.name), "success")
    return _queue(theme, _following(order, passage_id))


def _following(order: Sequence[str], passage_id: str) -> str | None:
    """The passage after one, the first after the last; none where there is no other."""
    if len(order) < 2:
        return None
    return order[(order.index(passage_id) + 1) % len(order)]


def _sort_page(theme: "Theme", coding: "Coding", order: Sequence[str]) -> ResponseReturnValue:
    passage, round_ = coding.passage, theme.round
    split = find_split(theme)
    before, after = neighbours_in_text(passage)
    return render_template(
        "desk/codebook/sort.html",
        round=round_,
        theme=theme,
        passage=passage,
        coding=coding,
        before=before,
        after=after,
        others=[one.theme for one in passage.codings if one.theme_id != theme.id],
        parts=parts_of(split) if split else (),
        number=order.index(passage.public_id) + 1,
        total=len(order),
        later=_following(order, passage.public_id),
        names=names_by_reference([coding.coded_by]),
        form=SortForm(formdata=None).offer(offered_themes(round_.id)),
    )


def _after_split(theme: "Theme") -> str:
    return _queue(theme) if queue_of(theme) else _tree(theme.round, theme.key)


def _queue(theme: "Theme", passage_id: str | None = None) -> str:
    return url_for(
        "desk.codebook_sort",
        round_slug=theme.round.slug,
        theme_key=theme.key,
        passage=passage_id,
    )


def _tree(round_: "Round", key: str) -> str:
    return url_for("desk.codebook", round_slug=round_.slug, _anchor=f"theme-{key}")


def _row(version: "CodebookVersion") -> "VersionRow":
    return next(row for row in list_versions(version.round_id) if row.number == version.number)


def _theme_row(theme: "Theme") -> "ThemeRow":
    return next(row for row in list_themes(theme.round_id) if row.id == theme.id)


def _colours(theme: "Theme") -> list[Colour]:
    """The old theme's colour for the first of the new ones, and free ones for the others."""
    taken = {row.colour for row in list_themes(theme.round_id)}
    free = [colour for colour in Colour if colour not in taken]
    return [theme.colour, *free, *(one for one in Colour if one is not theme.colour)]


def _merge_refusals() -> dict[str, str]:
    return {
        "under_itself": _(
            "That theme stands under this one. Move it out first, or merge it into this one."
        ),
        "too_deep": _("What stands under this theme would come more than three levels deep."),
    }


def _why_it_stays(stays: ChangeStays) -> str:
    message: str = _("This change is taken back already.")
    if stays.reason == "later":
        message = _(
            "Nothing was taken back: version %(number)s concerns the same themes. "
            "Take that back first.",
            number=stays.number,
        )
    elif stays.reason == "too_deep":
        message = _(
            "Nothing was taken back: themes that were put in since would come more than three "
            "levels deep. Move them first."
        )
    return message
