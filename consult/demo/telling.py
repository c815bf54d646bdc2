"""The demo's feedback to branches: words that are written and not sent yet."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from consult.domain.accounts.types import Actor
from consult.domain.composing.queries import find_composition
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.branches import list_branch_answers
from consult.domain.responses.queries import get_case
from consult.domain.responses.service.feedback import write_feedback

FOLDER = Path(__file__).parent / "responses"


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
