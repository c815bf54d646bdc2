"""What goes wrong around meetings."""

from consult.kernel.errors import Conflict


class MeetingClosed(Conflict):
    """The notes are approved: what was said stands, and can only be marked as struck."""


class GroupsNotApproved(Conflict):
    """Groups that have notes but have not approved them; ``names`` says which."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class NothingNoted(Conflict):
    """There is no note in the meeting that could be approved."""


class PictureUnfinished(Conflict):
    """A picture may not be published: ``missing`` is ``text`` or ``review``."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing
