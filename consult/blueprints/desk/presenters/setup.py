"""Shaping a round's set-up: where it stands, what is done and what is missing, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from babel.lists import format_list
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.context import current_locale, format_day, localise
from consult.domain.rounds.findings import (
    HOLIDAY_EXTENSIONS,
    HOLIDAY_LABELS,
    Finding,
    FindingCode,
    Part,
)
from consult.domain.rounds.rules import days_left, effective_status
from consult.domain.rounds.types import (
    EDITABLE_STATUSES,
    EXTENDABLE_STATUSES,
    INVITING_STATUSES,
    ROUND_STATUS_LABELS,
    RoundSpec,
    RoundStatus,
)
from consult.kernel.i18n import LANGUAGE_NAMES

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal, Question, Round, Section


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a round stands by the clock.

    Attributes:
        days_left: Whole days until the deadline, while the round is open.
        opens_in: Whole days until the opening, before it.
    """

    status: RoundStatus
    label: str
    tone: str
    days_left: int | None
    opens_in: int | None

    @property
    def is_planned(self) -> bool:
        """Only the desk sees the round yet."""
        return self.status is RoundStatus.PLANNED

    @property
    def is_open(self) -> bool:
        """Answers are taken now."""
        return self.status is RoundStatus.OPEN

    @property
    def is_editable(self) -> bool:
        """The paper and the questions may be changed."""
        return self.status in EDITABLE_STATUSES

    @property
    def is_extendable(self) -> bool:
        """The deadline may be extended."""
        return self.status in EXTENDABLE_STATUSES

    @property
    def can_invite(self) -> bool:
        """Invitations may be sent."""
        return self.status in INVITING_STATUSES


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in words, with where to mend it."""

    text: str
    href: str
    action: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """A section, proposal or question in its list."""

    key: str
    title: str
    lang_texts: dict[str, str]
    note: str
    missing: str


_TONES = {
    RoundStatus.PLANNED: "info",
    RoundStatus.ANNOUNCED: "info",
    RoundStatus.OPEN: "success",
    RoundStatus.CANCELLED: "danger",
}
_PART_PAGES = {
    Part.SECTION: "desk.edit_section",
    Part.PROPOSAL: "desk.edit_proposal",
    Part.QUESTION: "desk.edit_question",
}
_PAGES = {
    Part.ROUND: "desk.setup_texts",
    Part.DATES: "desk.setup_dates",
    Part.FRAME: "desk.setup_frame",
    Part.QUESTION: "desk.setup_questions",
    Part.INVITATIONS: "desk.invitations",
}


def standing_of(round_: "Round", *, now: datetime) -> Standing:
    """Where a round stands by the clock, also before the worker has written it down."""
    status = effective_status(
        round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=now
    )
    is_waiting = status is RoundStatus.ANNOUNCED
    return Standing(
        status=status,
        label=_(ROUND_STATUS_LABELS[status]),
        tone=_TONES.get(status, "neutral"),
        days_left=days_left(round_.closes_at, now=now) if status is RoundStatus.OPEN else None,
        opens_in=days_left(round_.opens_at, now=now) if is_waiting else None,
    )


def language_list(languages: Iterable[str]) -> str:
    """Languages in words: ``Bokmål and English``."""
    names = [LANGUAGE_NAMES.get(language, language) for language in languages]
    return str(format_list(names, locale=current_locale()))


def finding_rows(round_: "Round", findings: Sequence[Finding]) -> list[FindingRow]:
    """Findings in words, what blocks first; the same words only once."""
    rows = {
        (text := _finding_text(round_, finding), href := _finding_href(round_, finding)): (
            FindingRow(
                text, href, _("Correct this") if finding.blocks else _("Look"), finding.blocks
            )
        )
        for finding in sorted(findings, key=lambda found: found.blocks)
    }
    return sorted(rows.values(), key=lambda row: not row.blocks)


def _finding_href(round_: "Round", finding: Finding) -> str:
    if finding.key is not None and finding.part in _PART_PAGES:
        endpoint = _PART_PAGES[finding.part]
        return url_for(endpoint, round_slug=round_.slug, key=finding.key)
    return url_for(_PAGES[finding.part], round_slug=round_.slug)


def _finding_text(round_: "Round", finding: Finding) -> str:
    if finding.code is FindingCode.TRANSLATION_MISSING:
        return str(
            _(
                "%(part)s: a text in %(language)s is missing.",
                part=_part_name(finding),
                language=LANGUAGE_NAMES.get(finding.language or "", finding.language),
            )
        )
    if finding.holiday is not None:
        more = HOLIDAY_EXTENSIONS[finding.holiday]
        return str(
            _(
                "The time to answer runs over %(holiday)s. It is common to give more time then, "
                "for example until %(date)s.",
                holiday=_(HOLIDAY_LABELS[finding.holiday]),
                date=format_day(round_.closes_at + more),
            )
        )
    return _plain_texts()[finding.code]


def _part_name(finding: Finding) -> str:
    match finding.part:
        case Part.SECTION:
            return str(_("Section %(key)s", key=finding.key))
        case Part.PROPOSAL:
            return str(_("Proposal %(key)s", key=finding.key))
        case Part.QUESTION:
            return str(_("Question %(key)s", key=finding.key))
        case _other:
            return str(_("What the round is about"))


def _plain_texts() -> dict[FindingCode, str]:
    return {
        FindingCode.TITLE_MISSING: _("The round has no title."),
        FindingCode.INTRODUCTION_MISSING: _(
            "There is no introduction. Say in a few sentences what you ask and why."
        ),
        FindingCode.QUESTIONS_MISSING: _("There is no question to answer."),
        FindingCode.CONTACT_MISSING: _(
            "Say whom one can ask: a name, with an e-mail address or a telephone number."
        ),
        FindingCode.CLOSES_BEFORE_IT_OPENS: _("The deadline is before the opening."),
        FindingCode.DEADLINE_PAST: _("The deadline has passed."),
        FindingCode.REASON_MISSING: _(
            "The time to answer is under six weeks. Write why; the reason is shown to everybody."
        ),
        FindingCode.LANGUAGES_MISSING: _(
            "State bodies must ask in bokmål and nynorsk at the same time. Add the one missing."
        ),
        FindingCode.UNDER_MINIMUM: _(
            "The time to answer is under six weeks. Your reason is shown to everybody."
        ),
        FindingCode.UNDER_NORMAL: _(
            "The time to answer is under three months, the usual time for a public consultation."
        ),
        FindingCode.NOBODY_INVITED: _("Nobody is invited yet. You can also invite later."),
    }


def task_items(
    round_: "Round", spec: RoundSpec, findings: Sequence[Finding], *, standing: Standing
) -> list[dict[str, str | None]]:
    """The set-up as a task list: each part with its state."""

    def item(
        endpoint: str, text: str, note: str, part: Part | None, *, count: int | None = None
    ) -> dict[str, str | None]:
        pending = findings if standing.is_planned else ()
        status, tone = _part_state([found for found in pending if found.part is part], count)
        href = url_for(endpoint, round_slug=round_.slug)
        return {"text": text, "href": href, "note": note, "status": status, "tone": tone}

    own_words = len(round_.mail_texts)
    return [
        item("desk.setup_texts", _("What the round is about"), "", Part.ROUND),
        item(
            "desk.setup_frame",
            _("Languages, contact and case number"),
            language_list(spec.languages),
            Part.FRAME,
        ),
        item(
            "desk.setup_sections",
            _("The paper"),
            ngettext("%(num)d section", "%(num)d sections", len(spec.sections)),
            Part.SECTION,
            count=len(spec.sections),
        ),
        item(
            "desk.setup_proposals",
            _("Proposals"),
            ngettext("%(num)d proposal", "%(num)d proposals", len(spec.proposals)),
            Part.PROPOSAL,
            count=len(spec.proposals),
        ),
        item(
            "desk.setup_questions",
            _("Questions"),
            ngettext("%(num)d question", "%(num)d questions", len(spec.questions)),
            Part.QUESTION,
            count=len(spec.questions),
        ),
        item(
            "desk.invitations",
            _("Invitations"),
            ngettext("%(num)d invited body", "%(num)d invited bodies", len(spec.invitations)),
            Part.INVITATIONS,
            count=len(spec.invitations),
        ),
        item("desk.setup_mails", _("Your words in the mails"), "", None, count=own_words),
        item("desk.setup_small_groups", _("Small groups of persons"), "", None),
        item(
            "desk.setup_dates" if standing.is_planned else "desk.extend_deadline",
            _("Time to answer"),
            _period(round_),
            Part.DATES,
        ),
    ]


def _period(round_: "Round") -> str:
    start, end = format_day(round_.opens_at), format_day(round_.closes_at)
    return str(_("%(start)s to %(end)s", start=start, end=end))


def _part_state(findings: Sequence[Finding], count: int | None) -> tuple[str, str]:
    if any(finding.blocks for finding in findings):
        return _("Not finished"), "warning"
    if count == 0:
        return _("Nothing yet"), "neutral"
    if findings:
        return _("Have a look"), "info"
    return _("Done"), "success"


def missing_languages(texts: Iterable[dict[str, str]], languages: Sequence[str]) -> str:
    """Languages in which something that is written elsewhere is missing, in words."""
    written = [text for text in texts if any(text.values())]
    missing = [
        language for language in languages if any(not text.get(language) for text in written)
    ]
    return str(_("Missing: %(languages)s", languages=language_list(missing))) if missing else ""


def section_rows(sections: Sequence["Section"], languages: Sequence[str]) -> list[PartRow]:
    """The sections of the paper as rows."""
    return [
        PartRow(
            key=section.key,
            title=localise(section.title),
            lang_texts=section.title,
            note="",
            missing=missing_languages((section.title, section.body), languages),
        )
        for section in sections
    ]


def proposal_rows(proposals: Sequence["Proposal"], languages: Sequence[str]) -> list[PartRow]:
    """The proposals as rows."""
    return [
        PartRow(
            key=proposal.key,
            title=localise(proposal.title),
            lang_texts=proposal.title,
            note=_("Section %(key)s", key=proposal.section.key) if proposal.section else "",
            missing=missing_languages((proposal.title, proposal.text), languages),
        )
        for proposal in proposals
    ]


def question_rows(
    questions: Sequence["Question"], languages: Sequence[str], *, labels: dict[str, str]
) -> list[PartRow]:
    """The questions as rows, with how each is answered."""
    return [
        PartRow(
            key=question.key,
            title=localise(question.text),
            lang_texts=question.text,
            note=_question_note(question, labels),
            missing=missing_languages(_texts_of(question), languages),
        )
        for question in questions
    ]


def _question_note(question: "Question", labels: dict[str, str]) -> str:
    parts = [_(labels[question.kind])]
    if question.proposal:
        parts.append(_("Proposal %(key)s", key=question.proposal.key))
    elif question.section:
        parts.append(_("Section %(key)s", key=question.section.key))
    if question.shown_if is not None:
        parts.append(
            _("Asked only after certain answers to %(key)s", key=question.shown_if.question)
        )
    if question.is_required:
        parts.append(_("Must be answered"))
    if question.is_private or question.withheld_at is not None:
        parts.append(_("Not for publication"))
    return " · ".join(parts)


def _texts_of(question: "Question") -> list[dict[str, str]]:
    texts = [question.text, question.help, *(option.labels for option in question.options)]
    if question.scale is not None:
        texts += [question.scale.low, question.scale.high]
    return texts
