"""What the addresses of the workspace name."""

from typing import TYPE_CHECKING

from consult.domain.composing.queries import get_composition
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.listing import Concern, get_concern
from consult.domain.responses.readiness import get_joint_party
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.organisations.models import Organisation
    from consult.domain.responses.models import JointParty


def workspace_of(organisation: str) -> "Organisation":
    """The organisation whose workspace it is, by short name. Raises ``NotFound``."""
    return get_organisation(organisation)


def draft_of(organisation: str, round_slug: str) -> "Composition":
    """An organisation's response to a round, once it is begun. Raises ``NotFound``."""
    return get_composition(get_organisation(organisation).id, round_slug)


def concern_of(organisation: str, round_slug: str) -> Concern:
    """A round as the organisation sees it. Raises ``NotFound``: it must concern it, or all."""
    return get_concern(get_organisation(organisation), round_slug, now=utc_now())


def joint_of(organisation: str, joint_id: str) -> "JointParty":
    """What an organisation is asked to stand behind. Raises ``NotFound``."""
    return get_joint_party(get_organisation(organisation).id, joint_id)
