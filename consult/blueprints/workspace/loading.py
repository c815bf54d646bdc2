"""What the addresses of the workspace name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.composing.queries import find_composition, get_composition
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.queries import get_case

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.organisations.models import Organisation
    from consult.domain.responses.models import ResponseCase


def workspace_of(organisation: str) -> "Organisation":
    """The organisation whose workspace it is, by short name. Raises ``NotFound``."""
    return get_organisation(organisation)


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where an organisation writes its response: the case, and the draft once it is begun."""

    case: "ResponseCase"
    composition: "Composition | None"

    @property
    def organisation(self) -> "Organisation":
        """Whose it is; the policy asks."""
        return self.case.organisation


def case_of(organisation: str, round_slug: str) -> "ResponseCase":
    """What an organisation does about a round. Raises ``NotFound``."""
    return get_case(get_organisation(organisation).id, round_slug)


def draft_of(organisation: str, round_slug: str) -> "Composition":
    """An organisation's response to a round, once it is begun. Raises ``NotFound``."""
    return get_composition(get_organisation(organisation).id, round_slug)


def draft_place(organisation: str, round_slug: str) -> DraftPlace:
    """The case of a round, with the response as far as it is begun. Raises ``NotFound``."""
    case = case_of(organisation, round_slug)
    return DraftPlace(case, find_composition(case.organisation_id, case.round_id))
