"""Addresses of texts that are written: a response and a report are worked on in the same rooms."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app, request
from flask.typing import ResponseReturnValue

from consult.blueprints.workspace import bp
from consult.domain.composing.types import REPORTS, CompositionKind

View = Callable[..., ResponseReturnValue]

_RESPONSE = "/<slug:organisation>/cases/<slug:round_slug>"
_REPORT = "/<slug:organisation>/reports/<slug:round_slug>/<any({kinds}):kind>".format(
    kinds=", ".join(sorted(REPORTS))
)


def written(path: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Serve a view for a response and for each kind of report: its loader gets ``kind``."""

    def decorate(view: View) -> View:
        response = {"kind": CompositionKind.RESPONSE.value}
        bp.add_url_rule(f"{_RESPONSE}{path}", view_func=view, methods=methods, defaults=response)
        bp.add_url_rule(f"{_REPORT}{path}", view_func=view, methods=methods)
        return view

    return decorate


def report(path: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Serve a view for each kind of report alone."""

    def decorate(view: View) -> View:
        bp.add_url_rule(f"{_REPORT}{path}", view_func=view, methods=methods)
        return view

    return decorate


@bp.url_defaults
def _stay_with_the_text(endpoint: str, values: dict[str, Any]) -> None:
    """Links from a room of a report lead to rooms of the same report."""
    here = (request.view_args or {}) if request else {}
    kind = here.get("kind")
    if kind in (None, CompositionKind.RESPONSE) or "kind" in values:
        return
    same = all(values.get(name) == here.get(name) for name in ("organisation", "round_slug"))
    if same and current_app.url_map.is_endpoint_expecting(endpoint, "kind"):
        values["kind"] = kind
