"""The list of a round's answers, and each answer as it was received."""

from io import BytesIO
from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.intake import KindForm
from consult.blueprints.desk.presenters.answers import (
    answer_parts,
    deadline_tag,
    facts,
    filter_values,
    history,
    sorted_columns,
    status_tag,
    unanswered_places,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text, page_of
from consult.domain.accounts.queries import names_by_reference
from consult.domain.audit.queries import entries_about
from consult.domain.coding.progress import Progress, progress_by_answer
from consult.domain.coding.queries.versions import find_check
from consult.domain.intake.queries import list_places
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    ActorGroup,
    ActorType,
)
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.listing import (
    AnswerFilter,
    AnswerOrder,
    count_answers,
    get_answer,
    list_answers,
)
from consult.domain.submissions.service.erasing import find_open_request
from consult.domain.submissions.service.reclassifying import change_actor_type
from consult.domain.submissions.types import (
    CHANNEL_LABELS,
    SUBMISSION_STATUS_LABELS,
    Channel,
    DeadlineStatus,
    SubmissionStatus,
)
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission

_SAFE_TYPES = frozenset(
    {
        "application/pdf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "image/jpeg",
        "image/png",
        "text/plain",
    }
)
"""Served under their own name; every other kind as bytes that no browser interprets."""


@bp.get("/rounds/<slug:round_slug>/answers")
@requires(Permission.VIEW_DESK, on=get_round)
def answers(round_: "Round") -> ResponseReturnValue:
    """Every answer that was received, to search, filter and sort."""
    wanted = _wanted()
    order = request.args.get("sort", AnswerOrder.NUMBER, type=AnswerOrder)
    descending = request.args.get("down") == "1"
    paging = page_of(count_answers(round_.id, wanted))
    rows = list_answers(
        round_.id,
        wanted,
        order=order,
        descending=descending,
        offset=paging.offset,
        limit=paging.size,
    )
    return render_template(
        "desk/answers.html",
        round=round_,
        answers=rows,
        progress=progress_by_answer([row.id for row in rows]),
        no_progress=Progress(),
        wanted=wanted,
        paging=paging,
        paging_values={**filter_values(wanted), "sort": order.value, "down": int(descending)},
        columns=sorted_columns(round_.slug, wanted, order, descending=descending),
        groups=ACTOR_GROUP_LABELS,
        kinds=ACTOR_TYPE_LABELS,
        channels=CHANNEL_LABELS,
        statuses=SUBMISSION_STATUS_LABELS,
        deadline_tag=deadline_tag,
        status_tag_of=status_tag,
        received_status=SubmissionStatus.RECEIVED,
        in_time=DeadlineStatus.IN_TIME,
    )


def _wanted() -> AnswerFilter:
    values = request.args
    return AnswerFilter(
        text=asked_text("q"),
        group=values.get("group", type=ActorGroup),
        status=values.get("status", type=SubmissionStatus),
        channel=values.get("channel", type=Channel),
    )


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>")
@requires(Permission.VIEW_DESK, on=get_answer)
def answer(submission: "Submission") -> ResponseReturnValue:
    """One answer: who, when, how, and every word of it."""
    version = submission.current_version
    places = list_places(submission.round_id)
    check = find_check(version.id)
    entries = entries_about(submission.reference)
    names = names_by_reference([*(e.actor for e in entries), submission.registered_by or ""])
    return render_template(
        "desk/answer.html",
        round=submission.round,
        submission=submission,
        version=version,
        facts=facts(submission, names),
        parts=answer_parts(version, places),
        unanswered=unanswered_places(version, places),
        progress=progress_by_answer([submission.id]).get(submission.id, Progress()),
        deadline=deadline_tag(submission.deadline_status),
        status=status_tag(submission.status),
        events=history(entries, names),
        is_unchecked=check is not None and check.checked_at is None,
        erasure=find_open_request(submission),
    )


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>/files/<pid:file_id>")
@requires(Permission.VIEW_DESK, on=get_answer)
def answer_file(submission: "Submission", file_id: str) -> ResponseReturnValue:
    """A file that came with an answer, byte for byte, for keeping and not for showing."""
    for version in submission.versions:
        for file in version.attachments:
            if file.public_id == file_id:
                return send_original(file.digest, file.filename, file.media_type)
    raise NotFound("file", file_id)


def send_original(
    digest: str, filename: str, media_type: str, *, part: str | None = None
) -> ResponseReturnValue:
    """A stored file as a download that no browser opens by itself."""
    store = current_app.extensions["files"]
    content = (store.part(part) if part else store).read(digest)
    return send_file(
        BytesIO(content),
        mimetype=media_type if media_type in _SAFE_TYPES else "application/octet-stream",
        as_attachment=True,
        download_name=filename,
    )


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/kind", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_kind(submission: "Submission") -> ResponseReturnValue:
    """Give an answer another kind of sender, with a reason."""
    form = KindForm(data={"kind": submission.actor_type.value})
    if not form.validate_on_submit():
        page = render_template(
            "desk/answer_kind.html", round=submission.round, submission=submission, form=form
        )
        return page, 422 if form.is_submitted() else 200
    change_actor_type(
        submission, ActorType(form.kind.data), reason=form.reason.data or "", by=current_actor()
    )
    flash(_("The kind of sender is changed. Every table follows."), "success")
    return redirect(
        url_for("desk.answer", round_slug=submission.round.slug, number=submission.number)
    )
