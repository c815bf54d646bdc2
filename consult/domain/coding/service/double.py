"""Double coding: drawing a sample, coding it blind, and deciding where two readers differ."""

import random
import secrets
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

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
from consult.domain.coding.queries.double import (
    first_answers,
    main_codings,
    passages_to_draw,
    themes_on,
)
from consult.domain.coding.queries.revisions import heirs_of, themes_now, version_number
from consult.domain.coding.revisions import freeze_themes
from consult.domain.coding.service.coding import apply_theme, remove_theme
from consult.domain.coding.service.revising import hold_codebook
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

    The sample keeps the codebook as it stands, and what has been found on its passages so far.

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
    hold_codebook(round_.id)
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
        codebook_version=version_number(round_.id),
        themes=freeze_themes(themes_now(round_.id)),
    )
    session().add(made)
    session().flush()
    session().add_all(
        DoubleCodedPassage(double_coding_id=made.id, passage_id=passage_id, position=position)
        for position, passage_id in enumerate(drawn, start=1)
    )
    session().flush()
    _keep_first_answers(made)
    record(
        Tag.DOUBLE_CODING_DRAWN,
        subject=made.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"coder": coder, "share": share, "seed": chosen_seed, "passages": len(drawn)},
    )
    return made


def _keep_first_answers(sample: DoubleCoding) -> None:
    """Keep what the first readers had found when the sample was drawn."""
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for place_id, theme_id, coded_by in first_answers(sample.id):
        found[place_id].setdefault(theme_id, coded_by)
    session().add_all(
        DoubleCodedTheme(
            double_coded_passage_id=place_id, theme_id=theme_id, by_first=True, by_second=False
        )
        for place_id, themes in found.items()
        for theme_id in sorted(themes)
    )
    places = select(DoubleCodedPassage).where(DoubleCodedPassage.double_coding_id == sample.id)
    for place in session().scalars(places):
        if place.id in found:
            place.first_coder = next(iter(found[place.id].values()))
    session().flush()


def code_blind(place: DoubleCodedPassage, themes: Collection[Theme], *, by: Actor) -> None:
    """Keep what the second reader finds in a passage, in the codebook that the sample was drawn in.

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
    if place.first_coder is None:  # drawn by a release that kept it only now
        _keep_first_answers(sample)
    first = themes_on(place)
    second = {theme.id for theme in themes}
    for theme_id in second & first.keys():
        first[theme_id].by_second = True
    session().add_all(
        DoubleCodedTheme(
            double_coded_passage_id=place.id, theme_id=theme_id, by_first=False, by_second=True
        )
        for theme_id in sorted(second - first.keys())
    )
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

    The desk's coding follows the decision, under the themes that have taken the place of this one
    where it has been merged or split since. What the two had answered stays, and so does the figure
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
    _carry_out(difference, is_on=is_on, by=by)
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


def _carry_out(difference: DoubleCodedTheme, *, is_on: bool, by: Actor) -> None:
    """Put the theme, or what has taken its place, on the passage, or take it off.

    A theme that was split is put there to be sorted. What takes off a theme leaves alone what
    belongs there by another theme of the sample that has become the same one since.
    """
    hold_codebook(difference.round.id)
    codings = main_codings(difference.place.passage_id)
    today = _today(difference.theme)
    if is_on:
        if not any(coding.theme_id in today for coding in codings):
            apply_theme(difference.place.passage, difference.theme, by=by)
        return
    others = (one for one in themes_on(difference.place).values() if one is not difference)
    kept = {
        theme_id
        for one in others
        if (one.by_first if one.is_on is None else one.is_on)
        for theme_id in _today(one.theme)
    }
    for coding in codings:
        if coding.theme_id in today - kept:
            remove_theme(coding.passage, coding.theme, by=by)


def _today(theme: Theme) -> set[int]:
    """Ids of the themes that hold today what a theme held when the sample was drawn."""
    return {theme.standing.id, *(heir.id for heir in heirs_of(theme))}
