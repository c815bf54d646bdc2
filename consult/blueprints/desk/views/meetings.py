"""Meetings of a round: planning them, who took part, approving what was noted."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import meeting_address
from consult.blueprints.desk.forms.meetings import (
    DetailsForm,
    GroupForm,
    NewMeetingForm,
    OrganisationForm,
    ParticipantsForm,
    PictureForm,
    details_data,
)
from consult.blueprints.desk.presenters.meetings import facts, participant_rows
from consult.blueprints.desk.suggestions import suggested_organisations
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.note_form import prompt_words
from consult.domain.meetings.errors import GroupsNotApproved, NothingNoted
from consult.domain.meetings.queries import (
    attended_by,
    count_meetings,
    counts_by_meeting,
    get_meeting,
    list_meetings,
)
from consult.domain.meetings.service import planning
from consult.domain.meetings.service.validating import validate_meeting
from consult.domain.meetings.types import (
    MEETING_KIND_LABELS,
    MEETING_STATE_LABELS,
    MeetingState,
)
from consult.domain.organisations.queries import (
    find_by_any_name,
    organisations_by_slug,
)
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.queries import get_round, list_questions
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/meetings")
@requires(Permission.VIEW_DESK, on=get_round)
def meetings(round_: "Round") -> ResponseReturnValue:
    """The meetings of the round, with what each counts as."""
    rows = list_meetings(round_.id)
    return render_template(
        "desk/meetings/index.html",
        round=round_,
        meetings=rows,
        counts=counts_by_meeting([row.id for row in rows]),
        totals=count_meetings(round_.id),
        kinds=MEETING_KIND_LABELS,
        states=MEETING_STATE_LABELS,
        validated=MeetingState.VALIDATED,
    )


@bp.route("/rounds/<slug:round_slug>/meetings/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS, on=get_round)
@transactional
def new_meeting(round_: "Round") -> ResponseReturnValue:
    """Set up a meeting with its groups and what they talk about."""
    form = NewMeetingForm(data={"organiser": round_.owner.name, "language": round_.languages[0]})
    form.offer(list(list_questions(round_.id)))
    if form.validate_on_submit():
        try:
            meeting = planning.plan_meeting(
                round_,
                form.details,
                prompts=form.prompts,
                hosts=form.host_names,
                by=current_actor(),
                at=utc_now(),
            )
        except InvalidInput as error:
            _refuse(form, error)
        else:
            flash(_("The meeting is set up. Make a link for each table host."), "success")
            return redirect(meeting_address(meeting))
    page = render_template("desk/meetings/new.html", round=round_, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.get("/rounds/<slug:round_slug>/meetings/<pid:meeting_id>")
@requires(Permission.VIEW_DESK, on=get_meeting)
def meeting(meeting: "Meeting") -> ResponseReturnValue:
    """One meeting: who took part, its groups, its pictures, and how far it is."""
    return show_meeting(meeting)


def show_meeting(
    meeting: "Meeting",
    *,
    participants: ParticipantsForm | None = None,
    organisation: OrganisationForm | None = None,
    picture: PictureForm | None = None,
) -> str:
    """The page of a meeting, with a form that was refused where there is one."""
    counted = counts_by_meeting([meeting.id])[meeting.id]
    return render_template(
        "desk/meetings/meeting.html",
        round=meeting.round,
        meeting=meeting,
        facts=facts(meeting),
        counted=counted,
        participants=participant_rows(counted),
        attended=attended_by([meeting.id])[meeting.id],
        state=_(MEETING_STATE_LABELS[meeting.state]),
        is_open=meeting.state is MeetingState.OPEN,
        prompt_words=prompt_words,
        now=utc_now(),
        participants_form=participants or ParticipantsForm(formdata=None),
        organisation_form=organisation or OrganisationForm(formdata=None),
        group_form=GroupForm(formdata=None),
        picture_form=picture or PictureForm(formdata=None),
        organisations=suggested_organisations(),
    )


@bp.route("/rounds/<slug:round_slug>/meetings/<pid:meeting_id>/details", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS, on=get_meeting)
@transactional
def meeting_details(meeting: "Meeting") -> ResponseReturnValue:
    """Correct what is said of a meeting."""
    form = DetailsForm(data=details_data(meeting))
    if form.validate_on_submit():
        try:
            planning.change_meeting(meeting, form.details, by=current_actor())
        except InvalidInput as error:
            _refuse(form, error)
        else:
            flash(_("Saved."), "success")
            return redirect(meeting_address(meeting))
    page = render_template(
        "desk/meetings/details.html", round=meeting.round, meeting=meeting, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/rounds/<slug:round_slug>/meetings/<pid:meeting_id>/participants")
@requires(Permission.MANAGE_MEETINGS, on=get_meeting)
@transactional
def meeting_participants(meeting: "Meeting") -> ResponseReturnValue:
    """Say how many of one kind took part."""
    form = ParticipantsForm()
    if not form.validate_on_submit():
        return show_meeting(meeting, participants=form), 422
    planning.set_participants(
        meeting, ActorType(form.kind.data), form.number.data or 0, by=current_actor()
    )
    return redirect(meeting_address(meeting, anchor="participants"))


@bp.post("/rounds/<slug:round_slug>/meetings/<pid:meeting_id>/organisations")
@requires(Permission.MANAGE_MEETINGS, on=get_meeting)
@transactional
def meeting_organisations(meeting: "Meeting") -> ResponseReturnValue:
    """Name an organisation that took part."""
    form = OrganisationForm()
    if form.validate_on_submit():
        body = find_by_any_name(form.name.data or "")
        if body is not None:
            planning.add_organisation(meeting, body, by=current_actor())
            return redirect(meeting_address(meeting, anchor="organisations-heading"))
        form.add_error(
            form.name,
            _("No registered organisation has this name. Count its people as participants."),
        )
    return show_meeting(meeting, organisation=form), 422


@bp.post("/rounds/<slug:round_slug>/meetings/<pid:meeting_id>/organisations/remove")
@requires(Permission.MANAGE_MEETINGS, on=get_meeting)
@transactional
def meeting_organisation_remove(meeting: "Meeting") -> ResponseReturnValue:
    """Take an organisation off the list."""
    for body in organisations_by_slug([request.form.get("organisation", "")]).values():
        planning.remove_organisation(meeting, body, by=current_actor())
    return redirect(meeting_address(meeting, anchor="organisations-heading"))


@bp.post("/rounds/<slug:round_slug>/meetings/<pid:meeting_id>/validate")
@requires(Permission.MANAGE_MEETINGS, on=get_meeting)
@transactional
def meeting_validate(meeting: "Meeting") -> ResponseReturnValue:
    """Let the notes stand, as a text that can be coded."""
    try:
        submission = validate_meeting(meeting, by=current_actor(), at=utc_now())
    except (NothingNoted, GroupsNotApproved, InvalidInput) as error:
        flash(_why_not_approved(error), "warning")
        return redirect(meeting_address(meeting))
    text = _(
        "The notes are approved and can be coded. They have number %(number)s in the round "
        "and are not counted among the answers.",
        number=submission.number,
    )
    flash(text, "success")
    return redirect(meeting_address(meeting))


def _why_not_approved(error: NothingNoted | GroupsNotApproved | InvalidInput) -> str:
    if isinstance(error, NothingNoted):
        return str(_("There is no note yet. Nothing was changed."))
    if isinstance(error, GroupsNotApproved):
        text = ngettext(
            "%(names)s has not approved its notes yet. Nothing was changed.",
            "%(names)s have not approved their notes yet. Nothing was changed.",
            len(error.names),
            names=", ".join(error.names),
        )
        return str(text)
    return str(
        _(
            "There is a national identity number (11 digits) in the notes or in the meeting's "
            "name. Take it out first. Nothing was changed."
        )
    )


def _refuse(form: DetailsForm, error: InvalidInput) -> None:
    field = {"ends_at": "ends", "groups": "hosts", "prompts": "own_prompts"}.get(
        error.field, error.field
    )
    form.refuse(
        InvalidInput(field, error.reason),
        {
            "before_start": _("The meeting must end after it began."),
            "too_many": _("That is too many groups. A meeting can have 40."),
            "required": _("Fill in this field."),
        },
    )
