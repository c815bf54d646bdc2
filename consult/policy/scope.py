"""What an actor's lists are drawn from: ids that queries take, so that no view filters itself."""

from consult.domain.accounts.types import Actor
from consult.domain.organisations.types import Role


def desk_owner_ids(actor: Actor) -> frozenset[int]:
    """Organisations whose rounds the actor works with at the desk."""
    return actor.organisations_as(Role.COORDINATOR, Role.CASE_OFFICER, Role.READER)


def coordinated_organisation_ids(actor: Actor) -> frozenset[int]:
    """Organisations for which the actor may make and announce rounds."""
    return actor.organisations_as(Role.COORDINATOR)


def drafting_organisation_ids(actor: Actor) -> frozenset[int]:
    """Organisations for which the actor may write an answer."""
    return actor.organisations_as(Role.COORDINATOR, Role.DRAFTER)
