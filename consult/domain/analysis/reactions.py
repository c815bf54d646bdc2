"""What this area does when something happens in an area below."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from consult.domain.analysis.service import forget_former_versions, index_passages
from consult.domain.coding.service.dividing import passages_made
from consult.domain.submissions.service.receiving import version_stored

if TYPE_CHECKING:
    from consult.domain.submissions.models import SubmissionVersion


def connect_reactions() -> None:
    """Let every passage be found by its words as soon as it is made, in the same transaction."""
    passages_made.connect(_index)
    version_stored.connect(_forget_former)


def _index(quotes: Mapping[int, str], *, are_new: bool) -> None:
    index_passages(quotes, are_new=are_new)


def _forget_former(version: "SubmissionVersion") -> None:
    forget_former_versions(version)
