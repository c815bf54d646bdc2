"""Rules of mail: what can be declined, and at which hours people are written to."""

from datetime import datetime, time
from urllib.parse import urlsplit

from consult.kernel.clock import to_oslo
from consult.kernel.ids import content_digest

FOLLOWED = "followed"
"""The topic of the daily digest: every round that an address follows."""

_ANSWER = "answer:"

DAY_BEGINS = time(8, 0)
DAY_ENDS = time(20, 0)
"""Nobody is written to at night about what can wait; Norwegian time."""


def round_topic(public_id: str) -> str:
    """The topic of mails about one round."""
    return f"round:{public_id}"


def answer_topic(public_id: str) -> str:
    """The topic of mails about what happens with one answer."""
    return f"{_ANSWER}{public_id}"


def is_about_answer(topic: str) -> bool:
    """Whether a topic is what happens with one answer."""
    return topic.startswith(_ANSWER)


def address_digest(email: str) -> str:
    """What is kept of an address that wants no mail: enough to know it again, no more."""
    return content_digest(email.strip().lower().encode())


def is_daytime(now: datetime) -> bool:
    """Whether it is an hour at which people may be written to."""
    return DAY_BEGINS <= to_oslo(now).time() < DAY_ENDS


def stop_headers(link: str) -> dict[str, str]:
    """The headers by which a mail program declines with one click.

    Source: RFC 2369 (``List-Unsubscribe``) and RFC 8058 (``List-Unsubscribe-Post``).
    """
    return {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def site_of(link: str) -> str:
    """The scheme and host of an address: what other links to the same site start with."""
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}"
