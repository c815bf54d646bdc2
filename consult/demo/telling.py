"""The demo's feedback to branches: written, and sent where the response has been sent."""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from consult.domain.accounts.types import Actor
from consult.domain.composing.queries import find_composition
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.branches import list_branch_answers
from consult.domain.responses.queries import get_case
from consult.domain.responses.service.feedback import send_feedback, write_feedback

FOLDER = Path(__file__).parent / "responses"


def send_feedback_of_sent(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Tell the branches where their points went, where the folder says that they have been told."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        if "feedback_sent_days_ago" not in entry:
            continue
        case = get_case(get_organisation(entry["organisation"]).id, entry["round"])
        composition = find_composition(case.organisation_id, case.round_id)
        if composition is None:
            raise LookupError(entry["organisation"])
        send_feedback(
            case,
            list_branch_answers(case, composition),
            base_url=str(current_app.config["SETTINGS"].base_url),
            by=actor(entry["writer"]),
            at=now - timedelta(days=entry["feedback_sent_days_ago"]),
        )


def load_feedback(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Write to the branches that a draft of the folder has words for."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        texts = {get_organisation(one["to"]).id: one["text"] for one in entry["feedback"]}
        case = get_case(get_organisation(entry["organisation"]).id, entry["round"])
        composition = find_composition(case.organisation_id, case.round_id)
        answers = list_branch_answers(case, composition) if composition is not None else ()
        for answer in answers:
            if text := texts.get(answer.submission.organisation_id or 0):
                write_feedback(case, answer, text, by=actor(entry["writer"]), at=now)
