"""Writing the tree to a file that :mod:`.importing` reads back."""

from collections.abc import Sequence

from consult.domain.organisations.models import Organisation
from consult.domain.organisations.queries import end_events_of, organisations_by_id
from consult.domain.organisations.types import NAME_LANGUAGES
from consult.kernel.text.spreadsheet import write_csv

COLUMNS = (
    "slug", "name", *(f"name_{language}" for language in NAME_LANGUAGES), "actor_type",
    "organisation_number", "parent", "language", "county", "email", "dissolved_on", "successors",
    "ended_because",
)  # fmt: skip


def organisations_as_rows(organisations: Sequence[Organisation]) -> list[dict[str, str | None]]:
    """What is registered of each body, by the columns of the file; three queries."""
    ends = end_events_of([one.id for one in organisations])
    above = organisations_by_id({one.parent_id for one in organisations if one.parent_id})
    return [
        {
            "slug": one.slug,
            "name": one.name,
            **{f"name_{language}": one.names.get(language) for language in NAME_LANGUAGES},
            "actor_type": one.actor_type.value,
            "organisation_number": one.organisation_number,
            "parent": above[one.parent_id].slug if one.parent_id else None,
            "language": one.language,
            "county": one.county,
            "email": one.email,
            "dissolved_on": one.dissolved_on.isoformat() if one.dissolved_on else None,
            "successors": " ".join(body.slug for body in ends[one.id].successors)
            if one.id in ends
            else None,
            "ended_because": ends[one.id].reason if one.id in ends else None,
        }
        for one in organisations
    ]


def organisations_as_csv(organisations: Sequence[Organisation]) -> str:
    """The same as the text of a CSV file."""
    rows = organisations_as_rows(organisations)
    return write_csv(COLUMNS, [[row[column] for column in COLUMNS] for row in rows])
