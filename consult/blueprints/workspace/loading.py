"""What the addresses of the workspace name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.composing.queries import find_composition, get_composition
from consult.domain.composing.threads import get_thread
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.listing import Concern, get_concern
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.composing.models import CommentThread, Composition
    from consult.domain.organisations.models import Organisation


def workspace_of(organisation: str) -> "Organisation":
    """The organisation whose workspace it is, by short name. Raises ``NotFound``."""
    return get_organisation(organisation)


def concern_of(organisation: str, round_slug: str) -> Concern:
    """A round as the organisation sees it. Raises ``NotFound``: it must concern it, or all."""
    return get_concern(get_organisation(organisation), round_slug, now=utc_now())


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where an organisation writes its response, and the draft once it is begun."""

    concern: Concern
    composition: "Composition | None"

    @property
    def organisation(self) -> "Organisation":
        """Whose it is; the policy asks."""
        return self.concern.organisation


def draft_of(organisation: str, round_slug: str) -> "Composition":
    """An organisation's response to a round, once it is begun. Raises ``NotFound``."""
    return get_composition(get_organisation(organisation).id, round_slug)


def draft_place(organisation: str, round_slug: str) -> DraftPlace:
    """A round as the organisation sees it, with its response. Raises ``NotFound``."""
    concern = concern_of(organisation, round_slug)
    return DraftPlace(concern, find_composition(concern.organisation.id, concern.round.id))


def thread_at(organisation: str, round_slug: str, thread_id: str) -> "CommentThread":
    """A discussion beside an organisation's response. Raises ``NotFound``."""
    return get_thread(draft_of(organisation, round_slug).id, thread_id)
