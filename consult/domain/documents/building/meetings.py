"""What was said in meetings: told apart from the answers, and quoted only where it was verbatim."""

from consult.domain.analysis.meetings import HeldMeeting, SaidInMeeting
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.wording import paragraph
from consult.domain.documents.types import (
    Alignment,
    Block,
    Column,
    Inlines,
    Numbered,
    Paragraph,
    Quote,
    Row,
    Section,
    Table,
    Text,
)
from consult.domain.meetings.types import MEETING_KIND_LABELS
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.kernel.i18n import N_

_MOST_PER_THEME = 3


def meetings_section(context: Context) -> tuple[Section, ...]:
    """How many meetings, groups, notes and participants there were; nothing without a meeting."""
    meetings = context.data.meetings
    if not meetings:
        return ()
    blocks: list[Block] = [paragraph(_totals(context, meetings)), _table(context, meetings)]
    blocks.append(paragraph(_kinds(context, meetings)))
    attended = _attended(context, meetings)
    if attended:
        blocks.append(paragraph(attended))
    only = _only_in_meetings(context)
    if only:
        blocks.append(paragraph(only))
    return (Section("meetings", context.say.gettext(N_("Meetings")), tuple(blocks)),)


def meetings_on_theme(context: Context, key: str, *, anchor: str) -> tuple[Block, ...]:
    """What meetings said of a theme itself, from as many groups as possible."""
    said = [one for one in context.data.said if key in {mark.key for mark in one.themes}]
    if not said:
        return ()
    say = context.say
    meetings = say.ngettext(
        "one meeting", "%(num)s meetings", len({one.meeting_id for one in said})
    )
    intro = say.ngettext(
        "One passage of the notes is about this, from %(meetings)s. It is not counted above.",
        "%(num)s passages of the notes are about this, from %(meetings)s. They are not counted "
        "above.",
        len({one.counted_as for one in said}),
        meetings=meetings,
    )
    told = tuple(tell(one, context) for one in _from_many_groups(said))
    heading = say.gettext(N_("Said in meetings"))
    return (Section(f"{anchor}-meetings", heading, (paragraph(intro), *told), Numbered.NO),)


def tell(one: SaidInMeeting, context: Context) -> Block:
    """A passage of the notes: as a quotation where it is verbatim, else "from the minutes".

    Only a quotation gets quotation marks: the words of a table host are nobody's testimony.
    """
    say = context.say
    words = " ".join(one.quote.split())
    source = say.gettext(
        N_("%(meeting)s, group %(number)s"), meeting=one.meeting, number=str(one.group)
    )
    if one.may_be_quoted:
        return Quote(
            paragraphs=((Text(words),),),
            sender=say.gettext(N_("A participant")),
            reference=source,
            language="" if one.language == say.locale else one.language,
        )
    told = say.gettext(N_("from the minutes of %(source)s"), source=source)
    return Paragraph((say.foreign(words, one.language), Text(f" ({told})")))


def _from_many_groups(said: list[SaidInMeeting]) -> list[SaidInMeeting]:
    """At most a few: the first of each group before the second of any."""
    seen: dict[tuple[int, int], int] = {}
    ranked = []
    for place, one in enumerate(said):
        turn = seen.get((one.meeting_id, one.group), 0)
        seen[one.meeting_id, one.group] = turn + 1
        ranked.append((turn, place, one))
    return [one for _turn, _place, one in sorted(ranked, key=lambda r: r[:2])[:_MOST_PER_THEME]]


def _totals(context: Context, meetings: tuple[HeldMeeting, ...]) -> str:
    say = context.say
    parts = [
        say.ngettext("one group", "%(num)s groups", sum(m.groups for m in meetings)),
        say.ngettext("one note", "%(num)s notes", sum(m.notes for m in meetings)),
        say.ngettext("one participant", "%(num)s participants", sum(m.people for m in meetings)),
    ]
    return say.ngettext(
        "One meeting was held, with %(parts)s. What was said there is read and sorted like the "
        "answers, but counted apart: a meeting is never a number of answers.",
        "%(num)s meetings were held, with %(parts)s. What was said there is read and sorted like "
        "the answers, but counted apart: a meeting is never a number of answers.",
        len(meetings),
        parts=say.join(parts),
    )


def _table(context: Context, meetings: tuple[HeldMeeting, ...]) -> Table:
    say = context.say
    number = Alignment.NUMBER
    return Table(
        "table-meetings",
        say.gettext(N_("Meetings, with their groups, notes and participants")),
        (
            Column(say.gettext(N_("Meeting")), weight=4),
            Column(say.gettext(N_("Day")), weight=3),
            Column(say.gettext(N_("Groups")), number, weight=2),
            Column(say.gettext(N_("Notes")), number, weight=2),
            Column(say.gettext(N_("Participants")), number, weight=2),
        ),
        tuple(
            Row(
                _cells(
                    f"{meeting.title} ({say.gettext(MEETING_KIND_LABELS[meeting.kind])})",
                    say.day(meeting.starts_at),
                    *(say.number(n) for n in (meeting.groups, meeting.notes, meeting.people)),
                )
            )
            for meeting in meetings
        ),
        unit=say.gettext(N_("numbers of groups, of notes that stand, and of people")),
    )


def _cells(*values: str) -> tuple[Inlines, ...]:
    return tuple((Text(value),) for value in values)


def _kinds(context: Context, meetings: tuple[HeldMeeting, ...]) -> str:
    """Participants by kind, the kinds in the order of a list of senders."""
    say = context.say
    kinds = {kind for meeting in meetings for kind in meeting.participants}
    parts = [
        f"{say.gettext(ACTOR_TYPE_LABELS[kind])} "
        f"{say.number(sum(meeting.participants.get(kind, 0) for meeting in meetings))}"
        for kind in sorted(kinds, key=lambda kind: kind.list_rank)
    ]
    if not parts:
        return say.gettext(N_("The participants were not counted by kind."))
    return say.gettext(N_("Participants by kind: %(parts)s."), parts=" · ".join(parts))


def _attended(context: Context, meetings: tuple[HeldMeeting, ...]) -> str:
    """How many organisations took part and also answered: each is one actor."""
    say = context.say
    answered = {body.organisation_id: body.answer for m in meetings for body in m.attended}
    if not answered:
        return ""
    both = sum(number is not None for number in answered.values())
    text = say.ngettext(
        "One organisation is known to have taken part.",
        "%(num)s organisations are known to have taken part.",
        len(answered),
    )
    if both:
        text += " " + say.ngettext(
            "One of them has also sent an answer, and counts once, as the sender of that answer.",
            "%(num)s of them have also sent answers, and count once each, as senders of those.",
            both,
        )
    return text


def _only_in_meetings(context: Context) -> str:
    """Themes that no answer takes up, so that they have no section of their own."""
    raised = {mark.key for one in context.data.said for mark in one.themes}
    names = [
        theme.name
        for theme in context.data.themes
        if theme.key in raised
        and not context.figures.passages_on(theme.key)
        and not context.figures.hides_persons(theme.key)
    ]
    if not names:
        return ""
    return context.say.gettext(
        N_("Taken up in meetings only, and therefore without a section: %(themes)s."),
        themes=context.say.join_names(names),
    )
