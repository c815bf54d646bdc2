"""The pages of answering, one module per step."""

from consult.blueprints.respond.views import (  # noqa: F401 -- views register themselves on bp
    afterwards,
    codes,
    comments,
    council,
    drafts,
    files,
    links,
    mine,
    questions,
    receipts,
    sending,
    starting,
    tables,
)
