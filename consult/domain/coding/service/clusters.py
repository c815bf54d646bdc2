"""What a person says about answers that say nearly the same; all of it can be taken back.

What several say is coded where it stands first and counts once. No answer is changed.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.clusters import ClusterKind, ClusterState, MemberState
from consult.domain.coding.models import ClusterMember, TextCluster
from consult.domain.coding.queries.clusters import bursts_of_cluster, list_members
from consult.domain.coding.service.copying import link_copies
from consult.domain.disclosure.service.flooding import release_burst
from consult.domain.submissions.errors import AlreadyDecided
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.identity import has_identity_number


def confirm_cluster(cluster: TextCluster, kind: ClusterKind, *, by: Actor) -> int:
    """Say what the answers are to one another, those too that have come since; returns how many.

    Said again, it changes the kind or takes in what has come.
    """
    _decide(cluster, ClusterState.CONFIRMED, by=by)
    cluster.kind = kind
    changed = _change_states(cluster, MemberState.FOUND, MemberState.IN)
    _log(Tag.CLUSTER_DECIDED, cluster, by=by, data={"kind": kind.value, "answers": changed})
    link_copies(cluster.round_id)
    return changed


def reject_cluster(cluster: TextCluster, *, by: Actor) -> None:
    """Say that the answers only happen to agree: each stands by itself."""
    if cluster.state is not ClusterState.SUGGESTED:
        raise AlreadyDecided
    _decide(cluster, ClusterState.REJECTED, by=by)
    _log(Tag.CLUSTER_DECIDED, cluster, by=by, data={"kind": None})


def take_back_cluster(cluster: TextCluster, *, by: Actor) -> None:
    """Take back what was said: it is a suggestion again. Raises ``AlreadyDecided`` for one."""
    if cluster.state is ClusterState.SUGGESTED:
        raise AlreadyDecided
    cluster.state = ClusterState.SUGGESTED
    cluster.decided_at = cluster.decided_by = None
    _change_states(cluster, MemberState.IN, MemberState.FOUND)
    _log(Tag.CLUSTER_DECIDED, cluster, by=by, data={"taken_back": True})
    link_copies(cluster.round_id)


def let_in(cluster: TextCluster, *, by: Actor) -> int:
    """Let in those of its answers that stand aside as a possible flood; returns how many."""
    return sum(release_burst(burst, by=by) for burst in bursts_of_cluster(cluster.id))


def take_out(cluster: TextCluster, numbers: Collection[int], *, by: Actor) -> int:
    """Let answers stand apart from the others, by number; returns how many.

    They are not suggested again.
    """
    return _move(list_members(cluster.id, numbers=numbers), MemberState.OUT, cluster, by=by)


def put_in(cluster: TextCluster, numbers: Collection[int], *, by: Actor) -> int:
    """Let answers that were taken out belong to the others again; returns how many."""
    is_decided = cluster.state is ClusterState.CONFIRMED
    members = list_members(cluster.id, is_out=True, numbers=numbers)
    state = MemberState.IN if is_decided else MemberState.FOUND
    return _move(members, state, cluster, by=by)


def describe_cluster(cluster: TextCluster, *, organiser: str, demand: str, by: Actor) -> None:
    """Write down who is behind it, if that is known, and what it asks for.

    Raises:
        InvalidInput: reason ``identity_number``.
    """
    for field, text in (("organiser", organiser), ("demand", demand)):
        if has_identity_number(text):
            raise InvalidInput(field, "identity_number")
    cluster.organiser, cluster.demand = organiser.strip(), demand.replace("\r\n", "\n").strip()
    _log(Tag.CLUSTER_DESCRIBED, cluster, by=by, data={"characters": len(cluster.demand)})


def _decide(cluster: TextCluster, state: ClusterState, *, by: Actor) -> None:
    cluster.state = state
    cluster.decided_at, cluster.decided_by = utc_now(), by.reference
    session().flush()


def _change_states(cluster: TextCluster, old: MemberState, new: MemberState) -> int:
    done = session().execute(
        update(ClusterMember)
        .where(ClusterMember.cluster_id == cluster.id, ClusterMember.state == old)
        .values(state=new)
        .execution_options(synchronize_session=False)
    )
    session().flush()
    return int(done.rowcount)  # type: ignore[attr-defined]


def _move(
    members: Collection[ClusterMember], state: MemberState, cluster: TextCluster, *, by: Actor
) -> int:
    for member in members:
        member.state = state
    session().flush()
    if members:
        data = {"state": state.value, "answers": [one.submission.number for one in members]}
        _log(Tag.CLUSTER_MEMBERS_CHANGED, cluster, by=by, data=data)
        link_copies(cluster.round_id)
    return len(members)


def _log(tag: Tag, cluster: TextCluster, *, by: Actor, data: Mapping[str, object]) -> None:
    session().flush()
    record(
        tag,
        subject=cluster.reference,
        by=by.reference,
        stream=organisation_stream(cluster.round.owner_id),
        data={"cluster": cluster.number} | dict(data),
    )
