"""The desk's pages, one module per page of the side navigation."""

from consult.blueprints.desk.views import (
    afterwards,
    answers,
    codebook,
    coding,
    documents,
    intake,
    matrix,
    overview,
    proposals,
    setup,
    themes,
)

__all__ = [
    "afterwards",
    "answers",
    "codebook",
    "coding",
    "documents",
    "intake",
    "matrix",
    "overview",
    "proposals",
    "setup",
    "themes",
]
