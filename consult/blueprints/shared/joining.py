"""What an answer joins, in words for any page that shows it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.shared.context import localise
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.submissions.endorsing import ENDORSEMENT_STATE_LABELS, EndorsementState

if TYPE_CHECKING:
    from consult.domain.submissions.models import Endorsement

_TONES = {
    EndorsementState.AWAITED: "warning",
    EndorsementState.STANDS: "success",
    EndorsementState.TO_CHECK: "warning",
    EndorsementState.DROPPED: "neutral",
}


def points_of(joined: "Endorsement") -> list[str]:
    """The proposals and questions it holds for, in words; none for all of the answer."""
    if not joined.is_partial:
        return []
    round_id = joined.submission.round_id
    return [
        *(
            f"{one.key} {localise(one.title)}"
            for one in list_proposals(round_id)
            if one.key in joined.proposals
        ),
        *(localise(one.text) for one in list_questions(round_id) if one.key in joined.questions),
    ]


def joining_text(joined: "Endorsement") -> str:
    """Whose answer is joined and how far, on one line of a list."""
    if joined.is_partial and joined.reservations:
        text = _("Joins %(name)s on some points, with a reservation", name=joined.of_name)
    elif joined.is_partial:
        text = _("Joins %(name)s on some points", name=joined.of_name)
    elif joined.reservations:
        text = _("Joins %(name)s, with a reservation", name=joined.of_name)
    else:
        text = _("Joins %(name)s", name=joined.of_name)
    return str(text)


def state_tag(joined: "Endorsement") -> tuple[str, str]:
    """How it stands to the other answer: text and tone."""
    return _(ENDORSEMENT_STATE_LABELS[joined.state]), _TONES[joined.state]


def joining_texts(joinings: "Iterable[Endorsement]") -> dict[int, str]:
    """The lines of several answers, by the id of the answer that joins."""
    return {one.submission_id: joining_text(one) for one in joinings}
