"""What the addresses of the workspace name. Each raises ``NotFound`` for what is not there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.composing.kept_outlines import get_outline
from consult.domain.composing.queries import find_composition, get_composition
from consult.domain.composing.recommended import get_any_recommendation, get_recommendation
from consult.domain.composing.returned import get_return
from consult.domain.composing.threads import get_thread
from consult.domain.composing.types import CompositionKind
from consult.domain.organisations.queries import (
    get_event,
    get_membership,
    get_organisation,
    get_request,
)
from consult.domain.reports.checking import get_clearance
from consult.domain.reports.editions import get_edition
from consult.domain.responses.enclosures import get_enclosure
from consult.domain.responses.listing import Concern, get_concern
from consult.domain.responses.readiness import get_joint_party
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.behind import get_in_name_of
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.composing.models import (
        CommentThread,
        Composition,
        Recommendation,
        ReportOutline,
        WordReturn,
    )
    from consult.domain.organisations.models import (
        AccessRequest,
        Membership,
        Organisation,
        OrganisationEvent,
    )
    from consult.domain.reports.models import Clearance, Edition
    from consult.domain.responses.models import Enclosure, JointParty
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Party


def workspace_of(organisation: str) -> "Organisation":
    """The organisation whose workspace it is, by short name."""
    return get_organisation(organisation)


def concern_of(organisation: str, round_slug: str) -> Concern:
    """A round as the organisation sees it. Raises ``NotFound``: it must concern it, or all."""
    return get_concern(get_organisation(organisation), round_slug, now=utc_now())


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where an organisation writes a text, and the text once it is begun.

    Attributes:
        round: The round that a response answers, or that a report is about.
    """

    organisation: "Organisation"
    round: "Round"
    kind: CompositionKind
    composition: "Composition | None"


@dataclass(frozen=True, slots=True)
class ResponsePlace(DraftPlace):
    """Where a response is written; ``concern`` tells how the round concerns the organisation."""

    concern: Concern


def draft_of(
    organisation: str, round_slug: str, kind: str = CompositionKind.RESPONSE
) -> "Composition":
    """What an organisation writes about a round, once it is begun. Raises ``NotFound``."""
    return get_composition(get_organisation(organisation).id, round_slug, CompositionKind(kind))


def response_place(organisation: str, round_slug: str) -> ResponsePlace:
    """A round as the organisation sees it, with its response. Raises ``NotFound``."""
    concern = concern_of(organisation, round_slug)
    composition = find_composition(concern.organisation.id, concern.round.id)
    kind = CompositionKind.RESPONSE
    return ResponsePlace(concern.organisation, concern.round, kind, composition, concern)


def draft_place(
    organisation: str, round_slug: str, kind: str = CompositionKind.RESPONSE
) -> DraftPlace:
    """Where a text is written: a response, or a report on a round of one's own.

    Raises ``NotFound``.
    """
    if kind == CompositionKind.RESPONSE:
        return response_place(organisation, round_slug)
    owner = get_organisation(organisation)
    round_ = get_round(round_slug)
    if round_.owner_id != owner.id:
        raise NotFound("round", round_slug)
    wanted = CompositionKind(kind)
    return DraftPlace(owner, round_, wanted, find_composition(owner.id, round_.id, wanted))


def place_of(composition: "Composition") -> DraftPlace:
    """Where a text that is begun is written."""
    return draft_place(composition.organisation.slug, composition.round.slug, composition.kind)


def thread_at(
    organisation: str, round_slug: str, thread_id: str, kind: str = CompositionKind.RESPONSE
) -> "CommentThread":
    """A discussion beside an organisation's text. Raises ``NotFound``."""
    return get_thread(draft_of(organisation, round_slug, kind).id, thread_id)


def outline_of(organisation: str, outline_id: str) -> "ReportOutline":
    """A template of an organisation's own. Raises ``NotFound``."""
    return get_outline(get_organisation(organisation).id, outline_id)


def clearance_at(organisation: str, round_slug: str, kind: str, clearance_id: str) -> "Clearance":
    """What somebody answers for in an organisation's report. Raises ``NotFound``."""
    return get_clearance(draft_of(organisation, round_slug, kind).id, clearance_id)


def edition_at(organisation: str, round_slug: str, kind: str, number: int) -> "Edition":
    """An edition of an organisation's report, by number. Raises ``NotFound``."""
    return get_edition(draft_of(organisation, round_slug, kind).id, number)


def recommendation_at(
    organisation: str, round_slug: str, kind: str, recommendation_id: str
) -> "Recommendation":
    """A proposal that stands in a report. Raises ``NotFound``."""
    return get_recommendation(draft_of(organisation, round_slug, kind).id, recommendation_id)


def any_recommendation_at(
    organisation: str, round_slug: str, kind: str, recommendation_id: str
) -> "Recommendation":
    """A proposal of a report, standing or taken out. Raises ``NotFound``."""
    return get_any_recommendation(draft_of(organisation, round_slug, kind).id, recommendation_id)


def enclosure_at(organisation: str, round_slug: str, file_id: str) -> "Enclosure":
    """A file that goes along with an organisation's response. Raises ``NotFound``."""
    return get_enclosure(draft_of(organisation, round_slug).id, file_id)


def word_return_of(
    organisation: str, round_slug: str, return_id: str, kind: str = CompositionKind.RESPONSE
) -> "WordReturn":
    """A Word file that came back to an organisation's text. Raises ``NotFound``."""
    return get_return(draft_of(organisation, round_slug, kind).id, return_id)


def membership_in(organisation: str, membership_id: str) -> "Membership":
    """A role in the named organisation, by public id."""
    found = get_membership(membership_id)
    if found.organisation.slug != organisation:
        raise NotFound("membership", membership_id)
    return found


def request_to(organisation: str, request_id: str) -> "AccessRequest":
    """A request to the named organisation, by public id."""
    found = get_request(request_id)
    if found.organisation.slug != organisation:
        raise NotFound("access request", request_id)
    return found


def event_of_body(organisation: str, body: str, event_id: str) -> "OrganisationEvent":
    """What happened to a body directly under the named organisation, by public id."""
    found = get_event(event_id)
    above = found.organisation.parent
    if found.organisation.slug != body or above is None or above.slug != organisation:
        raise NotFound("event", event_id)
    return found


def joint_of(organisation: str, joint_id: str) -> "JointParty":
    """What an organisation is asked to stand behind."""
    return get_joint_party(get_organisation(organisation).id, joint_id)


def named_in(organisation: str, submission_id: str) -> "Party":
    """An organisation's place on an answer that another has sent in its name."""
    return get_in_name_of(get_organisation(organisation).id, submission_id)
