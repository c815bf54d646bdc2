"""How entries are chained."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def entry_hash(
    previous: str,
    *,
    stream: str,
    seq: int,
    at: datetime,
    actor: str,
    tag: str,
    subject: str,
    data: Mapping[str, Any],
) -> str:
    """SHA-256 over the previous hash and the entry's own content as canonical JSON."""
    content = json.dumps(
        [previous, stream, seq, at.astimezone(UTC).isoformat(), actor, tag, subject, data],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()
