"""Answers in the demo that join another's, and joint statements."""

import tomllib
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.coding.queries.passages import passages_of_version
from consult.domain.coding.queries.themes import get_theme
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.stances import code_stance
from consult.domain.disclosure.service.reviewing import clear_unremarkable
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.queries import get_case
from consult.domain.responses.service.joining import ask_body, confirm_joint, shown_digest
from consult.domain.rounds.queries import get_round, list_proposals
from consult.domain.submissions.endorsements import find_endorsement
from consult.domain.submissions.endorsing import Joining
from consult.domain.submissions.service.endorsing import join_answer, keep_endorsement
from consult.domain.submissions.types import Publication, Respondent, Stance
from consult.kernel.clock import OSLO, to_oslo

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission

FOLDER = Path(__file__).parent / "joined"


def load_joined(*, actor: Callable[[str], Actor]) -> None:
    """Let bodies join what another says, and let the desk look at most of it."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        round_ = get_round(entry["round"])
        for joined in entry["joined"]:
            _join(round_, entry["of"], joined, desk=actor("jonas"))
        clear_unremarkable(round_, by=actor("jonas"))


def _join(round_: "Round", of: str, entry: dict[str, Any], *, desk: Actor) -> None:
    body, other = get_organisation(entry["organisation"]), get_organisation(of)
    hour, minute = map(int, entry["time"].split(":"))
    day = to_oslo(round_.opens_at).date() + timedelta(days=entry["day"])
    at = datetime.combine(day, time(hour, minute), tzinfo=OSLO)
    joining = Joining(
        name=other.name,
        organisation_id=other.id,
        proposals=tuple(entry.get("proposals", ())),
        reservations=entry.get("reservations", ""),
    )
    submission = join_answer(
        round_,
        joining,
        respondent=Respondent(
            body.name, body.actor_type, organisation_id=body.id, contact_email=body.email
        ),
        language=body.language,
        publication=Publication.WITH_NAME,
        by=SYSTEM,
        received_at=at,
    )
    _code(submission, entry, by=desk)
    endorsement = find_endorsement(submission.id)
    if "kept" in entry and endorsement is not None and endorsement.of is not None:
        version = endorsement.of.current_version_number
        later = at + timedelta(days=2)
        keep_endorsement(endorsement, version=version, by=desk, at=later, reason=entry["kept"])


def _code(submission: "Submission", entry: dict[str, Any], *, by: Actor) -> None:
    """Put the themes on the paragraphs of the reservations, and the stances that stand in them."""
    round_ = submission.round
    passages = passages_of_version(submission.current_version.id)
    for passage, key in zip(passages, entry.get("coded", ()), strict=True):
        apply_theme(passage, get_theme(round_.slug, key), by=by)
    proposals = {one.key: one for one in list_proposals(round_.id)}
    for key, stance in entry.get("stances", {}).items():
        code_stance(submission, proposals[key], value=Stance(stance), by=by)


def ask_bodies(entry: dict[str, Any], *, base_url: str, by: Actor, at: datetime) -> None:
    """Ask those that a letter is sent together with, and let those say yes that have."""
    organisation = get_organisation(entry["organisation"])
    case = get_case(organisation.id, entry["round"])
    for asked in entry["sending"].get("joint", ()):
        body = get_organisation(asked["organisation"])
        party = ask_body(case, body, base_url=base_url, by=by, at=at - timedelta(days=1))
        if asked["is_confirmed"]:
            confirm_joint(party, digest=shown_digest(party), by=SYSTEM, at=at)
