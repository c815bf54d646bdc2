"""Deciding when a round's answers may stand on the web."""

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.rounds.models import Round
from consult.domain.rounds.service.recording import note
from consult.domain.rounds.types import AnswerPublishing


def change_publishing(round_: Round, publishing: AnswerPublishing, *, by: Actor) -> None:
    """Open or close the publishing of answers; what is cleared follows at once."""
    before = round_.answer_publishing
    if before is publishing:
        return
    round_.answer_publishing = publishing
    session().flush()
    data: dict[str, object] = {"before": before.value, "after": publishing.value}
    note(Tag.ROUND_PUBLISHING_CHANGED, round_, by=by, data=data)
