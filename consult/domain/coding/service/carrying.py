"""Carrying codings over to the next version of an answer, where its words are the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.models import Coding, CodingStep, Passage, VersionCheck
from consult.domain.coding.queries.versions import (
    placed,
    previous_version_id,
    stances_resting_on,
    version_passages,
)
from consult.domain.coding.rules import match_passages
from consult.domain.coding.service.restoring import follow_passage
from consult.domain.coding.service.revising import hold_codebook
from consult.domain.coding.types import CodingMethod, PassageKind

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission, SubmissionVersion


def carry_codings(version: "SubmissionVersion") -> VersionCheck | None:
    """Put the codings of the version before on the passages that are unchanged word by word.

    Notes, chosen parts, stances and what can be undone go along. The version before keeps its own,
    for whoever looks at it later. If it had been coded at all, what was carried and what was not
    waits to be checked by a person: a new sentence beside an old one can turn its meaning.
    """
    before_id = previous_version_id(version.submission_id, version.number)
    if before_id is None:
        return None
    hold_codebook(version.submission.round_id)
    before, after = version_passages(before_id), version_passages(version.id)
    same = _match(before, after, version)
    stances = stances_resting_on(before_id)
    worked_on = {passage.id for passage in before if passage.codings or passage.memo}
    worked_on |= {stance.passage_id for stance in stances if stance.passage_id is not None}
    if not worked_on:
        return None
    for passage in before:
        if passage.id in same:
            _carry(passage, same[passage.id])
    for stance in stances:
        successor = same.get(stance.passage_id or 0)
        stance.passage_id = successor.id if successor else None
    check = VersionCheck(
        round_id=version.submission.round_id,
        version_id=version.id,
        carried=len(worked_on & same.keys()),
        lost=len(worked_on - same.keys()),
    )
    session().add(check)
    session().flush()
    return check


def mark_checked(
    submission: "Submission", check: VersionCheck, *, by: Actor, now: datetime
) -> None:
    """Note that somebody has looked at what a new version changed."""
    if check.checked_at is not None:
        return
    check.checked_at, check.checked_by = now, by.reference
    session().flush()
    record(
        Tag.VERSION_CHECKED,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data={"carried": check.carried, "lost": check.lost},
    )


def _match(
    before: Sequence[Passage], after: Sequence[Passage], version: "SubmissionVersion"
) -> dict[int, Passage]:
    """The successor of each passage that has one; parts that were chosen are made anew."""
    by_id = {passage.id: passage for passage in after}
    pairs = match_passages(
        [placed(one) for one in before if one.kind is not PassageKind.CHOSEN],
        [placed(one) for one in after],
    )
    found = {old: by_id[new] for old, new in pairs.items()}
    origins = {passage.id: passage for passage in before}
    for chosen in before:
        around = found.get(chosen.parent_id or 0)
        if chosen.kind is PassageKind.CHOSEN and around is not None and chosen.parent_id:
            start = around.start + chosen.start - origins[chosen.parent_id].start
            if (part := _choose_again(chosen, around, start, version)) is not None:
                found[chosen.id] = part
    return found


def _choose_again(
    chosen: Passage, around: Passage, start: int, version: "SubmissionVersion"
) -> Passage | None:
    """The same part in the new version, unless it reached into words that are different now."""
    end = start + len(chosen.quote)
    first = start - around.start
    is_on_page = around.kind is PassageKind.PAGE
    text = around.quote[first : first + len(chosen.quote)] if is_on_page else None
    if text is None and end <= around.answer.end:
        text = version.full_text[start:end]
    if text != chosen.quote:
        return None
    part = Passage(
        round_id=around.round_id,
        submission_id=around.submission_id,
        version_id=around.version_id,
        answer_id=around.answer_id,
        parent_id=around.id,
        kind=PassageKind.CHOSEN,
        position=around.position,
        start=start,
        end=end,
        quote=chosen.quote,
    )
    session().add(part)
    session().flush()
    return part


def _carry(old: Passage, new: Passage) -> None:
    new.memo = old.memo
    session().add_all(
        Coding(
            passage_id=new.id,
            theme_id=coding.theme_id,
            method=CodingMethod.CARRIED,
            coded_by=coding.coded_by,
            coded_at=coding.coded_at,
            model_id=coding.model_id,
        )
        for coding in old.codings
    )
    follow_passage(old, new)
    steps = select(CodingStep).where(CodingStep.passage_id == old.id)
    for step in session().scalars(steps):
        step.passage_id = new.id
    session().flush()
    session().expire(new, ["codings"])
