"""The ways to look at a round, and the choices above the matrix."""

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.desk.presenters.narrowing import page_address
from consult.domain.analysis.types import UNIT_LABELS, ColumnsBy
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.blueprints.desk.presenters.narrowing import Narrowing
    from consult.domain.rounds.models import Round

Tabs = list[dict[str, object]]

_VIEWS = {
    "matrix": N_("Who speaks of what"),
}
"""The pages that look across all answers, by endpoint."""

_COLUMNS = {ColumnsBy.TYPE: N_("By kind of actor"), ColumnsBy.GROUP: N_("By group")}


def view_tabs(round_: "Round", current: str) -> Tabs:
    """The ways to look at a round, as links."""
    return [
        {
            "text": _(label),
            "href": url_for(f"desk.{name}", round_slug=round_.slug),
            "current": name == current,
        }
        for name, label in _VIEWS.items()
    ]


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
