"""How fast is too fast, by what is written to rather than by whose network it comes from.

A household, an office, a library or a hall shares one address. So what one address may do is bound
only where a whole hall stays below it; floods are told by what the answers say and how close they
come (``consult.domain.disclosure``), and stand aside instead of being refused.
"""

from flask import request

from consult.kernel.ids import content_digest

A_FULL_HALL = "600 per minute"
"""Answers begun from one address: a hall that is asked to take up its phones stays below it."""

ONE_WRITER = "240 per minute"
"""Saves of one draft: several pages open at once, each saving after every pause, stay below it."""

ONE_INBOX = "5 per hour"
"""Mails that anybody can have sent to one address."""


def by_public_id() -> str:
    """Count by the draft or answer in the address, whoever asks."""
    return f"{request.endpoint} {(request.view_args or {}).get('public_id')}"


def by_email() -> str:
    """Count by the address in the form, which is not kept: nobody's inbox is filled from here."""
    email = request.form.get("email", "").strip().casefold()
    return f"{request.endpoint} {content_digest(email.encode())}"


def names_no_inbox() -> bool:
    """Whether no mail can follow: somebody who has signed in presses a button, or wrote nothing."""
    return not request.form.get("email", "").strip()
