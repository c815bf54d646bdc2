"""Answers that join another's: which there are, and whether they still hold."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.endorsing import Choice, EndorsementForm
from consult.blueprints.desk.presenters.endorsing import stance_rows
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.joining import joining_text, points_of, state_tag
from consult.blueprints.shared.light_text import blocks_of_text
from consult.blueprints.shared.site import base_url
from consult.domain.responses.service.endorsing import ask_whether
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.endorsements import get_endorsement, list_endorsements
from consult.domain.submissions.endorsing import EndorsementState
from consult.domain.submissions.errors import AnswerReplaced
from consult.domain.submissions.service.endorsing import drop_endorsement, keep_endorsement
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Endorsement


@bp.get("/rounds/<slug:round_slug>/joined")
@requires(Permission.VIEW_DESK, on=get_round)
def endorsements(round_: "Round") -> ResponseReturnValue:
    """Every answer that joins another's; first those that somebody must look at."""
    found = list_endorsements(round_.id)
    waiting = [one for one in found if one.state is EndorsementState.TO_CHECK]
    return render_template(
        "desk/endorsing/list.html",
        round=round_,
        waiting=waiting,
        others=[one for one in found if one not in waiting],
        joining_text=joining_text,
        state_tag=state_tag,
    )


@bp.get("/rounds/<slug:round_slug>/joined/<pid:endorsement_id>")
@requires(Permission.VIEW_DESK, on=get_endorsement)
def endorsement(joined: "Endorsement") -> ResponseReturnValue:
    """One of them: what it joins, what has changed there, and what to decide."""
    return _page(joined, EndorsementForm(data={"version": _version(joined)}))


@bp.post("/rounds/<slug:round_slug>/joined/<pid:endorsement_id>")
@requires(Permission.CODE_ANSWERS, on=get_endorsement)
@transactional
def decide_endorsement(joined: "Endorsement") -> ResponseReturnValue:
    """Keep it for the other answer as it is now, drop it, or ask the body."""
    form = EndorsementForm()
    if not form.validate_on_submit() or not form.is_reasoned():
        return _page(joined, form), 422
    actor, now, reason = current_actor(), utc_now(), form.reason.data or ""
    match Choice(form.choice.data):
        case Choice.KEEP:
            try:
                keep_endorsement(
                    joined, version=form.version.data or 0, by=actor, at=now, reason=reason
                )
            except AnswerReplaced:
                flash(_("The other answer was changed meanwhile. Look at it again."), "warning")
                return redirect(_address(joined))
            flash(_("It holds for the other answer as it is now."), "success")
        case Choice.DROP:
            drop_endorsement(joined, reason=reason, by=actor, at=now)
            flash(_("Its stances follow the other answer no more."), "success")
        case Choice.ASK:
            number = ask_whether(joined, base_url=base_url(), by=actor, at=now)
            if number:
                flash(
                    ngettext(
                        "%(num)d person has got a mail.", "%(num)d people have got a mail.", number
                    ),
                    "success",
                )
            else:
                flash(_("Nobody can be reached by mail there. Ask in another way."), "warning")
    return redirect(_address(joined))


def _page(joined: "Endorsement", form: EndorsementForm) -> str:
    other = joined.of
    return render_template(
        "desk/endorsing/one.html",
        round=joined.round,
        joined=joined,
        text=joining_text(joined),
        state=state_tag(joined),
        points=points_of(joined),
        reservations=blocks_of_text(joined.reservations),
        other=other,
        is_gone=other is not None and other.status is not SubmissionStatus.RECEIVED,
        is_new=other is not None and joined.of_version is None,
        can_decide=other is not None,
        rows=stance_rows(joined),
        form=form,
    )


def _version(joined: "Endorsement") -> int | None:
    return joined.of.current_version_number if joined.of is not None else None


def _address(joined: "Endorsement") -> str:
    return url_for(
        "desk.endorsement", round_slug=joined.round.slug, endorsement_id=joined.public_id
    )
