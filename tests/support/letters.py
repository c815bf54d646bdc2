"""Responses that an organisation writes, as tests of writing and signing need them."""

from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.models import Composition
from consult.domain.composing.queries import get_part
from consult.domain.composing.service.beginning import begin_response
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.types import Block, Kind, RichText, Text


def body_of(*paragraphs: str) -> dict:
    """Rich text as it is stored."""
    blocks = (Block(Kind.PARAGRAPH, (Text(words),)) for words in paragraphs)
    return to_tree(RichText(tuple(blocks)))


def letter_of(make, body, *, round_=None) -> Composition:
    """A response of an organisation to a round with one question, one sentence in each part."""
    composition = begin_response(round_ or make.round(questions=1), body, by=SYSTEM)
    get_part(composition, "general").body = body_of("Vi støtter hovedlinjene.")
    get_part(composition, "q-q1").body = body_of("Kontoret må være åpent.")
    return composition
