"""A round's page and its paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import render_template, request, session
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.public.followup import response_of
from consult.blueprints.public.looking import note_first_look
from consult.blueprints.public.news import count_new
from consult.blueprints.public.presenters import (
    grouped_invitations,
    paper_of,
    short_deadline_notice,
    standing_of,
)
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.workplaces import workplaces_for
from consult.domain.composing.types import COMPOSITION_KIND_LABELS
from consult.domain.following.queries import is_following
from consult.domain.meetings.queries import count_meetings
from consult.domain.reports.editions import published_editions
from consult.domain.rounds.cards import cards_of, deck_at
from consult.domain.rounds.listing import list_deadline_changes, list_invited
from consult.domain.rounds.queries import (
    get_round,
    list_proposals,
    list_questions,
    list_sections,
)
from consult.domain.rounds.types import INVITATION_REASON_LABELS, ROUND_RULES
from consult.domain.submissions.companions import list_comments
from consult.domain.submissions.counting import count_received
from consult.domain.submissions.queries import list_drafts_of
from consult.kernel.clock import utc_now
from consult.policy import Permission
from consult.policy.scope import drafting_organisation_ids

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import DraftComment


@bp.get("/rounds/<slug:round_slug>", endpoint="round")
@requires(Permission.VIEW_ROUND, on=get_round)
def show_round(round_: "Round") -> ResponseReturnValue:
    """What it is about, what can be influenced, until when, who is asked and how to answer."""
    now, rules = utc_now(), ROUND_RULES[round_.type]
    standing, new = standing_of(round_, now=now), count_new([round_])
    note_first_look(round_, now=now)
    questions, proposals = list_questions(round_.id), list_proposals(round_.id)
    return render_template(
        "public/round.html",
        round=round_,
        rules=rules,
        standing=standing,
        new=new.get(round_.id, 0),
        is_plain=_wants_plain(),
        paper=paper_of(list_sections(round_.id), proposals, questions),
        questions=questions,
        proposals=proposals,
        invited=grouped_invitations(list_invited(round_.id)),
        reasons=INVITATION_REASON_LABELS,
        changes=list_deadline_changes(round_.id),
        follow_up=response_of(round_, now=now),
        short_deadline=short_deadline_notice(round_),
        reports=published_editions(round_.id),
        report_labels=COMPOSITION_KIND_LABELS,
        received=count_received(round_.id) if standing.is_over and rules.is_open_to_all else None,
        is_followed=is_following(round_, current_actor().person_id),
        workplaces=workplaces_for(round_) if standing.is_open else (),
        held=count_meetings(round_.id, validated_only=True),
    )


@bp.get("/rounds/<slug:round_slug>/paper", endpoint="paper")
@requires(Permission.VIEW_ROUND, on=get_round)
def show_paper(round_: "Round") -> ResponseReturnValue:
    """The paper, section by section, with what is proposed and asked in each."""
    paper = paper_of(
        list_sections(round_.id),
        list_proposals(round_.id),
        list_questions(round_.id),
        comments=_own_comments(round_),
        is_plain=_wants_plain(),
    )
    return render_template(
        "public/paper.html",
        round=round_,
        standing=standing_of(round_, now=utc_now()),
        paper=paper,
    )


@bp.get("/rounds/<slug:round_slug>/cards")
@requires(Permission.VIEW_ROUND, on=get_round)
def cards(round_: "Round") -> ResponseReturnValue:
    """The paper as short cards, one point each, to be read on a phone."""
    deck = deck_at(
        cards_of(
            list_sections(round_.id),
            list_proposals(round_.id),
            list_questions(round_.id),
            locale=current_locale(),
        ),
        at=request.args.get("at", ""),
        after=request.args.get("after", ""),
    )
    standing = standing_of(round_, now=utc_now())
    return render_template("public/cards.html", round=round_, standing=standing, deck=deck)


def _wants_plain() -> bool:
    """Whether the reader wants plain words: as just chosen, else as chosen before."""
    if (chosen := request.args.get("words")) in {"plain", "all"}:
        session["words"] = chosen
    return bool(session.get("words") == "plain")


def _own_comments(round_: "Round") -> "Sequence[DraftComment]":
    """The comments in the draft that a new one would go to."""
    mine = drafting_organisation_ids(current_actor())
    drafts = list_drafts_of(current_actor(), mine, round_id=round_.id)
    return list_comments(drafts[0].id) if drafts else ()
