"""The table of what is searched: the words of every passage, as stems."""

from sqlalchemy import ForeignKey, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base
from consult.domain.analysis.search_index import make_index, remove_index


class SearchEntry(Base):
    """The words of one passage of an answer's present version, ready to be searched.

    ``stems`` are its words in order, ``others`` what else they are found by
    (:mod:`consult.domain.analysis.search.matching`). It lives and dies with its passage. The index
    of both is the database's own and is kept by the database itself, so whatever changes here
    changes there in the same transaction (:mod:`consult.domain.analysis.search_index`).
    """

    __tablename__ = "search_entry"

    passage_id: Mapped[int] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    edition: Mapped[int]
    stems: Mapped[str] = mapped_column(Text)
    others: Mapped[str] = mapped_column(Text)


event.listen(SearchEntry.__table__, "after_create", make_index)
event.listen(SearchEntry.__table__, "after_drop", remove_index)
