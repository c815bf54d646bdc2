"""URL converters: the shapes that ids and short names have."""

from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """A short name: lower-case letters, digits and single hyphens."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class PublicIdConverter(BaseConverter):
    """A random public id."""

    regex = r"[2-9a-hjkmnp-z]{12}"


class KeyConverter(BaseConverter):
    """The key of a question, proposal, section or theme, such as ``q1`` or ``4.2``."""

    regex = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?"


CONVERTERS = {"slug": SlugConverter, "pid": PublicIdConverter, "key": KeyConverter}
