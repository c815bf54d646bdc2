"""Shaping the table of bodies."""

from flask import url_for
from flask_babel import gettext as _

from consult.domain.analysis.bodies import BODY_RULE_LABELS, BodyRule


def rule_tabs(round_slug: str, chosen: BodyRule) -> list[dict[str, object]]:
    """The two ways of counting, as links."""
    return [
        {
            "text": _(label),
            "href": url_for("desk.bodies", round_slug=round_slug, by=rule.value),
            "current": rule is chosen,
        }
        for rule, label in BODY_RULE_LABELS.items()
    ]
