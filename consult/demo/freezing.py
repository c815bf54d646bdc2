"""The frozen data of the demo's closed round, and what happened after they were frozen."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import Actor
from consult.domain.coding.queries.themes import get_theme, list_themes
from consult.domain.documents.service.building import request_document
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.documents.types import DocumentKind
from consult.domain.following.service.answering import tell_outcome
from consult.domain.following.types import Outcome
from consult.domain.organisations.queries import get_organisation
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.service.showing import show_themes
from consult.domain.submissions.listing import AnswerFilter, list_answers
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.service.reclassifying import change_actor_type
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    AnswerContent,
    DecisionKind,
    Respondent,
    Stance,
    StanceModifier,
    SubmissionContent,
)
from consult.kernel.clock import OSLO, to_oslo

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission

FOLDER = Path(__file__).parent / "late"

LoadAnswer = Callable[["Round", dict[str, Any], dict[str, "Theme"], str], None]


def load_frozen(*, actor: Callable[[str], Actor], load_answer: LoadAnswer, now: datetime) -> None:
    """Freeze the data of each round in the folder, ask for a summary, then change them.

    What changes stands in the round's file. The worker builds the summary once it runs.
    """
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        round_ = get_round(path.stem)
        frozen = entry["snapshot"]
        by = actor(frozen["taken_by"])
        opened = to_oslo(round_.opens_at).date()
        clock = time.fromisoformat(frozen["time"])
        taken = datetime.combine(opened + timedelta(days=frozen["day"]), clock, tzinfo=OSLO)
        snapshot = take_snapshot(round_, name=frozen["name"], by=by, now=taken)
        request_document(round_, DocumentKind.SUMMARY, locale="nb", by=by, snapshot=snapshot)
        for told in entry.get("kinds", ()):
            change_actor_type(
                _answer_of(round_, told["organisation"]),
                ActorType(told["kind"]),
                reason=told["reason"],
                by=actor(told["by"]),
            )
        for told in entry.get("corrections", ()):
            _correct(round_, told, by=actor(told["by"]))
        themes = {row.key: get_theme(round_.slug, row.key) for row in list_themes(round_.id)}
        for told in entry.get("answers", ()):
            load_answer(round_, told, themes, "solveig")
        _tell_outcomes(round_, entry.get("outcomes", ()), themes, actor=actor, now=now)


def _tell_outcomes(
    round_: "Round",
    outcomes: Iterable[dict[str, Any]],
    themes: Mapping[str, "Theme"],
    *,
    actor: Callable[[str], Actor],
    now: datetime,
) -> None:
    """Say what comes of some themes, and let senders see theirs."""
    for told in outcomes:
        by = actor(told["by"])
        outcome, text = Outcome(told["outcome"]), told["text"]
        tell_outcome(themes[told["theme"]], outcome, text, language=told["language"], by=by)
        show_themes(round_, is_shown=True, by=by, now=now)


def _answer_of(round_: "Round", slug: str) -> "Submission":
    """What an organisation has answered."""
    name = get_organisation(slug).name
    found = list_answers(round_.id, AnswerFilter(text=name))
    return next(one for one in found if one.name == name)


def _correct(round_: "Round", told: Mapping[str, Any], *, by: Actor) -> None:
    """A new version that says something else to one question, decided on as it came late."""
    submission = _answer_of(round_, told["organisation"])
    version = submission.current_version
    hour, minute = map(int, told["time"].split(":"))
    day = to_oslo(round_.opens_at).date() + timedelta(days=told["day"])
    content = SubmissionContent(
        respondent=Respondent(
            submission.name, submission.actor_type, organisation_id=submission.organisation_id
        ),
        channel=submission.channel,
        language=submission.language,
        publication=submission.publication,
        answers=tuple(
            AnswerContent(
                question_id=part.question_id,
                proposal_id=part.proposal_id,
                text=part.text,
                stance=part.stance,
                modifiers=tuple(StanceModifier(name) for name in part.modifiers),
                choices=tuple(part.choices),
                scale_value=part.scale_value,
                no_comments=part.no_comments,
            )
            if part.question is None or part.question.key != told["question"]
            else AnswerContent(
                question_id=part.question_id,
                text=told["text"].strip(),
                stance=Stance(told["stance"]),
            )
            for part in version.answers
        ),
        their_ref=submission.their_ref,
    )
    receive_version(
        submission,
        content,
        by=by,
        received_at=datetime.combine(day, time(hour, minute), tzinfo=OSLO),
    )
    mark_answer(submission, DecisionKind.LATE_INCLUDED, reason=told["late"], by=by)
