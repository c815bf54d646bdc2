"""The pages of answering, one module per step."""

from consult.blueprints.respond.views import (  # noqa: F401 -- views register themselves on bp
    afterwards,
    caring,
    codes,
    comments,
    council,
    device,
    drafts,
    files,
    links,
    mandates,
    mine,
    questions,
    receipts,
    sending,
    starting,
    tables,
)
