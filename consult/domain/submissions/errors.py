"""What can go wrong with answers."""

from consult.domain.submissions.types import WrittenAnswer
from consult.kernel.errors import Conflict, DomainError, Overtaken


class NothingAnswered(DomainError):
    """There is nothing to send: no answer, and no "no comments" either."""


class AnswersMissing(DomainError):
    """The owner requires an answer, or "no comments", to questions that have neither.

    Attributes:
        question_keys: Which, in the round's order.
    """

    def __init__(self, question_keys: tuple[str, ...]) -> None:
        super().__init__(", ".join(question_keys))
        self.question_keys = question_keys


class ExposureNotChosen(DomainError):
    """The branch has not said how far its answer inside the organisation may travel."""


class PublicationNotChosen(DomainError):
    """The sender has not said how the answer may be published."""


class AnswerChanged(Overtaken[WrittenAnswer]):
    """Somebody else saved this answer after it was opened."""


class NothingChanged(DomainError):
    """A new version would say exactly what the last one says."""


class NotAmendable(Conflict):
    """The answer cannot be changed by its sender: withdrawn, or not written in the form."""


class ErasureAlreadyAsked(Conflict):
    """A request to delete the answer waits for a decision already."""


class AlreadySent(Conflict):
    """The draft has been sent; ``submission_public_id`` is its receipt."""

    def __init__(self, submission_public_id: str) -> None:
        super().__init__(submission_public_id)
        self.submission_public_id = submission_public_id


class AlreadyDecided(Conflict):
    """The answer is marked already, or the mark has been taken back already."""
