"""Keeping what is searched: the words of every passage of the versions that count now.

What is found and by whom is decided when somebody searches; here is only what there is to find. It
follows from the passages and is nobody's act: it is not audited.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from consult.db import session, table_of
from consult.domain.analysis.models import SearchEntry
from consult.domain.analysis.queries.indexing import (
    former_passage_ids,
    outdated_entry_ids,
    passages_without_entry,
)
from consult.domain.analysis.search.matching import tokens_of
from consult.kernel.text.stems import EDITION

if TYPE_CHECKING:
    from consult.domain.submissions.models import SubmissionVersion

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What was done to what is searched.

    Attributes:
        added: Passages that are new there or were stemmed anew.
        removed: Passages of former versions that were taken out.
        entries: How many passages can be found now.
    """

    added: int
    removed: int
    entries: int


def index_passages(quotes: Mapping[int, str], *, are_new: bool = False) -> None:
    """Let passages be found by their words, given by id; what stood there for them is replaced."""
    if not are_new:
        _remove(list(quotes))
    _add(quotes)


def forget_former_versions(version: "SubmissionVersion") -> None:
    """Take out what the versions before this one say: it does not count any more."""
    if version.number > 1:
        _remove(former_passage_ids(version.submission_id, version.id))


def bring_up_to_date(*, everything: bool = False) -> IndexChange:
    """Add what is missing, renew what another edition of the stems made, take out what is former.

    Args:
        everything: Make all of it anew, whatever stands there.
    """
    if everything:
        session().execute(delete(SearchEntry))
    outdated = outdated_entry_ids(EDITION)
    _remove(outdated.former + outdated.other_edition)
    added = 0
    while quotes := passages_without_entry(limit=_AT_ONCE):
        _add(quotes)
        added += len(quotes)
    entries = session().scalar(select(func.count()).select_from(SearchEntry)) or 0
    return IndexChange(added=added, removed=len(outdated.former), entries=entries)


def _add(quotes: Mapping[int, str]) -> None:
    if quotes:
        rows = [
            {"passage_id": passage_id, "edition": EDITION, **tokens_of(quote)}
            for passage_id, quote in quotes.items()
        ]
        session().execute(insert(table_of(SearchEntry)), rows)


def _remove(passage_ids: list[int]) -> None:
    for start in range(0, len(passage_ids), _AT_ONCE):
        part = passage_ids[start : start + _AT_ONCE]
        session().execute(delete(SearchEntry).where(SearchEntry.passage_id.in_(part)))
