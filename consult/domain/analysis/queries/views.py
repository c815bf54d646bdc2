"""Reading what the views across all answers show; a fixed number of queries for any round."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from itertools import combinations

from sqlalchemy import func, select

from consult.db import session
from consult.domain.analysis.queries.counting import matrix, organisations_on_themes
from consult.domain.analysis.queries.passages import with_themes_below
from consult.domain.analysis.queries.spoken import read_spoken
from consult.domain.analysis.rules import name_key
from consult.domain.analysis.shown_matrix import ShownRow, show_matrix
from consult.domain.analysis.small_groups import Count, SmallGroups
from consult.domain.analysis.types import ColumnsBy, CountUnit
from consult.domain.analysis.views import (
    Counties,
    InvitedGroup,
    Pair,
    Silence,
    SilentView,
    Week,
)
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.clusters import campaign_of_answers
from consult.domain.coding.queries.scope import counted_as, counts, is_current
from consult.domain.coding.queries.themes import ranked_themes
from consult.domain.coding.types import ThemeRow
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.queries import organisations_by_id
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.queries import invited_organisation_ids
from consult.domain.submissions.models import Submission, SubmissionVersion
from consult.kernel.clock import to_oslo

_PERSONS = tuple(kind for kind in ActorType if not kind.is_organisation)


def themes_together(round_id: int, threshold: int) -> tuple[Pair, ...]:
    """Pairs of themes on the same passage, the most frequent first; few persons are hidden.

    A theme and one under it are no pair: they go together by the codebook. A passage that repeats
    another answer counts once. Where few persons answered in all, theirs are left out.
    """
    themes = {theme.id: theme for theme in ranked_themes(round_id)}
    on_passage: dict[int, set[int]] = defaultdict(set)
    sender: dict[int, tuple[int, bool]] = {}
    query = (
        select(counted_as(), Coding.theme_id, Submission.id, Submission.actor_type)
        .select_from(Coding)
        .join(Passage, Coding.passage_id == Passage.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(counts(round_id), is_current(), Passage.copy_of_id.is_(None))
    )
    for passage_id, theme_id, submission_id, kind in session().execute(query):
        on_passage[passage_id].add(theme_id)
        sender[passage_id] = (submission_id, not kind.is_organisation)
    repeating, campaigns = _persons_repeating(round_id), campaign_of_answers(round_id)
    known: Counter[tuple[int, int]] = Counter()
    theirs: Counter[tuple[int, int]] = Counter()
    persons: dict[tuple[int, int], dict[int | None, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for passage_id, found in on_passage.items():
        submission_id, is_person = sender[passage_id]
        others = repeating.get(passage_id, set())
        for pair in combinations(sorted(found), 2):
            (theirs if is_person else known)[pair] += 1
            if is_person:
                persons[pair][campaigns.get(submission_id) if others else None].add(submission_id)
                for other in others:
                    persons[pair][campaigns.get(other)].add(other)
    rule = SmallGroups(threshold, _count_persons(round_id))
    pairs = []
    for pair in known.keys() | theirs.keys():
        first, second = sorted((themes[one] for one in pair), key=lambda one: one.path)
        of_pair = persons[pair].values()
        if rule.is_silent or any(rule.hides(len(one)) for one in of_pair):
            count = Count(known[pair], is_hidden=not rule.is_silent)
        else:
            count = Count(known[pair] + theirs[pair])
        is_told = count.known or count.is_hidden
        if is_told and not _are_kin(first, second, themes):
            pairs.append(Pair(first, second, count))
    return tuple(sorted(pairs, key=lambda one: (-one.passages.known, one.first.path)))


def _persons_repeating(round_id: int) -> dict[int, set[int]]:
    """The answers of persons that repeat a passage, by its id, such as those of a campaign."""
    query = (
        select(Passage.copy_of_id, Submission.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            counts(round_id),
            is_current(),
            Passage.copy_of_id.is_not(None),
            Submission.actor_type.in_(_PERSONS),
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for passage_id, submission_id in session().execute(query):
        if passage_id is not None:
            found[passage_id].add(submission_id)
    return found


def _are_kin(first: ThemeRow, second: ThemeRow, themes: dict[int, ThemeRow]) -> bool:
    """Whether one stands under the other."""
    for below, above in ((first, second), (second, first)):
        parent = below.parent_id
        while parent is not None:
            if parent == above.id:
                return True
            parent = themes[parent].parent_id
    return False


def leaves_persons_out(round_id: int, threshold: int) -> bool:
    """Whether so few persons answered that nothing is told of them."""
    return SmallGroups(threshold, _count_persons(round_id)).is_silent


def _count_persons(round_id: int) -> int:
    query = select(func.count(Submission.id)).where(
        counts(round_id), Submission.actor_type.in_(_PERSONS)
    )
    return session().scalar(query) or 0


def who_is_silent(round_id: int, threshold: int) -> SilentView:
    """Invited bodies that have not answered, and for each theme who answered without it."""
    invited = organisations_by_id(invited_organisation_ids(round_id))
    spoken = read_spoken(round_id)
    answered, by_theme = organisations_on_themes(round_id, spoken)
    by_group = matrix(round_id, by=ColumnsBy.GROUP, unit=CountUnit.SUBMISSIONS, spoken=spoken)
    shown = show_matrix(by_group, threshold)
    groups = [ActorGroup(column.key) for column in shown.columns]
    present = {body_id: one for body_id, one in invited.items() if str(body_id) in answered}
    return SilentView(
        invited=tuple(
            InvitedGroup(
                group,
                invited=sum(one.actor_type.group is group for one in invited.values()),
                answered=sum(one.actor_type.group is group for one in present.values()),
            )
            for group in ActorGroup
            if any(one.actor_type.group is group for one in invited.values())
        ),
        unanswered=_names(one for body_id, one in invited.items() if body_id not in present),
        themes=tuple(
            Silence(
                row.theme,
                groups=_silent_groups(row, groups),
                bodies=_names(
                    one
                    for body_id, one in present.items()
                    if str(body_id) not in by_theme.get(row.theme.id, ())
                ),
            )
            for row in shown.rows
        ),
    )


def _silent_groups(row: ShownRow, groups: list[ActorGroup]) -> tuple[ActorGroup, ...]:
    return tuple(
        group
        for group, cell in zip(groups, row.cells, strict=True)
        if not cell.known and not cell.is_hidden
    )


def _names(bodies: Iterable[Organisation]) -> tuple[str, ...]:
    return tuple(sorted((one.name for one in bodies), key=name_key))


def weeks_of_arrival(round_id: int) -> tuple[Week, ...]:
    """How many of the answers that count came in each week, from the first to the last."""
    received = session().scalars(select(Submission.received_at).where(counts(round_id)))
    days = [to_oslo(moment).date() for moment in received]
    by_week = Counter(day - timedelta(days=day.weekday()) for day in days)
    if not by_week:
        return ()
    weeks = []
    monday, so_far = min(by_week), 0
    while monday <= max(by_week):
        so_far += by_week[monday]
        weeks.append(Week(monday, by_week[monday], so_far))
        monday += timedelta(days=7)
    return tuple(weeks)


def answers_by_county(round_id: int, theme: ThemeRow | None = None) -> Counties:
    """Answers by the county of the organisation that sent them, or those that take up a theme."""
    query = (
        select(Organisation.county, Submission.actor_type, func.count(Submission.id.distinct()))
        .select_from(Submission)
        .outerjoin(Organisation, Submission.organisation_id == Organisation.id)
        .where(counts(round_id))
        .group_by(Organisation.county, Submission.actor_type)
    )
    if theme is not None:
        ids = [one.id for one in with_themes_below(ranked_themes(round_id), theme)]
        speaking = (
            select(Passage.submission_id)
            .join(Coding, Coding.passage_id == Passage.id)
            .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
            .join(Submission, Passage.submission_id == Submission.id)
            .where(Coding.theme_id.in_(ids), counts(round_id), is_current())
        )
        query = query.where(Submission.id.in_(speaking))
    found: Counter[str] = Counter()
    without = persons = 0
    for county, kind, number in session().execute(query):
        if not kind.is_organisation:
            persons += number if theme is None else 0
        elif county:
            found[county] += number
        else:
            without += number
    return Counties(sorted(found.items(), key=lambda one: name_key(one[0])), without, persons)
