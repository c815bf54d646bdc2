"""Suggestions: on or off, models made and kept, and what people do with what is suggested.

No model ever codes anything: a suggestion becomes a coding when a person sees and accepts it.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from consult.db import session
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.errors import SuggestionGone
from consult.domain.coding.models import (
    Passage,
    Suggesting,
    SuggestionModel,
    SuggestionOutcome,
    Theme,
)
from consult.domain.coding.queries.suggesting import (
    Suggestions,
    last_coding_id,
    latest_model,
    state_of_coding,
    suggest_stance_of,
)
from consult.domain.coding.service.claiming import row_of
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.stances import code_stance
from consult.domain.coding.suggesting.stances import EDITION as STANCE_EDITION
from consult.domain.coding.suggesting.types import Trial
from consult.domain.coding.suggesting.words import EDITION
from consult.domain.submissions.types import Stance
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def switch_suggestions(round_: "Round", *, is_on: bool, by: Actor) -> bool:
    """Show suggestions on the round's coding page, or do not; returns whether that is new.

    What was accepted stays, and so does how the models fared.
    """
    row = row_of(Suggesting, round_.id)
    if row.is_on is is_on:
        return False
    row.is_on = is_on
    session().flush()
    record(
        Tag.SUGGESTIONS_SWITCHED,
        subject=round_.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"on": is_on},
    )
    return True


def begin_model(round_: "Round", *, passages: int) -> SuggestionModel:
    """The round's next model, told of what it is made from. It is in use once it is kept."""
    before = latest_model(round_.id)
    state = state_of_coding(round_.id, before)
    return SuggestionModel(
        round_id=round_.id,
        number=before.number + 1 if before is not None else 1,
        edition=EDITION,
        codings=state.codings,
        last_coding_id=last_coding_id(round_.id),
        codebook=state.codebook,
        texts=state.texts,
        themes=state.themes,
        passages=passages,
    )


def keep_model(
    round_: "Round",
    begun: SuggestionModel,
    *,
    digest: str,
    size: int,
    trial: Trial | None,
    milliseconds: int,
    now: datetime,
) -> list[str]:
    """Put a model into use that is made and stored; returns digests of files that are not needed.

    Of a model that is out of use only the file goes: it holds stems of people's answers.
    """
    begun.digest, begun.size = digest, size
    begun.milliseconds, begun.made_at = milliseconds, now
    if trial is not None:
        begun.tried = trial.passages
        begun.tried_first, begun.tried_among = trial.first, trial.among
    before = session().scalars(
        select(SuggestionModel.digest).where(SuggestionModel.round_id == round_.id).distinct()
    )
    outdated = [one for one in before if one != digest]
    session().add(begun)
    session().flush()
    row_of(Suggesting, round_.id).claimed_at = None
    session().flush()
    record(
        Tag.SUGGESTIONS_LEARNED,
        subject=round_.reference,
        by=SYSTEM.reference,
        stream=organisation_stream(round_.owner_id),
        data={
            "model": begun.number,
            "model_digest": digest,
            "passages": begun.passages,
            "themes": begun.themes,
        },
    )
    used = select(SuggestionModel.digest).where(
        SuggestionModel.digest.in_(outdated), SuggestionModel.round_id != round_.id
    )
    kept = set(session().scalars(used))
    return [one for one in outdated if one not in kept]


def accept_suggestion(
    passage: Passage, theme: Theme, suggestions: Suggestions | None, *, number: int, by: Actor
) -> bool:
    """Put a suggested theme on a passage for the person who accepts it; false if it is there.

    Args:
        passage: Where.
        theme: What was suggested.
        suggestions: What is suggested now.
        number: Which model's suggestion the person has seen.
        by: Who accepts it.

    Raises:
        SuggestionGone: It is not suggested by that model, or by none any more.
    """
    if any(coding.theme_id == theme.id for coding in passage.coded_at.codings):
        return False
    if suggestions is None or suggestions.model.number != number:
        raise SuggestionGone
    if suggestions.place_of(theme.id) is None:
        raise SuggestionGone
    if not apply_theme(passage, theme, by=by, model=suggestions.model):
        return False
    note_outcome(passage, theme, suggestions, is_accepted=True)
    return True


def note_outcome(
    passage: Passage, theme: Theme, suggestions: Suggestions | None, *, is_accepted: bool = False
) -> None:
    """Note how the suggestions fared that stood there when a person put a theme on a passage.

    Of the same theme on the same passage only what was decided last counts.
    """
    if suggestions is None:
        return
    place = passage.coded_at
    session().execute(
        delete(SuggestionOutcome).where(
            SuggestionOutcome.passage_id == place.id, SuggestionOutcome.theme_id == theme.id
        )
    )
    session().add(
        SuggestionOutcome(
            model_id=suggestions.model.id,
            passage_id=place.id,
            theme_id=theme.id,
            place=suggestions.place_of(theme.id),
            is_accepted=is_accepted,
            decided_at=utc_now(),
        )
    )
    session().flush()


def accept_stance(passage: Passage, *, value: Stance, by: Actor) -> str:
    """Write down the stance that a passage's words suggest, for the person who accepts it.

    Returns:
        The key of the proposal.

    Raises:
        SuggestionGone: Its words suggest another one, or somebody has said where the answer stands.
    """
    suggested = suggest_stance_of(passage)
    if suggested is None or suggested[1].value is not value:
        raise SuggestionGone
    proposal, found = suggested
    code_stance(
        passage.submission,
        proposal,
        value=found.value,
        modifiers=found.modifiers,
        passage=passage,
        suggested_edition=STANCE_EDITION,
        by=by,
    )
    return proposal.key
