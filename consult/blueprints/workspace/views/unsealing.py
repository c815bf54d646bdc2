"""Steps that change a text that may be under signing: they ask before a signature falls."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.site import base_url
from consult.domain.composing.errors import TextIsSealed
from consult.domain.composing.sealing import seal_state
from consult.domain.composing.service.signing import break_seal, guard_seal

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Recommendation

Step = Callable[..., ResponseReturnValue]

AGREED = "breaks_seal"
"""The name of the button by which a writer agrees that signing starts over."""

_NOT_AGAIN = frozenset({"csrf_token", AGREED})


@contextmanager
def changing(composition: "Composition", *, what: str) -> Iterator[None]:
    """Change the text inside; signatures fall where it is another text afterwards.

    Args:
        composition: The text.
        what: What is changed, in words: whoever had signed reads it.

    Raises:
        TextIsSealed: It is being signed, or signed, and nobody has agreed.
    """
    guard_seal(composition, is_confirmed=AGREED in request.form)
    yield
    break_seal(composition, part=what, base_url=base_url(), by=current_actor())


def asks_about_seal(step: Step) -> Step:
    """Where a step would break the seal, ask with all that was sent, and do nothing yet."""

    @wraps(step)
    def asking(subject: "Composition | Recommendation", **arguments: str) -> ResponseReturnValue:
        try:
            return step(subject, **arguments)
        except TextIsSealed:
            composition = subject.composition if hasattr(subject, "composition") else subject
            sent = request.form.items(multi=True)
            page = render_template(
                "workspace/reports/ask_seal.html",
                organisation=composition.organisation,
                round=composition.round,
                seal=seal_state(composition),
                action=request.full_path,
                sent=[(name, value) for name, value in sent if name not in _NOT_AGAIN],
            )
            return page, 409

    return asking
