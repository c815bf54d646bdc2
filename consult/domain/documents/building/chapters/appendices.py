"""Appendices: everybody who answered, and the codebook."""

from consult.domain.documents.building.behind import entries_of
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.counted import list_order
from consult.domain.documents.building.data import AnswerFacts, ThemeFacts
from consult.domain.documents.building.senders import is_listed, kind_of
from consult.domain.documents.building.wording import Wording, paragraph
from consult.domain.documents.types import (
    Block,
    Definition,
    DefinitionList,
    Emphasis,
    Inline,
    Numbered,
    Paragraph,
    Section,
    Sender,
    SenderGroup,
    SenderList,
    Text,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.submissions.mandates import NO_MANDATE, mandate_in_words
from consult.domain.submissions.types import Publication
from consult.kernel.i18n import N_


def appendix_senders(context: Context) -> Section:
    """Senders by kind; those without name called by their kind, persons and the rest counted."""
    say = context.say
    ordered = sorted(context.figures.analysed, key=list_order)
    entries = [entry for answer in ordered for entry in entries_of(answer, context)]
    entries.sort(key=lambda entry: list_order(entry[0]))
    groups: list[SenderGroup] = []
    for kind in ActorType:
        senders = tuple(
            Sender(_with_mandate(body, say), str(body.number), _along(body, note, say))
            for body, note in entries
            if body.actor_type is kind and is_listed(body)
        )
        if senders:
            groups.append(SenderGroup(say.gettext(ACTOR_TYPE_LABELS[kind]), senders))
    unnamed = tuple(
        Sender(kind_of(answer, say), str(answer.number))
        for answer in ordered
        if answer.publication is Publication.WITHOUT_NAME and answer.actor_type.is_organisation
    )
    if unnamed:
        groups.append(SenderGroup(say.gettext(N_("Without name")), unnamed))
    blocks: list[Block] = [SenderList(tuple(groups))] if groups else []
    blocks += _unlisted(context)
    intro = say.gettext(
        N_("The number after a name is the number of the answer. Private persons are not named.")
    )
    if any(answer.mandate != NO_MANDATE for answer in ordered):
        intro += " " + say.gettext(
            N_("Brackets tell on what mandate a body answered. No number weighs it.")
        )
    heading = say.gettext(N_("Everybody who answered"))
    return Section("all-senders", heading, (paragraph(intro), *blocks), Numbered.APPENDIX)


def _with_mandate(answer: AnswerFacts, say: Wording) -> str:
    """The sender's name, and in brackets on what mandate it answered, where it told."""
    mandate = mandate_in_words(answer.mandate, say.locale)
    return f"{answer.name} ({mandate})" if mandate else answer.name


def _unlisted(context: Context) -> list[Block]:
    """The senders who stand in no list, as numbers."""
    say, answers = context.say, context.figures.analysed
    unlisted = [a for a in answers if not is_listed(a)]
    groups = sum(a.actor_type is ActorType.INFORMAL_GROUP for a in unlisted)
    persons = sum(not a.actor_type.is_organisation for a in unlisted) - groups
    hidden = sum(
        a.publication is Publication.NOT_ON_WEB and a.actor_type.is_organisation for a in answers
    )
    parts = []
    if persons:
        parts.append(
            say.ngettext(
                "one answer from a private person",
                "%(num)s answers from private persons",
                persons,
            )
        )
    if groups:
        parts.append(
            say.ngettext(
                "one answer from a group without legal form",
                "%(num)s answers from groups without legal form",
                groups,
            )
        )
    if hidden:
        parts.append(
            say.ngettext(
                "one answer from a body that does not want it on the web",
                "%(num)s answers from bodies that do not want them on the web",
                hidden,
            )
        )
    if not parts:
        return []
    return [paragraph(say.gettext(N_("In addition: %(parts)s."), parts=say.join(parts)))]


def appendix_codebook(context: Context) -> Section | None:
    """Every theme with what it is about; nothing when there is no codebook."""
    say = context.say
    if not context.data.themes:
        return None
    items = tuple(_entry(context, theme, depth) for theme, depth in _walk(context, None, 0))
    intro = say.gettext(N_("A dash marks a sub-theme of the theme above it."))
    heading = say.gettext(N_("Codebook"))
    return Section(
        "codebook", heading, (paragraph(intro), DefinitionList(items)), Numbered.APPENDIX
    )


def _walk(context: Context, parent: str | None, depth: int) -> list[tuple[ThemeFacts, int]]:
    found: list[tuple[ThemeFacts, int]] = []
    for theme in context.figures.children(parent):
        found.append((theme, depth))
        found += _walk(context, theme.key, depth + 1)
    return found


def _entry(context: Context, theme: ThemeFacts, depth: int) -> Definition:
    say, language = context.say, context.data.round.language
    blocks: list[Block] = []
    if theme.definition:
        blocks.append(Paragraph((say.foreign(theme.definition, language),)))
    parts = (
        (say.gettext(N_("Includes:")), theme.include),
        (say.gettext(N_("Does not include:")), theme.exclude),
    )
    scope: list[Inline] = []
    for label, text in parts:
        if text:
            lead = f" {label} " if scope else f"{label} "
            scope += [Emphasis((Text(lead),)), say.foreign(text, language)]
    if scope:
        blocks.append(Paragraph(tuple(scope)))
    if not blocks:
        blocks.append(paragraph(say.gettext(N_("No definition has been written."))))
    return Definition("– " * depth + theme.name, tuple(blocks))


def _along(answer: AnswerFacts, note: str, say: Wording) -> str:
    """What stands after a name: the note on it, and which answer it lay beside."""
    if answer.came_with is None:
        return note
    along = say.gettext(N_("along with answer %(number)s"), number=str(answer.came_with))
    return f"{note}, {along}" if note else along
