"""Correcting what an open round asks: the former wording is kept, and those concerned are told."""

from collections.abc import Mapping

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.rounds.models import FormerWording, Proposal, Question
from consult.domain.rounds.rules import is_corrected
from consult.domain.rounds.service.news import add_news
from consult.domain.rounds.service.recording import status_now
from consult.domain.rounds.types import NewsKind, Option, RoundStatus
from consult.kernel.clock import utc_now


def keep_wording(
    part: Question | Proposal,
    *,
    title: Mapping[str, str] | None = None,
    text: Mapping[str, str],
    options: tuple[Option, ...] = (),
    is_private: bool = False,
    by: Actor,
) -> bool:
    """Keep what a part says before it is overwritten, if people may have answered to it.

    Args:
        part: The part as it is stored.
        title: A proposal's short name as it is to be.
        text: Its text as it is to be.
        options: A question's options as they are to be.
        is_private: What a question is to promise about publishing.
        by: Who corrects it.

    Returns:
        Whether this is a correction: the round is open and the words or the promise differ.
    """
    if status_now(part.round) is not RoundStatus.OPEN:
        return False
    old_title = part.title if isinstance(part, Proposal) else {}
    old_options = part.options if isinstance(part, Question) else ()
    before = {"title": old_title, "text": part.text, **_labels(old_options)}
    after = {"title": title or {}, "text": text, **_labels(options)}
    promised = isinstance(part, Question) and part.is_private
    if promised == is_private and not is_corrected(before, after):
        return False
    now = utc_now()
    former = FormerWording(
        number=part.wording,
        title=dict(old_title),
        text=dict(part.text),
        option_data=list(part.option_data) if isinstance(part, Question) else [],
        is_private=promised,
        replaced_at=now,
        replaced_by=by.reference,
    )
    part.former_wordings.append(former)
    part.wording += 1
    part.corrected_at = now
    session().flush()
    data = {
        "part": type(part).__name__.lower(),
        "key": part.key,
        "number": str(part.position) if isinstance(part, Question) else part.key,
        "wording": part.wording,
    }
    add_news(part.round, NewsKind.CORRECTED, at=now, data=data)
    return True


def _labels(options: tuple[Option, ...]) -> dict[str, Mapping[str, str]]:
    return {f"option {option.key}": option.labels for option in options}
