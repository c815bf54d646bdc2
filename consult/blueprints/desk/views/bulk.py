"""Doing one thing with many answers: choosing what, the report of what became of each, undoing."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.queue import (
    AssignManyForm,
    DeadlineManyForm,
    MarkManyForm,
    NumbersForm,
    person_choices,
    refuse_change,
)
from consult.blueprints.desk.presenters.queue import action_title, done_of, report_lines
from consult.blueprints.desk.views.queue import current_reader
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import page_of
from consult.blueprints.shared.settings import site_address
from consult.domain.accounts.queries import names_by_reference
from consult.domain.handling.queries.actions import (
    count_actions,
    find_numbered,
    get_action,
    list_actions,
)
from consult.domain.handling.queries.queue import count_queue, numbers_in_queue
from consult.domain.handling.queries.tasks import get_team_member, list_team
from consult.domain.handling.rules import in_ranges
from consult.domain.handling.service.bulk import Change, change_many
from consult.domain.handling.service.undoing import undo_many
from consult.domain.handling.types import BULK_LABELS, MOST_AT_ONCE, BulkKind, filter_from
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.decisions import find_standing
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.handling.models import BulkAction
    from consult.domain.rounds.models import Round

_ACTIONS_PER_PAGE = 20


@bp.route("/rounds/<slug:round_slug>/queue/change", methods=["GET", "POST"])
@requires(Permission.HANDLE_ANSWERS, on=get_round)
@transactional
def queue_change(round_: "Round") -> ResponseReturnValue:
    """Say what shall be done with the chosen answers, and do it."""
    kind = request.args.get("act", type=BulkKind)
    numbers = _asked_numbers(round_)
    if kind is None or not numbers:
        flash(_("Choose at least one answer, and what to do."), "warning")
        return redirect(_back(round_))
    form = _form(kind, round_)
    if form.is_submitted():
        numbers = form.chosen
    else:
        form.numbers.data = ",".join(map(str, numbers))
    action = _changed(round_, kind, form) if form.validate_on_submit() else None
    if action is None:
        return _page(round_, kind, form, numbers), 422 if form.is_submitted() else 200
    return redirect(url_for("desk.bulk_action", round_slug=round_.slug, action_id=action.public_id))


def _asked_numbers(round_: "Round") -> list[int]:
    """The answers that are chosen: those ticked, or all that the filter shows."""
    if request.method == "POST":
        return NumbersForm().chosen
    if request.args.get("all") == "1":
        wanted = filter_from(request.args)
        return numbers_in_queue(round_.id, wanted, current_reader(), limit=MOST_AT_ONCE)
    asked = request.args.getlist("n", type=int)[:MOST_AT_ONCE]
    return [one.number for one in find_numbered(round_.id, [n for n in asked if 0 < n < 2**31])]


def _form(kind: BulkKind, round_: "Round") -> NumbersForm:
    match kind:
        case BulkKind.ASSIGN:
            form = AssignManyForm()
            team = list_team(round_.owner_id, now=utc_now())
            form.assignee.choices = person_choices(team, me=current_actor().person_id)
            return form
        case BulkKind.DEADLINE:
            return DeadlineManyForm()
        case BulkKind.MARK:
            return MarkManyForm().offer()
        case _:
            return NumbersForm()


def _page(round_: "Round", kind: BulkKind, form: NumbersForm, numbers: list[int]) -> str:
    wanted = filter_from(request.args)
    matching = 0
    if request.args.get("all") == "1":
        matching = count_queue(round_.id, wanted, current_reader())
    return render_template(
        "desk/queue/change.html",
        round=round_,
        kind=kind,
        title=_(BULK_LABELS[kind]),
        form=form,
        count=len(numbers),
        numbers=in_ranges(numbers),
        left_out=max(0, matching - len(numbers)),
        limit=MOST_AT_ONCE,
        values={"act": kind.value, **wanted.values()},
        back=_back(round_),
    )


def _changed(round_: "Round", kind: BulkKind, form: NumbersForm) -> "BulkAction | None":
    """What was done; ``None`` with the reason in the form when nothing was."""
    try:
        change = _change(round_, kind, form)
        return change_many(round_, form.chosen, change, by=current_actor(), base_url=site_address())
    except InvalidInput as error:
        refuse_change(form, error)
        return None


def _change(round_: "Round", kind: BulkKind, form: Any) -> Change:
    match kind:
        case BulkKind.ASSIGN:
            person = None
            if form.person_id is not None:
                person = get_team_member(round_.owner_id, form.person_id, now=utc_now())
            return Change(kind, assignee=person)
        case BulkKind.DEADLINE:
            return Change(kind, due_on=form.due_on.data)
        case BulkKind.MARK:
            original = int(form.original.data) if form.original.data else None
            if original is None or not form.kind.names_another:
                return Change(kind, mark=form.kind, reason=form.reason.data or "")
            found = find_standing(round_.id, [original])
            if not found:
                raise InvalidInput("stands", "unknown")
            return Change(kind, mark=form.kind, reason=form.reason.data or "", stands=found[0])
        case _:
            return Change(kind)


def _back(round_: "Round") -> str:
    """The part of the queue that one came from."""
    values = filter_from(request.args).values()
    return url_for("desk.queue", round_slug=round_.slug, **values)


@bp.get("/rounds/<slug:round_slug>/queue/actions")
@requires(Permission.VIEW_DESK, on=get_round)
def bulk_actions(round_: "Round") -> ResponseReturnValue:
    """What has been done with many answers at once, the newest first."""
    paging = page_of(count_actions(round_.id), size=_ACTIONS_PER_PAGE)
    rows = list_actions(round_.id, offset=paging.offset, limit=paging.size)
    names = _names([action for action, _done, _of in rows])
    return render_template(
        "desk/queue/actions.html",
        round=round_,
        rows=[
            {
                "href": url_for(
                    "desk.bulk_action", round_slug=round_.slug, action_id=action.public_id
                ),
                "title": action_title(action, names),
                "done": done,
                "of": of,
                "when": action.made_at,
                "who": names.get(action.made_by, ""),
                "undone_at": action.undone_at,
            }
            for action, done, of in rows
        ],
        paging=paging,
    )


@bp.get("/rounds/<slug:round_slug>/queue/actions/<pid:action_id>")
@requires(Permission.VIEW_DESK, on=get_action)
def bulk_action(action: "BulkAction") -> ResponseReturnValue:
    """Exactly what was done with which answers, which not, and why."""
    names, slug = _names([action]), action.round.slug
    return render_template(
        "desk/queue/action.html",
        round=action.round,
        action=action,
        title=action_title(action, names),
        done=done_of(action.items),
        lines=report_lines(action.items, slug),
        undone=done_of(action.items, undone=True),
        undone_lines=report_lines(action.items, slug, undone=True),
        who=names.get(action.made_by, ""),
        undone_by=names.get(action.undone_by or "", ""),
        is_undoable=_is_undoable(action),
    )


def _is_undoable(action: "BulkAction") -> bool:
    """Whether there is anything to undo for me: what somebody has read is theirs to take back."""
    is_mine = action.made_by == current_actor().reference
    return done_of(action.items)[0] > 0 and (is_mine or action.kind is not BulkKind.READ)


@bp.post("/rounds/<slug:round_slug>/queue/actions/<pid:action_id>/undo")
@requires(Permission.HANDLE_ANSWERS, on=get_action)
@transactional
def bulk_undo(action: "BulkAction") -> ResponseReturnValue:
    """Undo what was done, for every answer that is still as it was left."""
    undo_many(action, by=current_actor())
    back, of = done_of(action.items, undone=True)
    text = ngettext(
        "Undone for %(back)s of %(num)d answer.", "Undone for %(back)s of %(num)d answers.", of,
        back=back,
    )  # fmt: skip
    flash(text, "success" if back == of else "warning")
    return redirect(
        url_for("desk.bulk_action", round_slug=action.round.slug, action_id=action.public_id)
    )


def _names(actions: "list[BulkAction]") -> dict[str, str]:
    references = [
        reference
        for action in actions
        for reference in (action.made_by, action.undone_by, action.data.get("assignee"))
        if reference
    ]
    return names_by_reference(references)
