"""What can stand in the way in a programme."""

from consult.kernel.errors import Conflict


class NotSigned(Conflict):
    """The sub-report is not begun, or not everybody has signed it as it stands."""


class NotPrintable(Conflict):
    """The sub-report quotes words of its round that may not be passed on."""


class AnsweredOtherwise(Conflict):
    """The group has answered the programme in the form, or has withdrawn what it sent."""


class NotTaking(Conflict):
    """The programme takes no sub-reports now."""


class NothingToReview(Conflict):
    """Nothing is sent, or what was sent last has been reviewed or withdrawn."""


class FindingsChanged(Conflict):
    """What stands side by side is not what the reader was shown."""
