"""Answers in the demo that somebody is still writing."""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import Actor
from consult.domain.organisations.queries import get_organisation
from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.council import Confirmation, Remark
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.service.council import (
    add_remark,
    confirm_answer,
    note_participants,
    renew_confirmation_link,
)
from consult.domain.submissions.service.drafting import start_draft
from consult.domain.submissions.types import Participants, Respondent, Stance, WrittenAnswer
from consult.kernel.clock import to_oslo

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Draft

FOLDER = Path(__file__).parent / "drafts"


def load_drafts(round_: "Round", *, actor: Callable[[str], Actor], now: datetime) -> None:
    """Begin the drafts of a round, as far as the demo's people have come with them."""
    for path in sorted((FOLDER / round_.slug).glob("*.toml")):
        _load_draft(round_, tomllib.loads(path.read_text()), actor=actor, now=now)


def _load_draft(
    round_: "Round", entry: dict[str, Any], *, actor: Callable[[str], Actor], now: datetime
) -> None:
    organisation, by = get_organisation(entry["organisation"]), actor(entry["person"])
    draft, _token = start_draft(
        round_,
        Respondent(organisation.name, organisation.actor_type, organisation.id),
        language=entry["language"],
        by=by,
        base_url="",
        now=now,
        discussed_on=to_oslo(now).date() - timedelta(days=entry["met_days_ago"]),
    )
    note_participants(draft, [Participants(**item) for item in entry["participants"]])
    _write(draft, entry, by=by, is_later=False)
    questions = {question.key: question for question in list_questions(round_.id)}
    for item in entry["remarks"]:
        remark = Remark(item["label"], item["text"])
        add_remark(draft, remark, question=questions.get(item["question"]))
    renew_confirmation_link(draft)
    _confirm(draft, entry, is_later=False)
    _write(draft, entry, by=by, is_later=True)
    _confirm(draft, entry, is_later=True)


def _confirm(draft: "Draft", entry: dict[str, Any], *, is_later: bool) -> None:
    """Let the members have their say from before, or from after, the text was changed."""
    for item in entry["confirmations"]:
        if item.get("of_changed_text", False) is is_later:
            word = {name: value for name, value in item.items() if name != "of_changed_text"}
            confirm_answer(draft, Confirmation(**word))


def _write(draft: "Draft", entry: dict[str, Any], *, by: Actor, is_later: bool) -> None:
    """Write the answers from before, or from after, the members confirmed."""
    questions = {question.key: question for question in list_questions(draft.round_id)}
    for item in entry["answers"]:
        if item.get("after_confirmations", False) is is_later:
            written = WrittenAnswer(
                text=item.get("text", ""),
                stance=Stance(item["stance"]) if "stance" in item else None,
                choices=tuple(item.get("choices", ())),
                scale_value=item.get("scale"),
            )
            save_answer(draft, questions[item["question"]], written, revision=0, by=by)
