"""What the addresses of the workspace name."""

from typing import TYPE_CHECKING

from consult.domain.organisations.queries import get_organisation

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


def workspace_of(organisation: str) -> "Organisation":
    """The organisation whose workspace it is, by short name. Raises ``NotFound``."""
    return get_organisation(organisation)
