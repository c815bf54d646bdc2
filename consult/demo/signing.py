"""A response in the demo that is being signed."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from consult.domain.accounts.types import Actor
from consult.domain.composing.queries import find_composition, get_part
from consult.domain.composing.service.beginning import begin_response
from consult.domain.composing.service.freezing import current_digest
from consult.domain.composing.service.signing import sign, start_sign_off
from consult.domain.composing.types import PlannedStep
from consult.domain.organisations.queries import get_organisation, grants_of
from consult.domain.responses.service.deciding import take_round
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.types import Stance
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.markdown import from_markdown

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

FOLDER = Path(__file__).parent / "letters"


def load_sign_offs(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Write the letters and let those sign who have, as far as the demo's people have come."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        composition = _composition(entry, by=actor(entry["writer"]), now=now)
        _sign(composition, entry, actor=actor, now=now)


def _composition(entry: dict[str, Any], *, by: Actor, now: datetime) -> "Composition":
    """The draft that ``responses`` has written, or one written from the letter's own parts."""
    round_, organisation = get_round(entry["round"]), get_organisation(entry["organisation"])
    composition = find_composition(organisation.id, round_.id)
    if composition is None:
        take_round(round_, organisation, by=by, at=now - timedelta(days=9))
        composition = begin_response(round_, organisation, by=by)
        _write(composition, entry)
    composition.our_ref, composition.basis = entry["our_ref"], entry["basis"]
    return composition


def _write(composition: "Composition", entry: dict[str, Any]) -> None:
    for key, text in entry["parts"].items():
        get_part(composition, key).body = to_tree(from_markdown(text))
    for key, chosen in entry["stances"].items():
        part = get_part(composition, key)
        part.stance, part.modifiers = Stance(chosen["stance"]), chosen.get("modifiers", [])


def _sign(
    composition: "Composition",
    entry: dict[str, Any],
    *,
    actor: Callable[[str], Actor],
    now: datetime,
) -> None:
    steps = list(_steps(entry, actor=actor, now=now))
    begun = now - timedelta(days=entry["begun_days_ago"])
    by, base_url = actor(entry["writer"]), str(current_app.config["SETTINGS"].base_url)
    start_sign_off(composition, steps, name="Til underskrift", base_url=base_url, by=by, at=begun)
    digest = current_digest(composition)
    for step in entry["steps"]:
        if "signed_days_ago" in step:
            signatory = actor(step["person"])
            grants = grants_of(signatory.person_id or 0, now=utc_now())
            sign(
                composition,
                digest=digest,
                base_url=base_url,
                by=replace(signatory, grants=grants),
                at=now - timedelta(days=step["signed_days_ago"]),
            )


def _steps(
    entry: dict[str, Any], *, actor: Callable[[str], Actor], now: datetime
) -> Iterator[PlannedStep]:
    today = to_oslo(now).date()
    for step in entry["steps"]:
        days = step.get("due_in_days")
        yield PlannedStep(
            label=step["label"],
            person_id=actor(step["person"]).person_id or 0,
            title=step["title"],
            on_letter=step.get("on_letter", True),
            is_body=step.get("is_body", False),
            due_on=None if days is None else today + timedelta(days=days),
        )
