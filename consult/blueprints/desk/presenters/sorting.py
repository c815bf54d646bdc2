"""Which of a theme's passages are asked for: for or against, and what stands nowhere yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from consult.blueprints.desk.presenters.narrowing import page_address
from consult.blueprints.desk.presenters.quotes import used_passages
from consult.blueprints.shared.forms import member_of
from consult.domain.analysis.queries.passages import with_themes_below
from consult.domain.analysis.queries.sides import SIDE_LABELS, Side, sides_on
from consult.domain.coding.queries.themes import list_themes

if TYPE_CHECKING:
    from consult.domain.organisations.types import ActorGroup
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Sorting:
    """What is asked for; ``is_unused``: only what no document or text uses."""

    side: Side | None
    is_unused: bool

    @property
    def address(self) -> dict[str, str]:
        """It as values of an address."""
        return {"side": self.side or "", "unused": "1" if self.is_unused else ""}


def read_sorting() -> Sorting:
    """What the address asks for."""
    return Sorting(
        side=member_of(Side, request.args.get("side")),
        is_unused=request.args.get("unused") == "1",
    )


def passages_sorted(round_: "Round", theme_key: str, sorting: Sorting) -> frozenset[int] | None:
    """Ids of the passages asked for; ``None`` for all, or where there is no such theme."""
    if sorting.side is None and not sorting.is_unused:
        return None
    themes = list_themes(round_.id)
    theme = next((one for one in themes if one.key == theme_key), None)
    if theme is None:
        return None
    sides = sides_on(round_.id, [one.id for one in with_themes_below(themes, theme)])
    wanted = {one for one, side in sides.items() if sorting.side in {None, side}}
    return frozenset(wanted - used_passages(round_) if sorting.is_unused else wanted)


def sorting_tabs(
    round_: "Round", theme_key: str, sorting: Sorting, group: "ActorGroup | None"
) -> dict[str, list[dict[str, object]]]:
    """The sides, and used or not, as links; the rest of the address stays."""

    def link(text: str, name: str, value: str) -> dict[str, object]:
        values = {"theme_key": theme_key, "group": group and group.value, **sorting.address}
        href = page_address("desk.theme", round_, {**values, name: value})
        return {"text": text, "href": href, "current": sorting.address[name] == value}

    return {
        "side": [
            link(_("For and against"), "side", ""),
            *(link(_(label), "side", side.value) for side, label in SIDE_LABELS.items()),
        ],
        "unused": [
            link(_("Used or not"), "unused", ""),
            link(_("Used in no document"), "unused", "1"),
        ],
    }
