"""Shapes the checks of a report: what was found, where, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from consult.blueprints.workspace.presenters.drafting import PartLabel, label_of
from consult.domain.accounts.queries import names_by_reference
from consult.domain.documents.rules import QUANTIFIER_LABELS, Quantifier
from consult.domain.reports.types import CHECK_LABELS, DOUBT_LABELS, CheckKind, CheckLine
from consult.kernel.i18n import N_
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from datetime import datetime

    from consult.domain.composing.models import Composition, Part
    from consult.domain.reports.checking import Checked

TO_DO: Mapping[CheckKind, Any] = {
    CheckKind.UNPUBLISHABLE: _l("Take the words out, or write in your own words what they say."),
    CheckKind.UNGROUNDED_PROPOSAL: _l("Add a passage that speaks for it, or say why it has none."),
    CheckKind.UNANSWERED_OBJECTION: _l("Write what you think of what speaks against it."),
    CheckKind.UNGROUNDED_PART: _l("Take in the passages that the text rests on."),
    CheckKind.UNUSED: _l("Use them, or leave them out with a reason."),
    CheckKind.STALE: _l("Read the passage again, and the sentence that rests on it."),
    CheckKind.NOT_VERBATIM: _l("Quote the very words, or take the quotation marks away."),
    CheckKind.QUANTIFIER: _l("Use the word that fits, or say why another is right."),
    CheckKind.UNCOUNTED: _l(
        "Put the sentence into a part about a theme or a proposal, or leave the quantity out."
    ),
    CheckKind.UNNAMED: _l("Name them instead, or say why not."),
    CheckKind.NO_DENOMINATOR: _l("Say of how many, for example “a majority, 12 of the 21”."),
    CheckKind.SHORT_FORM: _l("Write the full name the first time."),
    CheckKind.NO_DATA: _l("Freeze the data, so that every figure can be found again."),
    CheckKind.OUTDATED_DATA: _l("Take up newer data, or say why the older ones are right."),
}
"""What mends it."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One finding as it is shown; ``before``, ``words`` and ``after`` are its sentence."""

    line: CheckLine
    text: str
    part: PartLabel | None
    href: str
    link: str
    before: str
    words: str
    after: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClearedLine:
    """A finding that somebody has signed for."""

    shown: ShownLine
    label: str
    public_id: str
    reason: str
    name: str
    at: "datetime"


def groups_of(
    lines: Sequence[CheckLine], composition: "Composition", parts: Sequence["Part"]
) -> list[dict[str, Any]]:
    """The findings, those of one kind together."""
    shown = _Shower(composition, parts)
    return [
        {
            "check": check,
            "label": _(CHECK_LABELS[check]),
            "to_do": TO_DO[check],
            "lines": [shown.line(one) for one in found],
        }
        for check, found in groupby(lines, key=lambda one: one.check)
    ]


def shown_line(line: CheckLine, composition: "Composition", parts: Sequence["Part"]) -> ShownLine:
    """One finding as it is shown."""
    return _Shower(composition, parts).line(line)


def cleared_lines(
    checked: "Checked", composition: "Composition", parts: Sequence["Part"]
) -> list[ClearedLine]:
    """What was signed for, by whom and why."""
    shown = _Shower(composition, parts)
    names = names_by_reference([one.cleared_by for _line, one in checked.cleared])
    return [
        ClearedLine(
            shown.line(line),
            _(CHECK_LABELS[line.check]),
            clearance.public_id,
            clearance.reason,
            names.get(clearance.cleared_by, _("somebody")),
            clearance.cleared_at,
        )
        for line, clearance in checked.cleared
    ]


class _Shower:
    """Shapes findings of one report."""

    def __init__(self, composition: "Composition", parts: Sequence["Part"]) -> None:
        self._parts = {part.key: part for part in parts}
        self._slug = composition.round.slug
        self._place: dict[str, Any] = {
            "organisation": composition.organisation.slug,
            "round_slug": composition.round.slug,
            "kind": composition.kind,
        }

    def line(self, one: CheckLine) -> ShownLine:
        part = None if one.check is CheckKind.UNUSED else self._parts.get(one.part)
        href, link = self._target(one)
        before, words, after = _marked(one)
        return ShownLine(
            one,
            message_of(one),
            label_of(part) if part else None,
            href,
            link,
            before,
            words,
            after,
            tuple(_(DOUBT_LABELS[doubt]) for doubt in one.doubts),
        )

    def _target(self, one: CheckLine) -> tuple[str, str]:
        """Where it is mended."""
        if one.check in (CheckKind.NO_DATA, CheckKind.OUTDATED_DATA):
            if "workspace.report_data" in current_app.view_functions:
                return url_for("workspace.report_data", **self._place), _("To the data")
            return url_for("desk.snapshots", round_slug=self._slug), _("To the data")
        if one.check is CheckKind.UNUSED:
            return url_for(
                "workspace.draft",
                part=one.part,
                scope="all",
                theme=one.values["theme_id"],
                state="open",
                _anchor="main",
                **self._place,
            ), _("To the passages")
        if one.subject.startswith(("proposal:", "ground:")) and (
            "workspace.recommendations" in current_app.view_functions
        ):
            return url_for("workspace.recommendations", **self._place), _("To the proposals")
        anchor = one.subject.replace(":", "-") if one.subject.startswith("evidence:") else None
        target = url_for(
            "workspace.draft", part=one.part, _anchor=anchor or "work-right", **self._place
        )
        return target, _("To the text")


_SENTENCES: Mapping[CheckKind, str] = {
    CheckKind.UNPUBLISHABLE: N_("%(sender)s is quoted, but the words may not be published."),
    CheckKind.UNGROUNDED_PROPOSAL: N_("“%(text)s” has no passage that speaks for it."),
    CheckKind.UNGROUNDED_PART: N_("No passage is named that this part rests on."),
    CheckKind.STALE: N_("What %(sender)s says is not what it was when the text took it in."),
    CheckKind.NOT_VERBATIM: N_("Nobody has said these very words in an answer."),
    CheckKind.QUANTIFIER: N_(
        "The numbers say %(count)s of %(of)s. The word for that is “%(word)s”."
    ),
    CheckKind.UNCOUNTED: N_("Nothing is counted for what this part is about."),
    CheckKind.UNNAMED: N_("%(count)s of %(of)s who speak of the point."),
    CheckKind.NO_DENOMINATOR: N_(
        "The sentence does not say of how many. The numbers are %(count)s of %(of)s."
    ),
    CheckKind.SHORT_FORM: N_("Short for %(full)s, which the reader has not met yet."),
    CheckKind.NO_DATA: N_("The report has no frozen data that its figures come from."),
}


def message_of(one: CheckLine) -> str:
    """What was found, in a sentence."""
    if one.check not in _SENTENCES:
        return _counted(one)
    values: dict[str, Any] = dict(one.values)
    if one.check is CheckKind.UNPUBLISHABLE and "sender" not in values:
        return str(_("These words stand in an answer, but may not be published."))
    if "fitting" in values:
        values["word"] = _(QUANTIFIER_LABELS[Quantifier(values["fitting"])])
    if "text" in values:
        values["text"] = _short(values["text"])
    return str(_(_SENTENCES[one.check], **values))


def _counted(one: CheckLine) -> str:
    """Findings that tell how many."""
    count = int(one.values["count"])
    if one.check is CheckKind.UNANSWERED_OBJECTION:
        told = ngettext(
            "%(num)d passage speaks against “%(text)s”, and nobody has assessed it.",
            "%(num)d passages speak against “%(text)s”, and nobody has assessed them.",
            count,
            text=_short(one.values["text"]),
        )
    elif one.check is CheckKind.UNUSED:
        told = ngettext(
            "%(num)d passage on “%(theme)s” is neither used nor left out with a reason.",
            "%(num)d passages on “%(theme)s” are neither used nor left out with a reason.",
            count,
            theme=one.values["theme"],
        )
    else:
        told = ngettext(
            "%(num)d thing has changed since “%(name)s”.",
            "%(num)d things have changed since “%(name)s”.",
            count,
            name=one.values["name"],
        )
    return str(told)


def _marked(one: CheckLine) -> tuple[str, str, str]:
    """The sentence around the words that are marked."""
    if not one.words or one.words not in one.sentence:
        return "", one.words, ""
    before, _words, after = one.sentence.partition(one.words)
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:]
    return before, one.words, after if len(after) <= _AROUND else after[:_AROUND] + " …"


_AROUND = 240
"""Characters shown on either side of what is marked."""


def _short(text: str | int) -> str:
    return excerpt(str(text), 120)
