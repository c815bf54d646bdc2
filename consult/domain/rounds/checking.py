"""Checking a round as a whole: whether it holds together, and what it lacks to be announced."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.conditions import condition_problems
from consult.domain.rounds.findings import HOLIDAY_EXTENSIONS, Finding, FindingCode, Holiday, Part
from consult.domain.rounds.rules import deadline_warning
from consult.domain.rounds.types import (
    ROUND_RULES,
    DeadlineWarning,
    Problem,
    QuestionKind,
    QuestionSpec,
    RoundSpec,
)
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import CONTENT_LANGUAGES

STATE_LANGUAGES = frozenset({"nb", "nn"})
"""Forms of state bodies must exist in both at the same time (språklova § 14)."""

CHOICE_KINDS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE})
MAXIMUM_SCALE_STEPS = 11

Texts = dict[str, str]


def spec_problems(spec: RoundSpec) -> tuple[Problem, ...]:
    """Every rule of form that a round breaks, with its place; parts are counted from 1."""
    return (
        *_language_problems(spec),
        *_date_problems(spec),
        *_key_problems("sections", [section.key for section in spec.sections]),
        *_key_problems("proposals", [proposal.key for proposal in spec.proposals]),
        *_key_problems("questions", [question.key for question in spec.questions]),
        *_invitation_problems(spec),
        *_part_problems(spec),
        *condition_problems(spec.questions),
    )


def question_problems(question: QuestionSpec, place: str = "question") -> Iterator[Problem]:
    """What a question of its kind lacks, or has too much of."""
    if not has_text(question.text):
        yield Problem(f"{place}.text", "required")
    if question.kind in CHOICE_KINDS:
        if len(question.options) < 2:
            yield Problem(f"{place}.options", "at least two options are needed")
        yield from _key_problems(f"{place}.options", [option.key for option in question.options])
        for number, option in enumerate(question.options, start=1):
            if not has_text(option.labels):
                yield Problem(f"{place}.options[{number}]", "a text is needed")
    elif question.options:
        yield Problem(f"{place}.options", f"a question of kind {question.kind} has no options")
    yield from _scale_problems(question, place)
    if question.kind is QuestionKind.STANCE and question.proposal is None:
        yield Problem(f"{place}.proposal", "a stance is taken on a proposal; name its key")


def announcement_findings(
    spec: RoundSpec, *, owner_type: ActorType, invited: int, now: datetime
) -> tuple[Finding, ...]:
    """What stands in the way of announcing a round, and what is worth a second look.

    Args:
        spec: The round as it stands.
        owner_type: What kind of body asks; state bodies owe both written standards of Norwegian.
        invited: How many bodies are on the list of consultees.
        now: The moment of announcing: a round that should have opened before it opens then.
    """
    return (
        *_missing_findings(spec, invited=invited),
        *_deadline_findings(spec, now=now),
        *_translation_findings(spec, owner_type=owner_type),
    )


def has_text(texts: Texts) -> bool:
    """Whether anything is written in any language."""
    return any(text.strip() for text in texts.values())


def holidays_within(first: date, last: date) -> tuple[Holiday, ...]:
    """The holidays that a time to answer runs over, however partly."""
    found: list[Holiday] = []
    for year in range(first.year - 1, last.year + 1):
        easter = easter_sunday(year)
        times = {
            Holiday.SUMMER: (date(year, 7, 1), date(year, 7, 31)),
            Holiday.CHRISTMAS: (date(year, 12, 24), date(year + 1, 1, 1)),
            Holiday.EASTER: (easter - timedelta(days=7), easter + timedelta(days=1)),
        }
        found += [
            holiday
            for holiday, (start, end) in times.items()
            if start <= last and end >= first and holiday not in found
        ]
    return tuple(found)


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by Meeus' and Jones' rule."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def _language_problems(spec: RoundSpec) -> Iterator[Problem]:
    if not spec.languages:
        yield Problem("languages", "name at least one language")
        return
    for language in spec.languages:
        if language not in CONTENT_LANGUAGES:
            known = ", ".join(CONTENT_LANGUAGES)
            yield Problem("languages", f"{language!r} is not one of {known}")
    for place, texts in _placed_texts(spec):
        for language in texts:
            if language not in spec.languages:
                yield Problem(place, f"{language!r} is not among the round's languages")


def _placed_texts(spec: RoundSpec) -> Iterator[tuple[str, Texts]]:
    for name in ("title", "introduction", "influence", "settled", "plain"):
        yield name, getattr(spec, name)
    for place, words in spec.mail_texts.items():
        yield f"mails.{place}", words
    for number, section in enumerate(spec.sections, start=1):
        yield f"sections[{number}].title", section.title
        yield f"sections[{number}].body", section.body
        yield f"sections[{number}].plain", section.plain
    for number, proposal in enumerate(spec.proposals, start=1):
        yield f"proposals[{number}].title", proposal.title
        yield f"proposals[{number}].text", proposal.text
    for number, question in enumerate(spec.questions, start=1):
        for name, texts in _question_texts(question):
            yield f"questions[{number}].{name}", texts


def _question_texts(question: QuestionSpec) -> Iterator[tuple[str, Texts]]:
    yield "text", question.text
    yield "help", question.help
    for number, option in enumerate(question.options, start=1):
        yield f"options[{number}]", option.labels
    if question.scale is not None:
        yield "scale.low", question.scale.low
        yield "scale.high", question.scale.high


def _date_problems(spec: RoundSpec) -> Iterator[Problem]:
    if spec.closes_at <= spec.opens_at:
        yield Problem("closes", "the deadline must be after the opening")


def _key_problems(place: str, keys: Sequence[str | None]) -> Iterator[Problem]:
    for key, count in Counter(keys).items():
        if key is not None and count > 1:
            yield Problem(place, f"the key {key!r} is used {count} times")


def _invitation_problems(spec: RoundSpec) -> Iterator[Problem]:
    invited = Counter(invitation.organisation for invitation in spec.invitations)
    for slug, count in invited.items():
        if count > 1:
            yield Problem("invitations", f"{slug!r} is invited {count} times")


def _part_problems(spec: RoundSpec) -> Iterator[Problem]:
    sections = {section.key for section in spec.sections}
    proposals = {proposal.key for proposal in spec.proposals}
    for number, section in enumerate(spec.sections, start=1):
        if not has_text(section.title):
            yield Problem(f"sections[{number}].title", "required")
    for number, proposal in enumerate(spec.proposals, start=1):
        if not has_text(proposal.title):
            yield Problem(f"proposals[{number}].title", "required")
        if proposal.section is not None and proposal.section not in sections:
            yield Problem(f"proposals[{number}].section", f"no section {proposal.section!r}")
    for number, question in enumerate(spec.questions, start=1):
        place = f"questions[{number}]"
        yield from question_problems(question, place)
        if question.section is not None and question.section not in sections:
            yield Problem(f"{place}.section", f"no section {question.section!r}")
        if question.proposal is not None and question.proposal not in proposals:
            yield Problem(f"{place}.proposal", f"no proposal {question.proposal!r}")


def _scale_problems(question: QuestionSpec, place: str) -> Iterator[Problem]:
    scale = question.scale
    if question.kind is not QuestionKind.SCALE:
        if scale is not None:
            yield Problem(f"{place}.scale", f"a question of kind {question.kind} has no scale")
        return
    if scale is None:
        yield Problem(f"{place}.scale", "a scale is needed")
        return
    steps = scale.maximum - scale.minimum + 1
    if not 2 <= steps <= MAXIMUM_SCALE_STEPS:
        yield Problem(f"{place}.scale", f"a scale has 2 to {MAXIMUM_SCALE_STEPS} steps")
    if not (has_text(scale.low) and has_text(scale.high)):
        yield Problem(f"{place}.scale", "say in words what both ends mean")


def _missing_findings(spec: RoundSpec, *, invited: int) -> Iterator[Finding]:
    if not has_text(spec.title):
        yield Finding(FindingCode.TITLE_MISSING, blocks=True)
    if not has_text(spec.introduction):
        yield Finding(FindingCode.INTRODUCTION_MISSING, blocks=True)
    if not spec.questions:
        yield Finding(FindingCode.QUESTIONS_MISSING, blocks=True, part=Part.QUESTION)
    contact = spec.contact
    if not contact.get("name") or not (contact.get("email") or contact.get("phone")):
        yield Finding(FindingCode.CONTACT_MISSING, blocks=True, part=Part.FRAME)
    if not invited:
        yield Finding(FindingCode.NOBODY_INVITED, blocks=False, part=Part.INVITATIONS)


def _deadline_findings(spec: RoundSpec, *, now: datetime) -> Iterator[Finding]:
    if spec.closes_at <= spec.opens_at:
        yield Finding(FindingCode.CLOSES_BEFORE_IT_OPENS, blocks=True, part=Part.DATES)
        return
    if spec.closes_at <= now:
        yield Finding(FindingCode.DEADLINE_PAST, blocks=True, part=Part.DATES)
        return
    opens_at = max(spec.opens_at, now)
    warning = deadline_warning(spec.type, opens_at=opens_at, closes_at=spec.closes_at)
    if warning is DeadlineWarning.UNDER_MINIMUM:
        code = FindingCode.UNDER_MINIMUM
        if not (spec.short_deadline_reason or "").strip():
            code = FindingCode.REASON_MISSING
        yield Finding(code, blocks=code is FindingCode.REASON_MISSING, part=Part.DATES)
    elif warning is DeadlineWarning.UNDER_NORMAL:
        yield Finding(FindingCode.UNDER_NORMAL, blocks=False, part=Part.DATES)
    yield from _holiday_findings(spec, opens_at=opens_at)


def _holiday_findings(spec: RoundSpec, *, opens_at: datetime) -> Iterator[Finding]:
    """Hints for a time to answer that a holiday makes shorter than it should be."""
    first, last = to_oslo(opens_at).date(), to_oslo(spec.closes_at).date()
    normal = ROUND_RULES[spec.type].normal_period
    for holiday in holidays_within(first, last):
        if normal is not None and last - first >= normal + HOLIDAY_EXTENSIONS[holiday]:
            continue
        yield Finding(FindingCode.HOLIDAY, blocks=False, part=Part.DATES, holiday=holiday)


def _translation_findings(spec: RoundSpec, *, owner_type: ActorType) -> Iterator[Finding]:
    """Texts that are missing in one of the round's languages.

    For a state body's open round, what people answer to (title, introduction, proposals and
    questions) must stand in bokmål and nynorsk at the same time: språklova § 14 on forms. The
    paper itself is a document, and other owners and internal texts are outside; those only warn.
    """
    is_bound = owner_type.group is ActorGroup.STATE and ROUND_RULES[spec.type].is_open_to_all
    if is_bound and not STATE_LANGUAGES.issubset(spec.languages):
        yield Finding(FindingCode.LANGUAGES_MISSING, blocks=True, part=Part.FRAME)
    for part, key, texts, is_form in _translatable(spec):
        for language in _missing_languages(texts, spec.languages):
            yield Finding(
                FindingCode.TRANSLATION_MISSING,
                blocks=is_bound and is_form and language in STATE_LANGUAGES,
                part=part,
                key=key,
                language=language,
            )


def _translatable(
    spec: RoundSpec,
) -> Iterator[tuple[Part, str | None, tuple[Texts, ...], bool]]:
    """Every part with its texts, and whether people answer to it."""
    yield Part.ROUND, None, (spec.title, spec.introduction), True
    yield Part.ROUND, None, (spec.influence, spec.settled, spec.plain), False
    for section in spec.sections:
        yield Part.SECTION, section.key, (section.title, section.body, section.plain), False
    for proposal in spec.proposals:
        yield Part.PROPOSAL, proposal.key, (proposal.title, proposal.text), True
    for question in spec.questions:
        texts = tuple(texts for _, texts in _question_texts(question))
        yield Part.QUESTION, question.key, texts, True


def _missing_languages(texts: Iterable[Texts], languages: Sequence[str]) -> Iterator[str]:
    written = [text for text in texts if has_text(text)]
    for language in languages:
        if any(not text.get(language, "").strip() for text in written):
            yield language
