"""Chapter 1: the round as it was, word for word from the record."""

from consult.domain.documents.building.context import Context
from consult.domain.documents.building.corrections import corrections_of
from consult.domain.documents.building.prose import prose
from consult.domain.documents.building.wording import fact_lines, paragraph
from consult.domain.documents.types import (
    Block,
    Box,
    Paragraph,
    Question,
    QuestionList,
    Ref,
    Section,
    Text,
)
from consult.domain.rounds.types import ROUND_RULES, QuestionKind
from consult.domain.submissions.types import CHANNEL_LABELS, Channel
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import N_, localised, localised_language


def chapter_about(context: Context) -> Section:
    """Why the round was held, when, how it was asked, and what."""
    say = context.say
    blocks: tuple[Block, ...] = (
        Section("about-why", say.gettext(N_("Why we asked")), _why(context)),
        Section("about-dates", say.gettext(N_("Dates and deadline")), _dates(context)),
        Section("about-questions", say.gettext(N_("What we asked")), _questions(context)),
    )
    return Section("about", say.gettext(N_("About the round")), blocks)


def _why(context: Context) -> tuple[Block, ...]:
    say, round_ = context.say, context.data.round
    blocks = list(prose(round_.introduction, say.locale))
    parts = (
        (say.gettext(N_("What could be influenced")), round_.influence),
        (say.gettext(N_("What was settled beforehand")), round_.settled),
    )
    blocks += [
        Box(title, prose(texts, say.locale)) for title, texts in parts if any(texts.values())
    ]
    return tuple(blocks)


def _dates(context: Context) -> tuple[Block, ...]:
    say, round_ = context.say, context.data.round
    days = (to_oslo(round_.closes_at).date() - to_oslo(round_.opens_at).date()).days
    kind = say.gettext(ROUND_RULES[round_.type].label)
    facts = [
        (say.gettext(N_("Kind of round")), kind),
        (say.gettext(N_("Opened")), say.day(round_.opens_at)),
        (say.gettext(N_("Deadline")), say.moment(round_.closes_at)),
        (
            say.gettext(N_("Time to answer")),
            say.ngettext("%(num)s day", "%(num)s days", days),
        ),
        (say.gettext(N_("Ways to answer")), _channels(context)),
    ]
    blocks: list[Block] = [fact_lines(facts)]
    if round_.short_deadline_reason:
        reason = say.foreign(round_.short_deadline_reason, round_.language)
        lead = say.gettext(N_("Why the time to answer was short:"))
        blocks.append(Paragraph((Text(f"{lead} "), reason)))
    blocks += _deadline_history(context)
    return tuple(blocks)


def _channels(context: Context) -> str:
    """The ways by which answers came, in words."""
    say = context.say
    used = context.figures.count_by(lambda answer: answer.channel)
    return say.join([say.gettext(CHANNEL_LABELS[c]).lower() for c in Channel if used[c]])


def _deadline_history(context: Context) -> list[Block]:
    say, round_ = context.say, context.data.round
    if not round_.deadline_moves:
        return [paragraph(say.gettext(N_("The deadline was not changed.")))]
    blocks: list[Block] = []
    for move in round_.deadline_moves:
        text = say.gettext(
            N_("On %(day)s the deadline was moved from %(old)s to %(new)s. The reason given:"),
            day=say.day(move.changed_at),
            old=say.day(move.old),
            new=say.day(move.new),
        )
        blocks.append(Paragraph((Text(f"{text} "), say.foreign(move.reason, round_.language))))
    return blocks


def _questions(context: Context) -> tuple[Block, ...]:
    """What was asked, and where the proposals stand."""
    say = context.say
    blocks = [*questions_asked(context)]
    if context.data.questions and context.data.proposals:
        text = say.ngettext(
            "One proposal was put forward, which everybody could comment on. Its text stands in",
            "%(num)s proposals were put forward. Each could be commented on, whether or not it was "
            "asked about. Their texts stand in",
            len(context.data.proposals),
        )
        blocks.append(Paragraph((Text(f"{text} "), Ref("proposals"), Text("."))))
    return tuple(blocks)


def questions_asked(context: Context) -> tuple[Block, ...]:
    """The questions as they were put, with what was corrected in them and what could be chosen."""
    say = context.say
    questions = context.data.questions
    if not questions:
        return (paragraph(say.gettext(N_("The round asked no particular questions."))),)
    intro = say.ngettext(
        "The round asked one question. It stands here exactly as it was put.",
        "The round asked %(num)s questions. They stand here exactly as they were put.",
        len(questions),
    )
    blocks: list[Block] = [paragraph(intro)]
    blocks.append(
        QuestionList(
            tuple(
                Question(str(number), localised(q.text, say.locale), localised(q.help, say.locale))
                for number, q in enumerate(questions, start=1)
            ),
            language=localised_language(questions[0].text, say.locale),
        )
    )
    for number, question in enumerate(questions, start=1):
        name = say.gettext(N_("Question %(number)s"), number=str(number))
        blocks += corrections_of(context, question, name=name)
    choices = [
        (number, [localised(option, say.locale) for option in question.options])
        for number, question in enumerate(questions, start=1)
        if question.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}
    ]
    blocks += [
        paragraph(
            say.gettext(
                N_("Answers to choose from in question %(number)s: %(options)s."),
                number=str(number),
                options="; ".join(options),
            )
        )
        for number, options in choices
    ]
    return tuple(blocks)
