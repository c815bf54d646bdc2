"""Keeping secrets that stand in addresses out of the logs of the web servers.

Pages lead at once from an address with a secret to one without, so that it stays in no history and
no referrer. The request itself is still logged by whoever serves it; here its secret is covered.
A proxy in front has a log of its own: see docs/operate.md.
"""

import logging
import re

_SECRET = re.compile(
    # after a place that links lead to, also when mistyped or cut off
    r"(/(?:link|table-link|draft-link|confirm|follow|mail|support)/)[\w%.~-]{16,}"
    # and whatever looks like a secret of ours, wherever it stands in an address
    r"|(/)[\w-]{43}(?![\w-])"
)
_ACCESS_LOGS = ("werkzeug", "gunicorn.access", "gunicorn.error")


class _CoverSecrets(logging.Filter):
    """Puts ``…`` in the place of the secret that an address ends in."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line where it holds a secret, and let it through."""
        line = record.getMessage()
        if _SECRET.search(line):
            record.msg, record.args = cover_secrets(line), ()
        return True


def cover_secrets(line: str) -> str:
    """The line without the secrets of links: personal, to sign in, for hosts, members and mail."""
    return _SECRET.sub(lambda found: f"{found[1] or found[2]}…", line)


def register_log_cover() -> None:
    """Cover secrets in the logs of the servers we run under; doing so twice changes nothing."""
    for name in _ACCESS_LOGS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, _CoverSecrets) for one in logger.filters):
            logger.addFilter(_CoverSecrets())
