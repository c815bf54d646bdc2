"""The demo's draft of a response: text that rests on what branches have answered."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import Actor
from consult.domain.composing.queries import get_part, list_parts
from consult.domain.composing.service.arranging import NewPart, add_part
from consult.domain.composing.service.beginning import begin_response
from consult.domain.composing.service.leaving_out import leave_out
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.saving import save_part
from consult.domain.composing.sources import SourceFilter, find_hearings, list_sources
from consult.domain.composing.types import EvidenceUse, PartContent
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.queries import find_case
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.text.rich.markdown import from_markdown

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Composition, Part
    from consult.domain.composing.sources import Hearings

FOLDER = Path(__file__).parent / "responses"
_NAMED = re.compile(r"\{e:([a-z-]+)\}")


def load_responses(*, actor: Callable[[str], Actor]) -> None:
    """Write each draft of the folder on top of its organisation's hearing, where there is one."""
    for path in sorted(FOLDER.glob("*.toml")):
        _load(tomllib.loads(path.read_text()), actor=actor)


def _load(entry: Mapping[str, Any], *, actor: Callable[[str], Actor]) -> None:
    by = actor(entry["writer"])
    round_, organisation = get_round(entry["round"]), get_organisation(entry["organisation"])
    case = find_case(organisation.id, round_.id)
    if case is None or case.hearing is None:
        return
    composition = begin_response(round_, organisation, by=by)
    hearings = find_hearings(composition, list_parts(composition.id))
    for told in entry["parts"]:
        _write(get_part(composition, told["key"]), told, hearings, by=by)
    for told in entry.get("own", ()):
        after = get_part(composition, told["after"])
        new, by_second = NewPart(told["heading"]), actor(entry["second"])
        own = add_part(composition, new, after=after, by=by_second)
        _write(own, told, hearings, by=actor(entry["second"]))
    _leave_out(composition, entry.get("left_out", ()), hearings, by=by)


def _write(part: "Part", told: Mapping[str, Any], hearings: "Hearings", *, by: Actor) -> None:
    """Take the passages in, and write the text with their marks."""
    ids = {
        name: rest_on(
            part, _passage(hearings, one["begins"]), EvidenceUse(one["use"]), by=by
        ).public_id
        for name, one in told["passages"].items()
    }
    text = _NAMED.sub(lambda found: f"{{e:{ids[found[1]]}}}", told["text"].strip())
    content = PartContent(
        heading=part.heading,
        body=from_markdown(text),
        stance=Stance(told["stance"]) if "stance" in told else None,
        modifiers=tuple(StanceModifier(one) for one in told.get("modifiers", ())),
    )
    save_part(part, content, revision=part.revision, by=by)


def _leave_out(
    composition: "Composition",
    told: Iterable[Mapping[str, str]],
    hearings: "Hearings",
    *,
    by: Actor,
) -> None:
    for one in told:
        passage = _passage(hearings, one["begins"])
        leave_out(composition, hearings, [passage], one["reason"], by=by)


def _passage(hearings: "Hearings", begins: str) -> "Passage":
    """The passage that begins so. Raises ``LookupError``: the demo's texts do not fit together."""
    found = list_sources(hearings, SourceFilter(words=begins)).passages
    for passage in found:
        if passage.quote.startswith(begins):
            return passage
    raise LookupError(begins)
