"""What can go wrong with a delivery."""

from consult.kernel.errors import DomainError


class DeliveryFailed(DomainError):
    """The mail server did not take the mail; ``permanent`` when trying again is pointless."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
