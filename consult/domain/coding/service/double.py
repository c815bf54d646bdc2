"""Double coding: drawing a sample, coding it blind, and deciding where two readers differ."""

import random
import secrets
from collections.abc import Collection
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.agreement import size_of_sample
from consult.domain.coding.models import (
    DoubleCodedPassage,
    DoubleCodedTheme,
    DoubleCoding,
    Theme,
)
from consult.domain.coding.queries.double import main_codings, passages_to_draw
from consult.domain.coding.service.coding import apply_theme, remove_theme
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, InvalidInput
from consult.kernel.text.identity import has_identity_number

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

MAX_REASON_LENGTH = 1000


def draw_sample(
    round_: "Round", *, share: int, coder: str, by: Actor, seed: int | None = None
) -> DoubleCoding:
    """Draw a random share of the coded passages for somebody to code once more.

    Args:
        round_: Whose passages.
        share: Percent, 1 to 100.
        coder: Reference of the second reader.
        by: Who draws.
        seed: What to draw with; a new one each time unless given.

    Raises:
        InvalidInput: ``share`` ``range``; ``coder`` ``nothing_to_draw`` when nobody else has coded
            anything that this reader has not had.
    """
    if not 1 <= share <= 100:
        raise InvalidInput("share", "range")
    available = passages_to_draw(round_.id, coder=coder)
    if not available:
        raise InvalidInput("coder", "nothing_to_draw")
    chosen_seed = secrets.randbelow(2**31) if seed is None else seed
    lot = random.Random(chosen_seed)  # noqa: S311 -- a lot that can be drawn again, not a secret
    drawn = sorted(lot.sample(available, size_of_sample(len(available), share=share)))
    made = DoubleCoding(
        round_id=round_.id,
        share=share,
        seed=chosen_seed,
        drawn_from=len(available),
        coder=coder,
        drawn_by=by.reference,
        drawn_at=utc_now(),
    )
    session().add(made)
    session().flush()
    session().add_all(
        DoubleCodedPassage(double_coding_id=made.id, passage_id=passage_id, position=position)
        for position, passage_id in enumerate(drawn, start=1)
    )
    session().flush()
    record(
        Tag.DOUBLE_CODING_DRAWN,
        subject=made.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"coder": coder, "share": share, "seed": chosen_seed, "passages": len(drawn)},
    )
    return made


def code_blind(place: DoubleCodedPassage, themes: Collection[Theme], *, by: Actor) -> None:
    """Keep what the second reader finds in a passage, and freeze what the first had found there.

    No theme at all is an answer too. The desk's own coding of the passage stays as it is.

    Raises:
        InvalidInput: reason ``other_round``.
        Conflict: The passage is done already.
    """
    if place.done_at is not None:
        raise Conflict(f"passage {place.position} is done")
    sample = place.double_coding
    if any(theme.round_id != sample.round_id for theme in themes):
        raise InvalidInput("theme", "other_round")
    codings = main_codings(place.passage_id)
    first = {coding.theme_id for coding in codings}
    second = {theme.id for theme in themes}
    session().add_all(
        DoubleCodedTheme(
            double_coded_passage_id=place.id,
            theme_id=theme_id,
            by_first=theme_id in first,
            by_second=theme_id in second,
        )
        for theme_id in sorted(first | second)
    )
    place.first_coder = codings[0].coded_by if codings else None
    place.done_at = utc_now()
    session().flush()
    record(
        Tag.PASSAGE_CODED_BLIND,
        subject=sample.reference,
        by=by.reference,
        stream=organisation_stream(sample.round.owner_id),
        data={"passage": place.passage.reference, "themes": len(second)},
    )


def decide_difference(difference: DoubleCodedTheme, *, is_on: bool, reason: str, by: Actor) -> None:
    """Decide whether a theme belongs on a passage that two readers read differently.

    The desk's coding follows the decision. What the two had answered stays, and so does the figure
    of how far they agreed: it tells of the readers, not of the result.

    Raises:
        InvalidInput: ``reason`` with ``required``, ``too_long`` or ``identity_number``.
    """
    why = reason.strip()
    if not why:
        raise InvalidInput("reason", "required")
    if len(why) > MAX_REASON_LENGTH:
        raise InvalidInput("reason", "too_long")
    if has_identity_number(why):
        raise InvalidInput("reason", "identity_number")
    passage = difference.place.passage
    if is_on:
        apply_theme(passage, difference.theme, by=by)
    else:
        for coding in main_codings(passage.id):
            if coding.theme_id == difference.theme.standing.id:
                remove_theme(coding.passage, coding.theme, by=by)
    difference.is_on = is_on
    difference.reason = why
    difference.decided_by = by.reference
    difference.decided_at = utc_now()
    session().flush()
    sample = difference.place.double_coding
    record(
        Tag.DIFFERENCE_DECIDED,
        subject=sample.reference,
        by=by.reference,
        stream=organisation_stream(sample.round.owner_id),
        data={"passage": passage.reference, "theme": difference.theme.reference, "on": is_on},
    )
