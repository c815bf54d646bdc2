"""Finding answers that say nearly the same, as they arrive. Nothing is decided here.

A sketch is made in the transaction that stores the text; comparing is a job after it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blinker import Signal
from sqlalchemy import delete, exists, func, insert, select, update

from consult.db import on_commit, session, table_of
from consult.domain.coding.clusters import (
    ClusterState,
    MemberState,
    place_groups,
    suggest_kind,
)
from consult.domain.coding.likeness import group_alike, sketch
from consult.domain.coding.models import ClusterMember, TextCluster, TextSketch
from consult.domain.coding.queries.clusters import (
    has_new_texts,
    load_sketches,
    members_by_answer,
    paper_sentences,
    senders_of_clusters,
    versions_without_sketch,
)
from consult.domain.coding.queries.copies import list_decided
from consult.domain.submissions.types import SubmissionStatus, Voice

if TYPE_CHECKING:
    from consult.domain.submissions.models import SubmissionVersion

_AT_ONCE = 500
_NEW_SKETCH = insert(table_of(TextSketch))

sketches_waiting = Signal()
"""Sent after the commit when an answer waits to be compared and no other did, so that somebody
begins: whoever does goes on until nothing waits."""


def note_text(version: "SubmissionVersion") -> None:
    """Make the sketch of an answer's new text, and have it compared with the others."""
    submission = version.submission
    if submission.status is SubmissionStatus.MINUTES:
        return
    is_first = not has_new_texts(submission.round_id)
    made = sketch(_compared(version))
    values = {"signature": made.signature, "sentences": made.pack_sentences(), "is_new": True}
    if version.number == 1 or not _renew(submission.id, values):
        known = {"round_id": submission.round_id, "submission_id": submission.id}
        session().execute(_NEW_SKETCH, known | values)
    if is_first:
        on_commit(_announce)


def _renew(submission_id: int, values: Mapping[str, object]) -> bool:
    """Put a new sketch in the place of an answer's former one; false when it has none."""
    query = update(TextSketch).where(TextSketch.submission_id == submission_id).values(**values)
    return bool(session().execute(query).rowcount)  # type: ignore[attr-defined]


def _announce() -> None:
    sketches_waiting.send(None)


def sketch_older(limit: int = _AT_ONCE) -> int:
    """Make sketches of answers that an older release took in; returns how many."""
    rows = []
    for version in versions_without_sketch(limit):
        made = sketch(_compared(version))
        rows.append(
            {
                "round_id": version.submission.round_id,
                "submission_id": version.submission_id,
                "signature": made.signature,
                "sentences": made.pack_sentences(),
                "is_new": True,
            }
        )
    if rows:
        session().execute(insert(TextSketch), rows)
    return len(rows)


def _compared(version: "SubmissionVersion") -> str:
    """What an answer says itself: that it joins another is no text of its own."""
    parts = (answer.text for answer in version.answers if answer.voice is not Voice.JOINING)
    return "\n\n".join(parts)


def group_answers(round_id: int, *, now: datetime) -> int:
    """Compare a round's answers, and suggest what belongs together; returns how many are new.

    What a person has decided stays. A new answer that says what a confirmed cluster says waits
    there to be let in. Suggestions are made anew.
    """
    sketches, new = load_sketches(round_id)
    if not new:
        return 0
    apart = {
        (min(pair), max(pair))
        for pair in (
            (one.copy_id, one.first_id) for one in list_decided(round_id) if not one.is_copy
        )
    }
    groups = group_alike(sketches, apart=apart, known=paper_sentences(round_id))
    _write(round_id, groups, now=now)
    for start in range(0, len(new), _AT_ONCE):
        some = new[start : start + _AT_ONCE]
        session().execute(
            update(TextSketch).where(TextSketch.submission_id.in_(some)).values(is_new=False)
        )
    return len(new)


def _write(round_id: int, groups: Iterable[Collection[int]], *, now: datetime) -> None:
    """Let the memberships be those of the groups, as far as nobody has decided about them."""
    members = members_by_answer(round_id)
    taken_out = {one for one, found in members.items() if found.state is MemberState.OUT}
    standing = {one: found.cluster_id for one, found in members.items() if one not in taken_out}
    decided = {
        found.cluster_id
        for found in members.values()
        if found.cluster.state is not ClusterState.SUGGESTED
    }
    wanted: dict[int, int] = {}
    for cluster_id, group in place_groups(groups, standing, decided):
        known = cluster_id if cluster_id is not None else _begin(round_id, now=now)
        wanted |= dict.fromkeys(group, known)
    moved = [
        members[one].id
        for one, cluster_id in standing.items()
        if members[one].state is MemberState.FOUND and wanted.get(one) != cluster_id
    ]
    _delete_members(moved)
    kept = {one for one in standing if members[one].id not in set(moved)}
    added = [
        {"cluster_id": cluster_id, "submission_id": one, "state": MemberState.FOUND}
        for one, cluster_id in wanted.items()
        if one not in kept and one not in taken_out
    ]
    if added:
        session().execute(insert(ClusterMember), added)
    _tidy(round_id)


def _begin(round_id: int, *, now: datetime) -> int:
    last = session().scalar(
        select(func.max(TextCluster.number)).where(TextCluster.round_id == round_id)
    )
    cluster = TextCluster(
        round_id=round_id,
        number=(last or 0) + 1,
        kind=suggest_kind(()),
        state=ClusterState.SUGGESTED,
        found_at=now,
    )
    session().add(cluster)
    session().flush()
    return cluster.id


def _delete_members(ids: Sequence[int]) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        session().execute(delete(ClusterMember).where(ClusterMember.id.in_(some)))


def _tidy(round_id: int) -> None:
    """Forget suggestions of less than two answers, and say of each other what it seems to be.

    One that a person has taken answers out of is kept, so that those stay known.
    """
    query = select(TextCluster).where(
        TextCluster.round_id == round_id, TextCluster.state == ClusterState.SUGGESTED
    )
    suggested = {one.id: one for one in session().scalars(query)}
    senders = senders_of_clusters(suggested)
    for cluster_id, cluster in suggested.items():
        found = senders.get(cluster_id, [])
        if len(found) > 1:
            cluster.kind = suggest_kind(found)
        elif not _has_taken_out(cluster_id):
            session().execute(delete(ClusterMember).where(ClusterMember.cluster_id == cluster_id))
            session().delete(cluster)
    session().flush()
    session().expire_all()


def _has_taken_out(cluster_id: int) -> bool:
    is_out = (ClusterMember.cluster_id == cluster_id) & (ClusterMember.state == MemberState.OUT)
    return bool(session().scalar(select(exists().where(is_out))))
