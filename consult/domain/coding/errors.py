"""What can go wrong with coding."""

from consult.kernel.errors import Conflict, DomainError


class PassageExists(Conflict):
    """There is a passage of exactly this range already; ``public_id`` names it."""

    def __init__(self, public_id: str) -> None:
        super().__init__(public_id)
        self.public_id = public_id


class TextCoded(Conflict):
    """A text cannot be written anew, for passages of it have themes."""


class SuggestionGone(Conflict):
    """What a person accepts is not what is suggested now; nothing is put on the passage."""

    def __init__(self) -> None:
        super().__init__("the suggestion is gone")


class ThemeInUse(Conflict):
    """The theme has passages or sub-themes and so cannot be removed.

    Attributes:
        codings: How many passages have it.
        children: How many themes stand under it.
    """

    def __init__(self, key: str, *, codings: int, children: int) -> None:
        super().__init__(f"{key}: {codings} codings, {children} sub-themes")
        self.key = key
        self.codings = codings
        self.children = children


class ChangeStays(Conflict):
    """A change of the codebook cannot be taken back as things stand.

    Attributes:
        reason: ``done`` (it does not hold any more), ``later`` (another has to be taken back
            first) or ``too_deep`` (what was put under a theme since would stand too deep).
        number: Of the version to take back first.
    """

    def __init__(self, reason: str, number: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.number = number


class FileRefused(DomainError):
    """A file to import has errors; nothing of it was kept. ``problems`` say where and what."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
