"""The codebook's history in sentences."""

from collections.abc import Mapping
from typing import Any

from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.context import current_locale
from consult.domain.coding.revisions import ChangeKind, Undoing, VersionRow


def tell_change(row: VersionRow) -> str:
    """What a version began with, in one sentence."""
    told = row.details
    theme = told.get("name", "")
    sentence: str
    if row.kind is ChangeKind.BEGUN:
        sentence = _("The codebook as it was built.")
    elif row.kind is ChangeKind.MERGED:
        sentence = _("%(theme)s was merged into %(target)s.", theme=theme, target=told["to"])
    elif row.kind is ChangeKind.SPLIT:
        sentence = _("%(theme)s was split into %(parts)s.", theme=theme, parts=_list(told["to"]))
    elif row.kind is ChangeKind.REWORDED:
        sentence = _("The words of %(theme)s were changed.", theme=theme)
    elif row.kind is ChangeKind.UNDONE:
        sentence = _(
            "Version %(number)s was taken back: %(theme)s.", number=told["number"], theme=theme
        )
    elif told["to"]:
        sentence = _("%(theme)s was put under %(target)s.", theme=theme, target=told["to"])
    else:
        sentence = _("%(theme)s was put outermost.", theme=theme)
    return sentence


def tell_more(row: VersionRow) -> list[str]:
    """How many passages it concerned, and what was kept when it was taken back."""
    told = row.details
    if row.kind is ChangeKind.MERGED:
        sentences = [
            ngettext("%(num)d passage went over.", "%(num)d passages went over.", told["moved"])
        ]
        if told["collapsed"]:
            sentences.append(
                ngettext(
                    "%(num)d of them had both themes and has one now.",
                    "%(num)d of them had both themes and have one now.",
                    told["collapsed"],
                )
            )
        return sentences
    if row.kind is ChangeKind.SPLIT:
        return [
            ngettext(
                "%(num)d passage had the old theme.",
                "%(num)d passages had the old theme.",
                told["codings"],
            )
        ]
    if row.kind is ChangeKind.UNDONE:
        return tell_undoing(_undoing(told))
    return []


def tell_undoing(done: Undoing) -> list[str]:
    """What taking back restored and what it left, for there had been work on it since."""
    sentences = []
    if done.restored:
        sentences.append(
            ngettext(
                "%(num)d passage is as it was.", "%(num)d passages are as they were.", done.restored
            )
        )
    if done.off:
        sentences.append(
            ngettext(
                "%(num)d passage had the theme taken off since, and stays without it.",
                "%(num)d passages had the theme taken off since, and stay without it.",
                done.off,
            )
        )
    if done.stayed:
        sentences.append(
            ngettext(
                "%(num)d passage was coded since, and stays where it was put.",
                "%(num)d passages were coded since, and stay where they were put.",
                done.stayed,
            )
        )
    if done.kept:
        sentences.append(
            _("Still in the codebook, for they are in use: %(themes)s.", themes=_list(done.kept))
        )
    return sentences


def _undoing(told: Mapping[str, Any]) -> Undoing:
    return Undoing(told["restored"], told["off"], told["stayed"], tuple(told["kept"]))


def _list(names: "list[str] | tuple[str, ...]") -> str:
    """Names as one runs them together in a sentence: a, b and c."""
    return str(format_list(list(names), locale=current_locale()))
