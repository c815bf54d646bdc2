"""The ways to look at a round, and the choices above the matrix."""

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.desk.presenters.narrowing import page_address
from consult.domain.analysis.types import UNIT_LABELS, ColumnsBy
from consult.domain.analysis.views import VIEW_LABELS
from consult.domain.coding.queries.themes import list_themes
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.blueprints.desk.presenters.narrowing import Narrowing
    from consult.domain.rounds.models import Round

Tabs = list[dict[str, object]]

_COLUMNS = {ColumnsBy.TYPE: N_("By kind of actor"), ColumnsBy.GROUP: N_("By group")}


QUOTES = "quotes"
"""The register of quotations among the views."""


def view_tabs(round_: "Round", current: str | None) -> Tabs:
    """The ways to look at a round, as links; without a name it is the matrix."""
    first: dict[str, object] = {
        "text": _("Who speaks of what"),
        "href": url_for("desk.matrix", round_slug=round_.slug),
        "current": current is None,
    }
    return [
        first,
        *(
            {
                "text": _(label),
                "href": url_for("desk.view", round_slug=round_.slug, view=name.value),
                "current": name == current,
            }
            for name, label in VIEW_LABELS.items()
        ),
        {
            "text": _("Quotations"),
            "href": url_for("desk.quotes", round_slug=round_.slug),
            "current": current == QUOTES,
        },
    ]


def theme_options(round_: "Round") -> list[tuple[str, str]]:
    """The themes to choose from, by key."""
    return [(theme.key, theme.full_name) for theme in list_themes(round_.id)]


def matrix_choices(round_: "Round", narrowing: "Narrowing") -> dict[str, Tabs]:
    """What is counted, in which columns, and with which numbers; the rest of the address stays."""

    def link(text: str, name: str, value: str) -> dict[str, object]:
        asked = narrowing.kept.get(name, [""])[0]
        rest = {**narrowing.kept, **narrowing.address, name: [value] if value else []}
        href = page_address("desk.matrix", round_, rest)
        return {"text": text, "href": href, "current": asked == value}

    return {
        "unit": [
            link(_(label).capitalize(), "unit", unit.value) for unit, label in UNIT_LABELS.items()
        ],
        "by": [link(_(label), "by", by.value) for by, label in _COLUMNS.items()],
        "numbers": [
            link(_("As they may leave the desk"), "numbers", ""),
            link(_("All numbers, for the desk only"), "numbers", "all"),
        ],
    }
