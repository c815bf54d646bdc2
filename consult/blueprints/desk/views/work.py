"""The work on one answer: taking it up, giving it to somebody, a deadline, handled, read."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address
from consult.blueprints.desk.forms.queue import TakeOverForm, WorkForm, refuse_change
from consult.blueprints.desk.presenters.queue import HoldView, WorkView, hold_view, work_view
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import format_clock
from consult.blueprints.shared.settings import site_address
from consult.domain.handling.errors import HeldByOther, StillWaits
from consult.domain.handling.queries.notes import count_open_notes
from consult.domain.handling.queries.queue import find_mine_after
from consult.domain.handling.queries.tasks import (
    find_task,
    get_team_member,
    list_team,
    standing_of_work,
)
from consult.domain.handling.service.reading import mark_read, mark_unread
from consult.domain.handling.service.tasks import (
    let_go,
    mark_handled,
    open_again,
    plan_work,
    take_over,
    take_up,
)
from consult.domain.handling.service.telling import tell_given
from consult.domain.handling.types import NOBODY, WAITS_LABELS
from consult.domain.submissions.listing import get_answer
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.handling.queries.tasks import Standing
    from consult.domain.submissions.models import Submission


def work_on(submission: "Submission") -> WorkView:
    """How the work on an answer stands, for a page about it."""
    today = to_oslo(utc_now()).date()
    return work_view(_standing(submission), notes=count_open_notes(submission.id), today=today)


def hold_on(submission: "Submission") -> HoldView:
    """Whether somebody else works on an answer now; one query, for pages that must be quick."""
    return hold_view(find_task(submission.id), me=current_actor().person_id or 0, now=utc_now())


def _standing(submission: "Submission") -> "Standing":
    person_id = current_actor().person_id or 0
    return standing_of_work(submission, person_id=person_id, now=utc_now())


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/take")
@requires(Permission.HANDLE_ANSWERS, on=get_answer)
@transactional
def answer_take(submission: "Submission") -> ResponseReturnValue:
    """Begin to work on an answer, and go to it."""
    try:
        take_up(submission, by=current_actor())
    except HeldByOther as held:
        flash(_held_text(held), "warning")
    return redirect(answer_address(submission))


def _held_text(held: HeldByOther) -> str:
    return str(
        _(
            "%(name)s is working on this answer, since %(time)s. Nothing was changed.",
            name=held.name,
            time=format_clock(held.since),
        )
    )


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/let-go")
@requires(Permission.HANDLE_ANSWERS, on=get_answer)
@transactional
def answer_let_go(submission: "Submission") -> ResponseReturnValue:
    """Stop working on an answer, and go back to the queue."""
    let_go(submission, by=current_actor())
    flash(_("Answer %(number)s is free again.", number=submission.number), "success")
    return redirect(url_for("desk.queue", round_slug=submission.round.slug))


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/take-over", methods=["GET", "POST"])
@requires(Permission.HANDLE_ANSWERS, on=get_answer)
@transactional
def answer_take_over(submission: "Submission") -> ResponseReturnValue:
    """Work on an answer in a colleague's place, with a word to them."""
    standing = _standing(submission)
    if not standing.is_held_elsewhere:  # the colleague has let go in the meantime
        return redirect(answer_address(submission))
    form = TakeOverForm()
    if not form.validate_on_submit() or not _taken_over(submission, form):
        page = _form_page("desk/queue/take_over.html", submission, form)
        return page, 422 if form.is_submitted() else 200
    flash(_("The answer is yours. Your colleague gets a mail."), "success")
    return redirect(answer_address(submission))


def _taken_over(submission: "Submission", form: TakeOverForm) -> bool:
    try:
        word = form.word.data or ""
        take_over(submission, word, by=current_actor(), base_url=site_address())
    except InvalidInput as error:
        form.refuse(error, {})
        return False
    return True


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/work", methods=["GET", "POST"])
@requires(Permission.HANDLE_ANSWERS, on=get_answer)
@transactional
def answer_work(submission: "Submission") -> ResponseReturnValue:
    """Say who handles an answer, and until when."""
    standing, actor = _standing(submission), current_actor()
    owner_id, now = submission.round.owner_id, utc_now()
    chosen = standing.assignee.public_id if standing.assignee else NOBODY
    form = WorkForm(data={"assignee": chosen, "due_on": standing.due_on})
    team, present = list_team(owner_id, now=now), standing.assignee
    form.offer(team, me=actor.person_id, present=present)
    if not form.validate_on_submit() or not _work_changed(submission, form, present):
        page = _form_page("desk/queue/work.html", submission, form)
        return page, 422 if form.is_submitted() else 200
    flash(_("Saved."), "success")
    return redirect(answer_address(submission))


def _work_changed(submission: "Submission", form: WorkForm, person: "Person | None") -> bool:
    """Whether it is saved now; if not, the reason stands in the form and nothing is changed.

    ``person`` is whoever has it now: they may keep it, also if their role has ended.
    """
    actor, round_ = current_actor(), submission.round
    try:
        if form.person_id is None:
            person = None
        elif person is None or form.person_id != person.public_id:
            person = get_team_member(round_.owner_id, form.person_id, now=utc_now())
        is_new = plan_work(submission, person, form.due_on.data, by=actor)
    except InvalidInput as error:
        refuse_change(form, error)
        return False
    except HeldByOther as held:
        form.add_error(form.assignee, _held_text(held))
        return False
    if is_new and person is not None and person.id != actor.person_id:
        tell_given(person, round_, [submission.number], name=actor.name, base_url=site_address())
    return True


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/handled")
@requires(Permission.HANDLE_ANSWERS, on=get_answer)
@transactional
def answer_handled(submission: "Submission") -> ResponseReturnValue:
    """Say that nothing more is to be done with an answer and go on to my next, or take it back."""
    if request.form.get("act") == "again":
        open_again(submission, by=current_actor())
        flash(_("The answer waits again."), "success")
        return redirect(answer_address(submission))
    try:
        mark_handled(submission, by=current_actor())
    except HeldByOther as held:
        flash(_held_text(held), "warning")
    except StillWaits as waiting:
        what = ", ".join(_(WAITS_LABELS[one]) for one in sorted(waiting.waits))
        text = _("This has to be settled first: %(what)s. Nothing was changed.", what=what)
        flash(text, "warning")
    else:
        flash(_("Answer %(number)s is handled.", number=submission.number), "success")
        return redirect(_next_address(submission))
    return redirect(answer_address(submission))


def _next_address(submission: "Submission") -> str:
    """My next answer that waits; when there is none, the queue."""
    slug = submission.round.slug
    number = find_mine_after(submission, person_id=current_actor().person_id or 0)
    if number is None:
        return url_for("desk.queue", round_slug=slug)
    return url_for("desk.answer", round_slug=slug, number=number)


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/read")
@requires(Permission.VIEW_DESK, on=get_answer)
@transactional
def answer_read(submission: "Submission") -> ResponseReturnValue:
    """Note for oneself that one has read an answer, or has not."""
    if request.form.get("act") == "unread":
        mark_unread(submission, by=current_actor())
    else:
        mark_read(submission, by=current_actor())
    return redirect(answer_address(submission))


def _form_page(template: str, submission: "Submission", form: Any) -> str:
    return render_template(
        template, round=submission.round, submission=submission, form=form, work=work_on(submission)
    )
