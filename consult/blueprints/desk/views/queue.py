"""The queue of answers: what waits, whose it is, and how far the work is."""

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.queue import FilterForm
from consult.blueprints.desk.presenters.queue import (
    filter_views,
    pile_tabs,
    progress_rows,
    row_views,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import page_of
from consult.domain.disclosure.queries import count_set_aside
from consult.domain.handling.queries.filters import get_filter, list_filters
from consult.domain.handling.queries.queue import (
    Reader,
    assignees_of,
    count_piles,
    count_queue,
    list_queue,
    progress_by_kind,
)
from consult.domain.handling.queries.tasks import list_team
from consult.domain.handling.service.filters import remove_filter, save_filter, share_filter
from consult.domain.handling.types import (
    BULK_LABELS,
    DUE_LABELS,
    ME,
    NOBODY,
    ORDER_LABELS,
    PILE_HINTS,
    PILE_LABELS,
    Pile,
    QueueFilter,
    filter_from,
)
from consult.domain.intake.archive_queries import list_unread_archives
from consult.domain.intake.mail_queries import count_mails
from consult.domain.intake.queries import list_uploads
from consult.domain.intake.table_queries import list_open_tables
from consult.domain.intake.types import MailState
from consult.domain.organisations.types import ACTOR_GROUP_LABELS
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.types import CHANNEL_LABELS
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.handling.models import SavedFilter
    from consult.domain.rounds.models import Round


def current_reader() -> Reader:
    """Who looks at the queue, and when."""
    now = utc_now()
    return Reader(current_actor().person_id or 0, now, to_oslo(now).date())


@bp.get("/rounds/<slug:round_slug>/queue")
@requires(Permission.VIEW_DESK, on=get_round)
def queue(round_: "Round") -> ResponseReturnValue:
    """Every answer that waits for somebody, pile by pile."""
    return _page(round_, filter_from(request.args), FilterForm(formdata=None))


def _page(round_: "Round", wanted: QueueFilter, form: FilterForm) -> str:
    reader = current_reader()
    paging = page_of(count_queue(round_.id, wanted, reader))
    rows = list_queue(round_.id, wanted, reader, offset=paging.offset, limit=paging.size)
    counts = count_piles(round_.id)
    waiting, done = pile_tabs(round_.slug, counts, wanted)
    unread = replace(wanted, unread=True)
    return render_template(
        "desk/queue/queue.html",
        round=round_,
        wanted=wanted,
        values=wanted.values(),
        piles=waiting,
        done_piles=done,
        title=_(PILE_LABELS[wanted.pile]),
        hint=_(PILE_HINTS[wanted.pile]),
        rows=row_views(rows, round_.slug, me=reader.person_id, today=reader.today),
        paging=paging,
        unread=count_queue(round_.id, unread, reader),
        unread_href=url_for("desk.queue", round_slug=round_.slug, **unread.values()),
        waits_elsewhere=_elsewhere(round_, wanted.pile),
        filters=filter_views(
            list_filters(round_.id, person_id=reader.person_id), round_.slug, me=reader.person_id
        ),
        progress=progress_rows(progress_by_kind(round_.id)),
        people=_people(round_, reader),
        form=form,
        groups=ACTOR_GROUP_LABELS,
        channels=CHANNEL_LABELS,
        dues=DUE_LABELS,
        orders=ORDER_LABELS,
        actions=BULK_LABELS,
    )


def _elsewhere(round_: "Round", pile: Pile) -> dict[str, int]:
    """What waits and is no answer yet, or stands aside, where one would look for it."""
    if pile not in {Pile.OPEN, Pile.NEW, Pile.TO_CHECK}:
        return {}
    found = {
        "mails": count_mails(round_.id, MailState.TO_CHECK),
        "imports": len(list_uploads(round_.id)),
        "tables": len(list_open_tables(round_.id)),
        "archives": len(list_unread_archives(round_.id)),
        "aside": count_set_aside(round_.id),
    }
    return found if any(found.values()) else {}


def _people(round_: "Round", reader: Reader) -> dict[str, str]:
    """Whose answers can be asked for: mine, nobody's, and those of everybody who has any."""
    team = {one.public_id: one for one in list_team(round_.owner_id, now=reader.now)}
    team |= {one.public_id: one for one in assignees_of(round_.id)}
    others = {key: one.name for key, one in team.items() if one.id != reader.person_id}
    return {ME: _("Mine"), NOBODY: _("Nobody’s"), **others}


@bp.post("/rounds/<slug:round_slug>/queue/filters")
@requires(Permission.VIEW_DESK, on=get_round)
@transactional
def queue_filter_save(round_: "Round") -> ResponseReturnValue:
    """Keep this part of the queue under a name."""
    wanted = filter_from(request.args)
    form = FilterForm()
    if not form.validate_on_submit() or not _saved(round_, wanted, form):
        return _page(round_, wanted, form), 422
    flash(_("The filter is saved. It stands above the list."), "success")
    return redirect(url_for("desk.queue", round_slug=round_.slug, **wanted.values()))


def _saved(round_: "Round", wanted: QueueFilter, form: FilterForm) -> bool:
    """Whether the filter is kept now; if not, the reason stands in the form."""
    try:
        save_filter(
            round_,
            form.name.data or "",
            wanted,
            is_shared=bool(form.is_shared.data),
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse(
            error,
            {
                "required": _("Give the filter a name."),
                "too_many": _("You have many filters here already. Delete one first."),
            },
        )
        return False
    return True


@bp.post("/rounds/<slug:round_slug>/queue/filters/<pid:filter_id>")
@requires(Permission.CHANGE_FILTER, on=get_filter)
@transactional
def queue_filter_change(saved: "SavedFilter") -> ResponseReturnValue:
    """Share one's own filter, keep it to oneself again, or delete it."""
    round_slug = saved.round.slug
    match request.form.get("act"):
        case "share":
            share_filter(saved, is_shared=True)
            flash(_("Everybody at this desk can use the filter now."), "success")
        case "keep":
            share_filter(saved, is_shared=False)
            flash(_("Only you see the filter now."), "success")
        case "remove":
            remove_filter(saved)
            flash(_("The filter is deleted. No answer was changed."), "success")
    return redirect(url_for("desk.queue", round_slug=round_slug))
