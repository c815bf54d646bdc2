"""Chapter 7: what the figures rest on, how the summary was made, and what it cannot tell."""

from consult.domain.documents.building.chapters.campaigns import campaign_counting
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.counts import FrozenCounts
from consult.domain.documents.building.small_groups import rule_in_words
from consult.domain.documents.building.wording import fact_lines, paragraph
from consult.domain.documents.types import (
    Block,
    Foreign,
    ItemList,
    ListItem,
    Paragraph,
    Ref,
    Section,
    Text,
)
from consult.domain.submissions.types import DeadlineStatus, Publication, SubmissionStatus
from consult.kernel.i18n import N_

_NO_LANGUAGE = "zxx"  # so that a hash is neither hyphenated nor read out as words

_DECIDED_LATE = frozenset({DeadlineStatus.LATE_INCLUDED, DeadlineStatus.LATE_EXCLUDED})


def chapter_method(context: Context) -> Section:
    """The frozen data, coding, counting, quoting, and what was not done."""
    say = context.say
    blocks = (
        Section("method-data", say.gettext(N_("What the figures rest on")), _basis(context)),
        Section("method-coding", say.gettext(N_("How the answers were sorted")), _coding(context)),
        Section("method-counting", say.gettext(N_("How we count")), _counting(context)),
        Section("method-quotes", say.gettext(N_("How we quote and name")), _quoting(context)),
        Section("method-limits", say.gettext(N_("What was not done")), _limits(context)),
    )
    return Section("method", say.gettext(N_("Method")), blocks)


def _basis(context: Context) -> tuple[Block, ...]:
    """The snapshot: when and why it was taken, how much it holds, and its hash."""
    say, basis, data = context.say, context.basis, context.data
    counts = FrozenCounts.of(data)
    frozen = say.gettext(
        N_(
            "Every figure and every quotation comes from data that were frozen on %(moment)s under "
            "the name “%(name)s”. What came later is not in them, nor what was corrected, "
            "withdrawn or coded differently after that."
        ),
        moment=say.moment(basis.taken_at),
        name=basis.name,
    )
    blocks: list[Block] = [paragraph(frozen)]
    if basis.reason:
        lead = say.gettext(N_("Why the data were frozen again:"))
        reason = say.foreign(basis.reason, data.round.language)
        blocks.append(Paragraph((Text(f"{lead} "), reason)))
    facts = [
        (say.gettext(label), say.number(number))
        for label, number in (
            (N_("Answers received"), counts.received),
            (N_("Answers analysed"), counts.analysed),
            (N_("Answers withdrawn"), counts.withdrawn),
            (N_("Passages in the analysed answers"), counts.passages),
            (N_("Pairs of passage and theme"), counts.codings),
            (N_("Stances"), counts.stances),
            (N_("Themes in the codebook"), counts.themes),
        )
    ]
    blocks.append(fact_lines(facts))
    blocks.append(paragraph(say.gettext(N_("SHA-256 of the frozen data:"))))
    blocks.append(Paragraph((Foreign((Text(basis.digest),), _NO_LANGUAGE),)))
    return tuple(blocks)


def _coding(context: Context) -> tuple[Block, ...]:
    say = context.say
    text = say.gettext(
        N_(
            "Every answer was divided into passages, one for each paragraph or bullet. A passage "
            "was given the themes it is about; it may have several, or none."
        )
    )
    numbers = say.gettext(
        N_("Of %(total)s passages in the analysed answers, %(coded)s have at least one theme."),
        total=context.data.divided,
        coded=context.data.sorted,
    )
    coders = say.ngettext(
        "One person did the sorting.",
        "%(num)s persons did the sorting.",
        context.data.coders,
    )
    sentences = [text, numbers]
    if context.data.coders:
        sentences.append(coders)
    if context.data.imported_codings:
        sentences.append(
            say.ngettext(
                "One pairing of passage and theme was read in from a file.",
                "%(num)s pairings of passage and theme were read in from a file.",
                context.data.imported_codings,
            )
        )
    if context.data.suggested_codings:
        sentences.append(
            say.ngettext(
                "One pairing was first suggested by a model on our own machine. A person read the "
                "passage and accepted it.",
                "%(num)s pairings were first suggested by a model on our own machine. A person "
                "read each passage and accepted it.",
                context.data.suggested_codings,
            )
        )
    blocks: list[Block] = [paragraph(" ".join(sentences))]
    if context.data.themes:
        book = say.ngettext(
            "The codebook has one theme. It stands in",
            "The codebook has %(num)s themes. It stands in",
            len(context.data.themes),
        )
        blocks.append(Paragraph((Text(f"{book} "), Ref("codebook"), Text("."))))
    if changes := _codebook_changes(context):
        blocks.append(paragraph(" ".join(changes)))
    return tuple(blocks)


def _codebook_changes(context: Context) -> list[str]:
    """Which version of the codebook the figures rest on, and what was halfway between two."""
    say, data = context.say, context.data
    sentences = []
    if data.codebook_version > 1:
        sentences.append(
            say.gettext(
                N_("The figures rest on version %(number)s of the codebook."),
                number=data.codebook_version,
            )
        )
    for theme in data.themes:
        if theme.waiting:
            text = N_(
                "The theme “%(theme)s” was split. Passages that had not been sorted yet count "
                "under it (%(number)s)."
            )
            sentences.append(say.gettext(text, theme=theme.name, number=theme.waiting))
    return sentences


def _counting(context: Context) -> tuple[Block, ...]:
    say = context.say
    units: tuple[str, ...] = (
        N_("An answer is what was sent at one time, whatever the channel."),
        N_(
            "A sender is an organisation, however many answers it sends, or a person. Where a "
            "sender has answered several times, the last stance on a proposal counts."
        ),
        N_("A passage is a paragraph or a bullet of an answer."),
        N_(
            "Quantity words follow fixed limits, always out of those who address the point: one; a "
            "few (2–3); some (under 10 per cent); several (up to a third); many (up to a half); a "
            "majority (over a half); most (over three quarters); all. Where fewer than five "
            "address a proposal, they are named instead."
        ),
        N_(
            "Where somebody has read an answer and judged its stance, that judgement is used; "
            "otherwise the stance that the sender chose."
        ),
    )
    units += _decided(context)
    items = tuple(ListItem((paragraph(say.gettext(unit)),)) for unit in units)
    limits = say.gettext(
        N_(
            "The senders have chosen themselves to answer. The numbers therefore say nothing about "
            "how common a view is among people in general."
        )
    )
    protected = rule_in_words(context)
    return (
        ItemList(items),
        *campaign_counting(context),
        *([paragraph(protected)] if protected else []),
        paragraph(limits),
    )


def _decided(context: Context) -> tuple[str, ...]:
    """What was decided about single answers, where anything was."""
    answers = context.data.answers
    sentences = []
    if any(answer.deadline_status in _DECIDED_LATE for answer in answers):
        sentences.append(
            N_(
                "Whether an answer after the deadline was included, was decided for each one, with "
                "a reason."
            )
        )
    if any(answer.status is SubmissionStatus.MULTIPLE for answer in answers):
        sentences.append(
            N_(
                "Where the same sender sent several answers, somebody decided which one counts. "
                "The others are counted as removed."
            )
        )
    return tuple(sentences)


def _quoting(context: Context) -> tuple[Block, ...]:
    say = context.say
    text = say.gettext(
        N_(
            "Quotations are verbatim and in the language they were written in. What was taken down "
            "in a meeting or on the phone stands without quotation marks. Quotations illustrate; "
            "they prove nothing about numbers. A sender is named only if that is what they asked "
            "for. Private persons are not named in lists."
        )
    )
    text += " " + say.gettext(
        N_(
            "A passage stands as support or as an objection only if a reader found the stance in "
            "that very passage, or if it is all that the answer says about the proposal. Otherwise "
            "it stands as a passage without a stance of its own: an answer that supports a "
            "proposal may also object to parts of it."
        )
    )
    hidden = sum(
        answer.publication is Publication.NOT_ON_WEB for answer in context.figures.analysed
    )
    if hidden:
        text += " " + say.ngettext(
            "One answer is not to be published on the web: it is counted, but neither named nor "
            "quoted.",
            "%(num)s answers are not to be published on the web: they are counted, but neither "
            "named nor quoted.",
            hidden,
        )
    return (paragraph(text),)


def _limits(context: Context) -> tuple[Block, ...]:
    say = context.say
    limits = [
        N_("No sample was coded twice, so there is no measure of how far coders agree."),
        N_("What the answers claim about facts was not checked."),
        N_("Attachments were not analysed unless they were the answer itself."),
        N_("Quotations were not translated."),
    ]
    if context.data.round.is_taking_answers:
        limits.insert(
            0, N_("The round is still open: more answers may come, and the numbers change.")
        )
    return (ItemList(tuple(ListItem((paragraph(say.gettext(text)),)) for text in limits)),)
