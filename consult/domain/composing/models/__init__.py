"""Tables of documents being written."""

from consult.domain.composing.models.discussion import CommentPost, CommentThread
from consult.domain.composing.models.evidence import Evidence, LeftOut
from consult.domain.composing.models.outlining import ReportOutline
from consult.domain.composing.models.reading import ReaderLink
from consult.domain.composing.models.recommending import Ground, Recommendation
from consult.domain.composing.models.signing import SignEvent, SignOff, SignStep
from consult.domain.composing.models.versions import NamedVersion, Suggestion, WordReturn
from consult.domain.composing.models.writing import Composition, Part, PartRevision

__all__ = [
    "CommentPost",
    "CommentThread",
    "Composition",
    "Evidence",
    "Ground",
    "LeftOut",
    "NamedVersion",
    "Part",
    "PartRevision",
    "ReaderLink",
    "Recommendation",
    "ReportOutline",
    "SignEvent",
    "SignOff",
    "SignStep",
    "Suggestion",
    "WordReturn",
]
