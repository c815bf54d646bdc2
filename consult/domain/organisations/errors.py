"""What can go wrong with organisations."""

from consult.kernel.errors import Conflict, DomainError


class OrganisationNumberTaken(Conflict):
    """Another organisation has this number."""

    def __init__(self, number: str, name: str) -> None:
        super().__init__(number)
        self.number = number
        self.name = name


class SlugTaken(Conflict):
    """Another organisation has this short name."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class WouldFormCircle(Conflict):
    """An organisation cannot stand above itself."""


class LastCoordinator(Conflict):
    """Nobody would manage the organisation's members any more."""


class NobodyToAsk(Conflict):
    """The organisation has no coordinator who could say yes or no."""


class TooManyRequests(Conflict):
    """Somebody waits for the answers of several organisations already."""


class AlreadyDecided(Conflict):
    """Another coordinator has decided on this request."""


class ImportRejected(DomainError):
    """A file of organisations has errors, listed in ``problems``; nothing of it was kept."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
