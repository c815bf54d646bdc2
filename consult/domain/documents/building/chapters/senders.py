"""Chapter 2: who answered, from what was received to what counts."""

from collections.abc import Sequence

from consult.domain.documents.building.chapters.campaigns import in_campaigns
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.counted import list_order
from consult.domain.documents.building.data import AnswerFacts
from consult.domain.documents.building.meetings import meetings_section
from consult.domain.documents.building.senders import countable_kind
from consult.domain.documents.building.wording import fact_lines, paragraph
from consult.domain.documents.types import (
    Alignment,
    Block,
    Chart,
    ChartKind,
    Column,
    Inlines,
    Row,
    Section,
    Series,
    Table,
    Text,
)
from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.types import ROUND_RULES
from consult.domain.submissions.types import (
    CHANNEL_LABELS,
    DEADLINE_STATUS_LABELS,
    SUBMISSION_STATUS_LABELS,
    Channel,
    DeadlineStatus,
    SubmissionStatus,
)
from consult.kernel.i18n import N_

_WHO_COULD_ANSWER = {
    True: N_(
        "Everybody could answer, also those who were not invited. The round has therefore no "
        "response rate, and silence is neither consent nor refusal."
    ),
    False: N_("Only those who were invited could answer. Silence is neither consent nor refusal."),
}


def chapter_senders(context: Context) -> Section:
    """How many answered and who they are, each number with its unit."""
    say = context.say
    blocks: list[Block] = [
        Section("senders-flow", say.gettext(N_("From received to analysed")), _flow(context))
    ]
    if context.figures.analysed:
        blocks.append(
            Section("senders-kinds", say.gettext(N_("Who they are")), _kinds(context)),
        )
        blocks.append(
            Section("senders-how", say.gettext(N_("How and when they answered")), _how(context))
        )
    if context.data.invited:
        heading = say.gettext(N_("Those who were invited"))
        blocks.append(Section("senders-invited", heading, _invited(context)))
    blocks += meetings_section(context)
    return Section("senders", say.gettext(N_("Who answered")), tuple(blocks))


def _cells(*values: str | int, context: Context) -> tuple[Inlines, ...]:
    return tuple(
        (Text(context.say.number(value) if isinstance(value, int) else value),) for value in values
    )


def _flow(context: Context) -> tuple[Block, ...]:
    say, figures = context.say, context.figures
    received, analysed = len(context.data.answers), len(figures.analysed)
    if not received:
        return (paragraph(say.gettext(N_("No answers have been received."))),)
    text = say.ngettext("One answer was received.", "%(num)s answers were received.", received)
    senders = say.ngettext("one sender", "%(num)s senders", figures.count_senders())
    if not figures.excluded:
        all_count = say.gettext(
            N_("All of them have been analysed. They come from %(senders)s."), senders=senders
        )
        return (paragraph(f"{text} {all_count}"), *_along(context))
    rows = [Row(_cells(say.gettext(N_("Received")), received, context=context))]
    rows += [
        Row(_cells(_reason(reason, context), -count, context=context))
        for reason, count in figures.excluded
    ]
    rows.append(Row(_cells(say.gettext(N_("Analysed")), analysed, context=context), total=True))
    counted = say.ngettext(
        "One of them has been analysed. It comes from %(senders)s.",
        "%(num)s of them have been analysed. They come from %(senders)s.",
        analysed,
        senders=senders,
    )
    return (
        paragraph(f"{text} {counted}"),
        Table(
            "table-flow",
            say.gettext(N_("From received to analysed answers")),
            (
                Column(say.gettext(N_("Step")), weight=4),
                Column(say.gettext(N_("Answers")), Alignment.NUMBER, weight=1),
            ),
            tuple(rows),
            unit=say.gettext(N_("number of answers")),
        ),
        *_along(context),
    )


def _along(context: Context) -> tuple[Block, ...]:
    """How many belong to campaigns, or lay beside another body's: each is an answer of its own."""
    say = context.say
    letters = in_campaigns(context)
    number = sum(answer.came_with is not None for answer in context.figures.analysed)
    if not number:
        return letters
    text = say.ngettext(
        "One of the answers is another body's own statement that came along with an answer, such "
        "as a council's with its municipality's. It counts by itself.",
        "%(num)s of the answers are other bodies' own statements that came along with an answer, "
        "such as a council's with its municipality's. Each counts by itself.",
        number,
    )
    return (*letters, paragraph(text))


def _reason(reason: SubmissionStatus | DeadlineStatus, context: Context) -> str:
    if isinstance(reason, SubmissionStatus):
        return context.say.gettext(SUBMISSION_STATUS_LABELS[reason])
    return context.say.gettext(DEADLINE_STATUS_LABELS[reason])


def _kinds(context: Context) -> tuple[Block, ...]:
    say, figures = context.say, context.figures
    by_group = figures.count_by(lambda answer: answer.group)
    chart = Chart(
        "figure-groups",
        ChartKind.BAR,
        say.gettext(N_("Answers by group of actors")),
        say.gettext(N_("A bar for each group, the longer the more answers.")),
        tuple(context.group(group) for group in figures.groups),
        (Series(say.gettext(N_("Answers")), tuple(by_group[g] for g in figures.groups)),),
        unit=say.gettext(N_("number of answers")),
    )
    return (chart, _kind_table(context))


def _kind_table(context: Context) -> Table:
    say, figures = context.say, context.figures
    by_kind: dict[str, list[AnswerFacts]] = {}
    for answer in sorted(figures.analysed, key=list_order):
        by_kind.setdefault(countable_kind(answer, say), []).append(answer)
    has_joined = any(answer.only_joins for answer in figures.analysed)
    rows = [
        Row(_cells(label, *_kind_counts(answers, has_joined), context=context))
        for label, answers in by_kind.items()
    ]
    label, counts = say.gettext(N_("All")), _kind_counts(figures.analysed, has_joined)
    rows.append(Row(_cells(label, *counts, context=context), total=True))
    joined = Column(say.gettext(N_("Joins another’s answer")), Alignment.NUMBER, weight=2)
    return Table(
        "table-kinds",
        say.gettext(N_("Answers by kind of sender")),
        (
            Column(say.gettext(N_("Kind of sender")), weight=5),
            Column(say.gettext(N_("Answers")), Alignment.NUMBER, weight=2),
            Column(say.gettext(N_("With comments")), Alignment.NUMBER, weight=2),
            *((joined,) if has_joined else ()),
            Column(say.gettext(N_("“No comments” only")), Alignment.NUMBER, weight=2),
        ),
        tuple(rows),
        unit=say.gettext(N_("number of answers")),
    )


def _kind_counts(answers: Sequence[AnswerFacts], has_joined: bool) -> tuple[int, ...]:
    """All, those with comments, those that only join another (where any does), and the rest."""
    joined = sum(answer.only_joins for answer in answers)
    comments = sum(answer.has_comments for answer in answers) - joined
    rest = len(answers) - comments - joined
    return (len(answers), comments, joined, rest) if has_joined else (len(answers), comments, rest)


def _how(context: Context) -> tuple[Block, ...]:
    say, figures = context.say, context.figures
    channels = figures.count_by(lambda answer: answer.channel)
    languages = figures.count_by(lambda answer: answer.language)
    times = figures.count_by(lambda answer: answer.deadline_status)
    lines = (
        (
            say.gettext(N_("Channel")),
            [(say.gettext(CHANNEL_LABELS[c]), channels[c]) for c in Channel],
        ),
        (
            say.gettext(N_("Language")),
            [(say.language(str(code)), number) for code, number in languages.most_common()],
        ),
        (
            say.gettext(N_("Deadline")),
            [(say.gettext(DEADLINE_STATUS_LABELS[s]), times[s]) for s in DeadlineStatus],
        ),
    )
    facts = [
        (term, " · ".join(f"{label} {say.number(n)}" for label, n in parts if n))
        for term, parts in lines
    ]
    unit = say.gettext(N_("All numbers are answers that have been analysed."))
    return (fact_lines(facts), paragraph(unit))


def _invited(context: Context) -> tuple[Block, ...]:
    say, figures = context.say, context.figures
    invited = context.data.invited
    text = say.ngettext(
        "One body was invited to answer.",
        "%(num)s bodies were invited to answer.",
        len(invited),
    )
    answered = say.ngettext(
        "One of them has answered.",
        "%(num)s of them have answered.",
        figures.invited_answered,
    )
    note = say.gettext(_WHO_COULD_ANSWER[ROUND_RULES[context.data.round.type].is_open_to_all])
    shares = []
    for group in ActorGroup:
        bodies = [body for body in invited if body.actor_type.group is group]
        replied = sum(body.organisation_id in figures.answered_ids for body in bodies)
        if bodies:
            share = say.gettext(
                N_("%(group)s %(answered)s of %(invited)s"),
                group=context.group(group),
                answered=replied,
                invited=len(bodies),
            )
            shares.append(share)
    by_group = fact_lines([(say.gettext(N_("Answered, of those invited")), " · ".join(shares))])
    return (paragraph(f"{text} {answered} {note}"), by_group)
