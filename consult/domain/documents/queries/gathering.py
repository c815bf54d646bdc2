"""Gathering what a snapshot freezes."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.orm import aliased

from consult.db import session
from consult.domain.analysis.queries.counting import coding_progress
from consult.domain.analysis.queries.meetings import held_meetings, said_in_meetings
from consult.domain.analysis.queries.wordings import answers_by_wording
from consult.domain.audit.queries import last_entry_at
from consult.domain.audit.types import Tag
from consult.domain.coding.models import (
    Coding,
    CodingStep,
    Passage,
    TextCluster,
    Theme,
)
from consult.domain.coding.queries.campaign_policy import campaign_policy
from consult.domain.coding.queries.clusters import campaign_of_answers, common_passages
from consult.domain.coding.queries.revisions import version_number
from consult.domain.coding.queries.scope import counted_as, counts, is_current, paragraph_id
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.types import CodingMethod
from consult.domain.disclosure.models import Burst
from consult.domain.disclosure.queries import protected_places
from consult.domain.disclosure.quoting import quotable_in_round
from consult.domain.disclosure.rules import overlaps
from consult.domain.documents.building.data import (
    AnswerFacts,
    DeadlineMove,
    FormerWordingFacts,
    InvitedFacts,
    JoiningFacts,
    PassageFacts,
    ProposalFacts,
    QuestionFacts,
    RoundFacts,
    SummaryData,
    ThemeFacts,
)
from consult.domain.documents.queries import work
from consult.domain.documents.queries.campaigns import gather_campaigns, gather_policy_choices
from consult.domain.documents.queries.stances import Subjects, gather_stances
from consult.domain.meetings.models import Meeting
from consult.domain.organisations.models import Organisation
from consult.domain.rounds.models import DeadlineChange, Invitation, Proposal, Question, Round
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.rounds.rules import effective_status
from consult.domain.submissions.behind import bodies_behind
from consult.domain.submissions.endorsements import list_endorsements
from consult.domain.submissions.mandates import NO_MANDATE, mandate_of
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.private import only_open_answers
from consult.domain.submissions.types import SubmissionStatus


def gather_summary(round_: Round, *, now: datetime) -> SummaryData:
    """Everything a summary of the round can say, as it is now: what a snapshot freezes.

    Words and stances are those of answers that count; the others are numbers, with their reason.
    The number of queries does not grow with the answers.
    """
    proposals, questions = list_proposals(round_.id), list_questions(round_.id)
    proposal_keys = {proposal.id: proposal.key for proposal in proposals}
    asked_about = {question.id: question.proposal_id for question in questions}
    subjects = Subjects(proposal_keys, asked_about)
    passages, codings = _gather_passages(round_.id, subjects)
    progress = coding_progress(round_.id)
    return SummaryData(
        as_of=last_change(round_),
        round=_gather_round(round_, now=now),
        proposals=tuple(
            ProposalFacts(p.key, p.title, p.text, *_gather_wordings(p), wording=p.wording)
            for p in proposals
        ),
        questions=tuple(
            QuestionFacts(
                key=question.key,
                kind=question.kind,
                text=question.text,
                help=question.help,
                proposal=proposal_keys.get(question.proposal_id or 0),
                options=tuple(option.labels for option in question.options),
                former=former,
                answered=answered,
                wording=question.wording,
            )
            for question in questions
            for former, answered in [_gather_wordings(question)]
        ),
        themes=_gather_themes(round_.id),
        invited=_gather_invited(round_.id),
        answers=_gather_answers(round_.id),
        stances=gather_stances(round_.id, subjects, proposal_keys),
        passages=passages,
        meetings=held_meetings(round_.id),
        said=said_in_meetings(round_.id),
        divided=progress.passages,
        sorted=progress.coded,
        coders=codings.coders,
        imported_codings=len(codings.imported),
        suggested_codings=len(codings.suggested),
        codebook_version=version_number(round_.id),
        campaigns=gather_campaigns(round_.id),
        campaign_policy=campaign_policy(round_.id),
        policy_choices=gather_policy_choices(round_.id),
        reminded=work.gather_reminded(round_.id),
        double=work.gather_double(round_.id),
        redactions=work.gather_redactions(round_.id),
    )


def _gather_round(round_: Round, *, now: datetime) -> RoundFacts:
    moves = session().scalars(
        select(DeadlineChange)
        .where(DeadlineChange.round_id == round_.id)
        .order_by(DeadlineChange.id)
    )
    return RoundFacts(
        slug=round_.slug,
        type=round_.type,
        status=effective_status(
            round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=now
        ),
        owner=round_.owner.name,
        language=round_.owner.language,
        case_number=round_.case_number or "",
        title=round_.title,
        introduction=round_.introduction,
        influence=round_.influence,
        settled=round_.settled,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        deadline_moves=tuple(
            DeadlineMove(move.changed_at, move.old_closes_at, move.new_closes_at, move.reason)
            for move in moves
        ),
        short_deadline_reason=round_.short_deadline_reason or "",
        small_groups=round_.small_groups,
    )


def _gather_themes(round_id: int) -> tuple[ThemeFacts, ...]:
    query = select(Theme).where(Theme.round_id == round_id).order_by(Theme.position, Theme.id)
    waiting = {row.id: row.codings * row.is_retired for row in list_themes(round_id)}
    themes = [theme for theme in session().scalars(query) if theme.id in waiting]
    keys = {theme.id: theme.key for theme in themes}
    return tuple(
        ThemeFacts(
            key=theme.key,
            name=theme.name,
            parent=keys.get(theme.parent_id or 0),
            definition=theme.definition,
            include=theme.include,
            exclude=theme.exclude,
            waiting=waiting[theme.id],
        )
        for theme in themes
    )


def _gather_invited(round_id: int) -> tuple[InvitedFacts, ...]:
    query = (
        select(Invitation.organisation_id, Organisation.actor_type)
        .join(Organisation, Invitation.organisation_id == Organisation.id)
        .where(Invitation.round_id == round_id)
        .order_by(Invitation.id)
    )
    return tuple(InvitedFacts(*row) for row in session().execute(query))


def _gather_answers(round_id: int) -> tuple[AnswerFacts, ...]:
    behind, joins = bodies_behind(round_id), _gather_joinings(round_id)
    campaigns = campaign_of_answers(round_id)
    query = (
        select(  # the fields of AnswerFacts, by their names, after the id
            Submission.id,
            Submission.number,
            Submission.name,
            Submission.actor_type,
            Submission.organisation_id,
            Submission.language,
            Submission.channel,
            Submission.publication,
            Submission.status,
            Submission.deadline_status,
            Submission.has_comments,
            Submission.mandate,
            Submission.current_version_number.label("version"),
            SubmissionVersion.digest,
            _Carrier.number.label("came_with"),
        )
        .join(SubmissionVersion, is_current())
        .outerjoin(_Carrier, Submission.came_with_id == _Carrier.id)
        .where(Submission.round_id == round_id, Submission.status != SubmissionStatus.MINUTES)
        .order_by(Submission.number)
    )
    facts = []
    for row in session().execute(query).mappings():
        named = dict(row)
        answer_id, mandate = named.pop("id"), mandate_of(named.pop("mandate"))
        facts.append(
            _told(
                AnswerFacts(
                    **named,
                    mandate=mandate,
                    behind=behind.get(answer_id, ()),
                    joins=joins.get(answer_id),
                    campaign=campaigns.get(answer_id),
                )
            )
        )
    return tuple(facts)


_Carrier = aliased(Submission)
"""The answer that another lay beside."""


def _told(answer: AnswerFacts) -> AnswerFacts:
    """The answer as data may hold it: who has withdrawn is counted, and not told of any more."""
    if answer.status is not SubmissionStatus.WITHDRAWN:
        return answer
    return replace(
        answer,
        name="",
        organisation_id=None,
        mandate=NO_MANDATE,
        behind=(),
        joins=None,
        digest="",
        campaign=None,
    )


def _gather_joinings(round_id: int) -> dict[int, JoiningFacts]:
    """What answers join, by the id of the answer that joins."""
    return {
        one.submission_id: JoiningFacts(
            name=one.of_name,
            number=one.of.number if one.of is not None else None,
            is_partial=one.is_partial,
            has_reservations=bool(one.reservations),
        )
        for one in list_endorsements(round_id)
    }


def _gather_wordings(
    part: Question | Proposal,
) -> tuple[tuple[FormerWordingFacts, ...], int]:
    """What a part said before it was corrected, and how many answers there are to what it says."""
    answered = answers_by_wording(part)
    former = tuple(
        FormerWordingFacts(one.text, one.replaced_at, answered[one.number])
        for one in (part.former_wordings if part.wording > 1 else ())
    )
    return former, answered[part.wording]


@dataclass(frozen=True, slots=True)
class _Codings:
    """The themes of passages by id, and by the id of the paragraph that they are or lie in.

    ``coders`` people put them there; ``imported`` came from a file and ``suggested`` from a model.
    """

    by_passage: dict[int, list[str]]
    by_paragraph: dict[int, list[str]]
    coders: int
    imported: set[tuple[int, str]]
    suggested: set[tuple[int, str]]

    def themes_of(self, passage_id: int, copy_of_id: int | None) -> tuple[str, ...]:
        """The themes of a passage; of one that repeats another, all that stand there."""
        if copy_of_id is not None:
            return tuple(dict.fromkeys(self.by_paragraph.get(copy_of_id, ())))
        return tuple(self.by_passage.get(passage_id, ()))


def _gather_codings(round_id: int) -> _Codings:
    by_passage: dict[int, list[str]] = defaultdict(list)
    by_paragraph: dict[int, list[str]] = defaultdict(list)
    coders: set[str] = set()
    by_method: dict[CodingMethod, set[tuple[int, str]]] = defaultdict(set)
    query = (
        select(Coding.passage_id, paragraph_id(), Theme.key, Coding.coded_by, Coding.method)
        .join(Passage, Coding.passage_id == Passage.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Theme.round_id == round_id)
        .order_by(Theme.position, Theme.id)
    )
    for passage_id, paragraph, key, coded_by, method in session().execute(query):
        by_passage[passage_id].append(key)
        by_paragraph[paragraph].append(key)
        coders.add(coded_by)
        by_method[method].add((paragraph, key))
    imported, suggested = by_method[CodingMethod.IMPORTED], by_method[CodingMethod.SUGGESTED]
    return _Codings(by_passage, by_paragraph, len(coders), imported, suggested)


def _gather_passages(
    round_id: int, subjects: Subjects
) -> tuple[tuple[PassageFacts, ...], _Codings]:
    """Passages with their themes, and the codings as a whole."""
    codings = _gather_codings(round_id)
    query = (
        select(
            Passage.id,
            counted_as().label("counted_as"),
            Passage.copy_of_id,
            Submission.number,
            Passage.position,
            Passage.quote,
            Passage.version_id,
            Passage.start,
            Passage.end,
            Passage.level,
            Answer.question_id,
            Answer.proposal_id,
            Answer.voice,
            Answer.voice_label,
        )
        .join(Submission, Passage.submission_id == Submission.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Answer, Passage.answer_id == Answer.id)
        .where(counts(round_id), is_current(), *only_open_answers(round_id))
        .order_by(Submission.number, Passage.position, Passage.id)
    )
    protected, may_quote = _protected_passages(round_id), quotable_in_round(round_id)
    common = common_passages(round_id)
    passages = tuple(
        PassageFacts(
            id=row.id,
            answer=row.number,
            counted_as=row.counted_as,
            position=row.position,
            quote=may_quote.words(
                row.quote, version_id=row.version_id, start=row.start, end=row.end
            ),
            themes=codings.themes_of(row.id, row.copy_of_id),
            proposal=subjects.proposal(row.question_id, row.proposal_id),
            level=row.level,
            voice=row.voice,
            voice_label=may_quote.label(row.voice_label or "", version_id=row.version_id),
            is_protected=row.id in protected,
            is_copy=row.copy_of_id is not None,
            is_common=row.id in common,
        )
        for row in session().execute(query)
    )
    return passages, codings


def _protected_passages(round_id: int) -> frozenset[int]:
    """Passages with words that were taken out by law, or that nobody has decided on yet."""
    places = protected_places(round_id)
    query = select(Passage.id, Passage.version_id, Passage.start, Passage.end).where(
        Passage.version_id.in_(places)
    )
    return frozenset(
        passage_id
        for passage_id, version_id, start, end in session().execute(query)
        if any(overlaps((start, end), place) for place in places[version_id])
    )


_CHANGING_NO_FIGURE = (
    Tag.ROUND_INVITATIONS_SENT,
    Tag.ROUND_INVITATIONS_REMINDED,
    Tag.ROUND_NEWS_TOLD,
    Tag.SUPPORT_GIVEN,
    Tag.SUPPORT_TAKEN_BACK,
    Tag.MEETING_LINK_ISSUED,
    Tag.MEETING_LINK_REVOKED,
)


def last_change(round_: Round) -> datetime:
    """When anything that a summary says was last changed: every such change is in the audit log.

    Themes put on and taken off are found by their steps, which are fewer to look through.
    """
    in_log = last_entry_at(
        select(literal(round_.reference)),
        select("submission:" + Submission.public_id).where(Submission.round_id == round_.id),
        select("theme:" + Theme.public_id).where(Theme.round_id == round_.id),
        select("cluster:" + TextCluster.public_id).where(TextCluster.round_id == round_.id),
        select("burst:" + Burst.public_id).where(Burst.round_id == round_.id),
        select("meeting:" + Meeting.public_id).where(Meeting.round_id == round_.id),
        select("organisation:" + Organisation.public_id)
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .where(Invitation.round_id == round_.id),
        besides=_CHANGING_NO_FIGURE,
    )
    done, undone = (
        session()
        .execute(
            select(func.max(CodingStep.done_at), func.max(CodingStep.undone_at)).where(
                CodingStep.round_id == round_.id
            )
        )
        .one()
    )
    return max(moment for moment in (round_.created_at, in_log, done, undone) if moment is not None)
