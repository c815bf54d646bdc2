"""The page of a theme, and lists of passages."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.analysis import bar, segments
from consult.blueprints.desk.presenters.narrowing import narrowing_of, read_filter
from consult.blueprints.desk.presenters.sorting import (
    passages_sorted,
    read_sorting,
    sorting_tabs,
)
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.forms import member_of
from consult.blueprints.shared.lists import page_of
from consult.domain.analysis.queries.meetings import said_about
from consult.domain.analysis.queries.passages import (
    count_passages,
    list_passages,
    theme_page,
    with_themes_below,
)
from consult.domain.analysis.queries.scope import TYPES_OF_GROUP
from consult.domain.coding.queries.themes import get_theme, list_themes
from consult.domain.following.outcomes import outcome_of
from consult.domain.following.types import OUTCOME_LABELS
from consult.domain.meetings.types import WORDING_LABELS
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    ActorGroup,
    ActorType,
)
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.types import STANCE_LABELS, VOICE_LABELS
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.types import ThemeRow
    from consult.domain.rounds.models import Round

LABELS = {
    "group": ACTOR_GROUP_LABELS,
    "actor_type": ACTOR_TYPE_LABELS,
    "stance": STANCE_LABELS,
    "voice": VOICE_LABELS,
}
"""The code lists that the pages spell out."""


@bp.get("/rounds/<slug:round_slug>/themes/<key:theme_key>")
@requires(Permission.VIEW_DESK, on=get_round)
def theme(round_: "Round", theme_key: str) -> ResponseReturnValue:
    """Everything on a theme: who speaks of it, where they stand, their words."""
    group = member_of(ActorGroup, request.args.get("group"))
    number = max(1, request.args.get("page", 1, type=int))
    sorting = read_sorting()
    only = passages_sorted(round_, theme_key, sorting)
    try:
        page = theme_page(round_.id, theme_key, group=group, only=only, page=number)
    except NotFound:
        return redirect(_where_it_went(round_, theme_key))
    return render_template(
        "desk/analysis/theme.html",
        round=round_,
        theme=page.theme,
        told=outcome_of(page.theme.id),
        outcome_labels=OUTCOME_LABELS,
        below=page.below,
        groups=page.groups,
        group=group,
        passages=page.passages,
        paging=page_of(page.passages.count.rows),
        stances=[(one, parts := segments(one), bar(parts)) for one in page.stances],
        labels=LABELS,
        sorting=sorting,
        tabs=sorting_tabs(round_, theme_key, sorting, group),
        said=said_about(round_.id, [page.theme.key, *(row.key for row in page.below)]),
        wordings=WORDING_LABELS,
    )


def _where_it_went(round_: "Round", theme_key: str) -> str:
    """The page of the theme that one was merged into, or the history that tells of its split."""
    gone = get_theme(round_.slug, theme_key)
    if gone.merged_into is None:
        return url_for("desk.codebook_history", round_slug=round_.slug)
    return url_for("desk.theme", round_slug=round_.slug, theme_key=gone.standing.key)


@bp.get("/rounds/<slug:round_slug>/passages")
@requires(Permission.VIEW_DESK, on=get_round)
def passages(round_: "Round") -> ResponseReturnValue:
    """Passages by theme and by kind or group of actor: what stands behind a number."""
    theme, theme_ids = themes_asked_for(round_)
    kind, group, kinds = kinds_asked_for()
    chosen = read_filter()
    kept = {
        "theme": theme.key if theme else None,
        "type": kind.value if kind else None,
        "group": group.value if group else None,
    }
    number = count_passages(round_.id, theme_ids=theme_ids, actor_types=kinds, chosen=chosen)
    paging = page_of(number.rows)
    return render_template(
        "desk/analysis/passages.html",
        round=round_,
        theme=theme,
        kind=kind,
        group=group,
        paging=paging,
        narrowing=narrowing_of(round_, chosen, "desk.passages", kept),
        passages=list_passages(
            round_.id,
            theme_ids=theme_ids,
            actor_types=kinds,
            chosen=chosen,
            count=number,
            offset=paging.offset,
            limit=paging.size,
        ),
        labels=LABELS,
    )


def kinds_asked_for() -> "tuple[ActorType | None, ActorGroup | None, Collection[ActorType] | None]":
    """The kind and the group of actor that the address names, and the kinds that they stand for."""
    kind = member_of(ActorType, request.args.get("type"))
    group = member_of(ActorGroup, request.args.get("group"))
    return kind, group, (kind,) if kind else TYPES_OF_GROUP[group] if group else None


def themes_asked_for(round_: "Round") -> "tuple[ThemeRow | None, list[int] | None]":
    """The theme that the address names, and the ids of it and of those under it; or neither."""
    themes = list_themes(round_.id)
    wanted = request.args.get("theme")
    theme = next((row for row in themes if row.key == wanted), None)
    return theme, [row.id for row in with_themes_below(themes, theme)] if theme else None
