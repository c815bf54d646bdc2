"""What the desk's pages suggest while one writes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consult.domain.organisations.queries import search_organisations

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation

_MOST_NAMES = 1000
"""More would make the page heavy, and no list of suggestions helps any more."""


def suggested_organisations() -> Sequence["Organisation"]:
    """Registered organisations for a list of suggestions."""
    return search_organisations(limit=_MOST_NAMES)
