"""The demo's internal hearings: what a union asks its branches, and what they answer."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import Actor
from consult.domain.coding.service.codebook import add_theme
from consult.domain.coding.types import Colour, ThemeContent
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.listing import list_concerns
from consult.domain.responses.rules import internal_deadline
from consult.domain.responses.service.deciding import give_case
from consult.domain.responses.service.hearing import plan_hearing
from consult.domain.responses.types import AskedBelow, HearingPlan
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.service.lifecycle import announce, move_by_clock
from consult.domain.rounds.service.sending import mark_invitations_sent
from consult.domain.submissions.mandates import Exposure, Ground, Mandate
from consult.kernel.clock import end_of_day, to_oslo

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round

FOLDER = Path(__file__).parent / "hearings"

LoadAnswer = Callable[["Round", dict[str, Any], dict[str, "Theme"], str], None]


def load_hearings(*, actor: Callable[[str], Actor], load_answer: LoadAnswer, now: datetime) -> None:
    """Open each hearing of the folder, in order: a later one may be made out of an earlier."""
    made: dict[str, Round] = {}
    for folder in sorted(FOLDER.iterdir()):
        spec = tomllib.loads((folder / "hearing.toml").read_text())
        above = made.get(spec["above"]) or get_round(spec["above"])
        hearing = open_hearing(spec, above, by=actor(spec["by"]), now=now)
        made[folder.name] = hearing
        themes = themes_of(hearing, spec.get("themes", ()), by=actor(spec["by"]))
        for path in sorted(folder.glob("[0-9]*.toml")):
            entry = tomllib.loads(path.read_text())
            load_answer(hearing, FROM_BELOW | entry, themes, spec["coder"])


FROM_BELOW: dict[str, Any] = {"channel": "form", "publication": "with_name"}
"""How answers from below come, where their files say nothing else."""


def open_hearing(spec: Mapping[str, Any], above: "Round", *, by: Actor, now: datetime) -> "Round":
    """Make the hearing, open it some days ago and note everybody as asked."""
    organisation = get_organisation(spec["owner"])
    at = now - timedelta(days=spec["opened_days_ago"])
    concern = next(one for one in list_concerns(organisation, now=now) if one.round.id == above.id)
    hearing = plan_hearing(
        above,
        organisation,
        HearingPlan(
            title=spec["title"],
            introduction=spec["introduction"].strip(),
            language=organisation.language,
            closes_at=_deadline(spec, concern.closes_at, at=at),
            questions=_passed_on(spec.get("questions", {})),
            proposals=_passed_on(spec.get("proposals", {})),
            own_questions=tuple(spec.get("own_questions", ())),
            bodies=frozenset(get_organisation(slug).id for slug in spec["bodies"]),
        ),
        by=by,
        at=at,
    )
    announce(hearing, by=by, at=at)
    move_by_clock(now=now)
    mark_invitations_sent(hearing, at=at)
    _give_to_drafter(organisation, above, spec, by=by, now=now)
    return hearing


def _deadline(spec: Mapping[str, Any], above: datetime, *, at: datetime) -> datetime:
    """The end of the days that the hearing gives, or the one proposed from the deadline above."""
    if "open_days" in spec:
        return end_of_day(to_oslo(at).date() + timedelta(days=spec["open_days"]))
    return internal_deadline(above, now=at)


def _give_to_drafter(
    organisation: "Organisation",
    above: "Round",
    spec: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Give the ball to whoever writes the response."""
    wanted = spec.get("responsible")
    case = next(one.case for one in list_concerns(organisation, now=now) if one.round is above)
    for member in organisation.memberships:
        if case is not None and member.person.email == wanted and member.role == "drafter":
            give_case(case, member, by=by)


def _passed_on(wordings: Mapping[str, str]) -> tuple[AskedBelow, ...]:
    return tuple(AskedBelow(key, text.strip()) for key, text in wordings.items())


def themes_of(
    hearing: "Round", entries: Iterable[Mapping[str, str]], *, by: Actor
) -> "dict[str, Theme]":
    """The codebook of a hearing, by the keys of its themes."""
    return {
        entry["key"]: add_theme(
            hearing,
            ThemeContent(
                name=entry["name"],
                colour=Colour(entry["colour"]),
                definition=entry["definition"],
                include="",
                exclude="",
            ),
            key=entry["key"],
            parent=None,
            by=by,
        )
        for entry in entries
    }


def ground_of(entry: Mapping[str, Any], opened: date) -> Ground:
    """On what ground a branch answers; the day of its meeting is counted from the opening."""
    told = dict(entry.get("mandate", {}))
    met = told.pop("met_on_day", None)
    exposure = entry.get("exposure")
    return Ground(
        Mandate(**told, held_on=None if met is None else opened + timedelta(days=met)),
        Exposure(exposure) if exposure else None,
    )
