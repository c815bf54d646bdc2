"""URL converters: the shapes that ids and short names have."""

from werkzeug.routing import BaseConverter, IntegerConverter, Map


class SlugConverter(BaseConverter):
    """A short name: lower-case letters, digits and single hyphens."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class PublicIdConverter(BaseConverter):
    """A random public id."""

    regex = r"[2-9a-hjkmnp-z]{12}"


class KeyConverter(BaseConverter):
    """The key of a question, proposal, section or theme, such as ``q1`` or ``4.2``."""

    regex = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?"


class NumberConverter(IntegerConverter):
    """The number of an answer in its round, no larger than a database's integer can be."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


CONVERTERS = {
    "slug": SlugConverter,
    "pid": PublicIdConverter,
    "key": KeyConverter,
    "number": NumberConverter,
}
