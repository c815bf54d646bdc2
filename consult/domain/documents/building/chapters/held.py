"""How the round was held and worked on, for the chapter on method: dates, who was asked, languages.

What is told of persons follows the rule for small groups (ADR 41).
"""

from collections import Counter

from consult.domain.coding.agreement import Answers, cohens_kappa, krippendorffs_alpha
from consult.domain.disclosure.types import BASIS_LABELS
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.wording import fact_lines, paragraph
from consult.domain.documents.types import (
    Alignment,
    Block,
    Column,
    ItemList,
    ListItem,
    Row,
    Table,
    Text,
)
from consult.domain.organisations.types import ActorGroup
from consult.domain.submissions.types import (
    CHANNEL_LABELS,
    DEADLINE_STATUS_LABELS,
    SUBMISSION_STATUS_LABELS,
    Channel,
    SubmissionStatus,
)
from consult.kernel.i18n import N_

_SAMI = frozenset({"se", "sma", "smj", "smn", "sms"})
_FORMS = {"nb": N_("Bokmål"), "nn": N_("Nynorsk")}
_OTHER = N_("Other languages")


def how_it_was_held(context: Context) -> tuple[Block, ...]:
    """Dates, channels, reminders, who was asked and who answered, what was left out and why."""
    say, figures, data = context.say, context.figures, context.data
    channels = figures.count_by(lambda one: one.channel)
    facts = [
        (say.gettext(N_("Opened")), say.day(data.round.opens_at)),
        (say.gettext(N_("Deadline")), say.moment(data.round.closes_at)),
        (
            say.gettext(N_("Channels, answers analysed")),
            " · ".join(
                f"{say.gettext(CHANNEL_LABELS[one])} {say.number(channels[one])}"
                for one in Channel
                if channels[one]
            ),
        ),
        (say.gettext(N_("Reminders")), _reminders(context)),
        (say.gettext(N_("Received and left out")), _left_out(context)),
        (say.gettext(N_("Languages of the answers")), _languages(context)),
    ]
    moves = tuple(
        ListItem(
            (
                paragraph(
                    say.gettext(
                        N_("The deadline was moved from %(old)s to %(new)s."),
                        old=say.day(one.old),
                        new=say.day(one.new),
                    )
                ),
            )
        )
        for one in data.round.deadline_moves
    )
    return (
        fact_lines(facts),
        *((ItemList(moves),) if moves else ()),
        *((_asked(context),) if figures.analysed or data.invited else ()),
    )


def _reminders(context: Context) -> str:
    if not context.data.invited:
        return ""
    if not context.data.reminded:
        return context.say.gettext(N_("Nobody was reminded."))
    return context.say.gettext(
        N_("%(reminded)s of the %(invited)s bodies that were asked"),
        reminded=context.data.reminded,
        invited=len(context.data.invited),
    )


def _left_out(context: Context) -> str:
    """The funnel in a line: what was received, and why some of it does not count."""
    say, figures = context.say, context.figures
    parts = [say.gettext(N_("%(number)s received"), number=len(context.data.answers))]
    for reason, number in figures.excluded:
        if isinstance(reason, SubmissionStatus):
            label = SUBMISSION_STATUS_LABELS[reason]
        else:
            label = DEADLINE_STATUS_LABELS[reason]
        parts.append(f"{say.gettext(label)} {say.number(number)}")
    parts.append(say.gettext(N_("%(number)s analysed"), number=len(figures.analysed)))
    return " · ".join(parts)


def _languages(context: Context) -> str:
    """Bokmål, nynorsk, Sámi and others; of organisations alone where persons could be found."""
    say, figures = context.say, context.figures
    everybody: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    for answer in figures.analysed:
        form = _form_of(answer.language)
        everybody[form] += 1
        persons[form] += not answer.actor_type.is_organisation
    is_hidden = any(figures.small.hides(number) for number in persons.values() if number)
    told = everybody - persons if is_hidden else everybody
    lines = " · ".join(f"{say.gettext(form)} {say.number(n)}" for form, n in told.most_common())
    if not is_hidden or not lines:
        return lines
    return say.gettext(N_("%(languages)s (organisations only)"), languages=lines)


def _form_of(language: str) -> str:
    return N_("Sámi") if language in _SAMI else _FORMS.get(language, _OTHER)


def _asked(context: Context) -> Table:
    """Who was asked and who answered, by group, each number with what it is out of."""
    say, figures = context.say, context.figures
    answers = figures.count_by(lambda one: one.group)
    rows, in_all = [], [0, 0, 0]
    for group in ActorGroup:
        asked = [body for body in context.data.invited if body.actor_type.group is group]
        if not asked and (not answers[group] or group not in figures.groups_told):
            continue
        replied = sum(body.organisation_id in figures.answered_ids for body in asked)
        numbers = [len(asked), replied, answers[group]]
        in_all = [one + more for one, more in zip(in_all, numbers, strict=True)]
        rows.append(_row(context, context.group(group), *numbers))
    rows.append(_row(context, say.gettext(N_("All")), *in_all, is_total=True))
    return Table(
        "table-asked",
        say.gettext(N_("Who was asked and who answered")),
        (
            Column(say.gettext(N_("Group")), weight=5),
            Column(say.gettext(N_("Asked")), Alignment.NUMBER, weight=2),
            Column(say.gettext(N_("Answered, of those asked")), Alignment.NUMBER, weight=3),
            Column(say.gettext(N_("Answers analysed, asked or not")), Alignment.NUMBER, weight=3),
        ),
        tuple(rows),
        unit=say.gettext(N_("number of bodies and of answers")),
    )


def _row(
    context: Context, label: str, asked: int, replied: int, answers: int, *, is_total: bool = False
) -> Row:
    say = context.say
    of = say.gettext(N_("%(number)s of %(of)s"), number=replied, of=asked) if asked else "–"
    cells = (label, say.number(asked), of, say.number(answers))
    return Row(tuple((Text(one),) for one in cells), total=is_total)


def how_coders_agree(context: Context) -> str:
    """How far two readers agreed on what both have coded, with how much that was."""
    say, double = context.say, context.data.double
    if double is None:
        return say.gettext(
            N_("No sample was coded twice, so there is no measure of how far coders agree.")
        )
    answers = Answers(double.both, double.first, double.second, double.neither)
    return say.gettext(
        N_(
            "%(passages)s passages were coded once more by another person, who did not see the "
            "first coding. Agreement over all themes: Krippendorff’s α %(alpha)s, Cohen’s κ "
            "%(kappa)s (n = %(number)s judgements)."
        ),
        passages=double.passages,
        alpha=_measure(context, krippendorffs_alpha(answers)),
        kappa=_measure(context, cohens_kappa(answers)),
        number=answers.number,
    )


def _measure(context: Context, value: float | None) -> str:
    if value is None:
        return context.say.gettext(N_("cannot be computed"))
    shown = f"{value:.2f}"
    return shown if context.say.locale == "en" else shown.replace(".", ",")


def what_was_taken_out(context: Context) -> str:
    """How many places were taken out of the answers that count, and by which law."""
    say, found = context.say, context.data.redactions
    places = sum(one.places for one in found)
    if not places:
        return say.gettext(N_("No words were taken out of the answers."))
    parts = [f"{say.gettext(BASIS_LABELS[one.basis])}: {say.number(one.places)}" for one in found]
    text = say.ngettext(
        "Words were taken out of the answers in one place before others may read them.",
        "Words were taken out of the answers in %(num)s places before others may read them.",
        places,
    )
    return f"{text} {'; '.join(parts)}."
