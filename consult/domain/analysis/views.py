"""Values of the views across all answers: what goes together, who is silent, when and whence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.domain.analysis.small_groups import Count
from consult.domain.coding.types import ThemeRow
from consult.domain.organisations.types import ActorGroup
from consult.kernel.i18n import N_


class ViewName(StrEnum):
    """A view, as it is named in addresses."""

    TOGETHER = "together"
    SILENT = "silent"
    ARRIVALS = "arrivals"
    COUNTIES = "counties"


VIEW_LABELS: dict[ViewName, str] = {
    ViewName.TOGETHER: N_("Themes together"),
    ViewName.SILENT: N_("Who is silent"),
    ViewName.ARRIVALS: N_("When answers came"),
    ViewName.COUNTIES: N_("By county"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two themes, and how many passages have both, as far as that is told."""

    first: ThemeRow
    second: ThemeRow
    passages: Count


@dataclass(frozen=True, slots=True)
class InvitedGroup:
    """The invited bodies of a group of actors, and how many of them answered."""

    group: ActorGroup
    invited: int
    answered: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Who does not mention a theme.

    Attributes:
        groups: Groups that answered; of persons only where that may be told.
        bodies: Invited bodies that answered, by name.
    """

    theme: ThemeRow
    groups: tuple[ActorGroup, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SilentView:
    """Who was invited and has not answered, and who answered and does not mention what.

    Attributes:
        unanswered: The invited bodies that have not answered, by name.
    """

    invited: tuple[InvitedGroup, ...]
    unanswered: tuple[str, ...]
    themes: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Answers that came in a week.

    Attributes:
        first: Its Monday, in Norway.
        so_far: Answers until its end.
    """

    first: date
    answers: int
    so_far: int


@dataclass(frozen=True, slots=True)
class Counties:
    """Answers of organisations by the county they are registered in.

    Attributes:
        without: Organisations' answers that no county is known of.
        persons: Answers of persons, of whom no county is asked; not counted for a single theme.
    """

    answers: Sequence[tuple[str, int]]
    without: int
    persons: int

    @property
    def total(self) -> int:
        """Answers that stand in some county."""
        return sum(number for _county, number in self.answers)
