"""When a request arrived: what decides whether an answer was in time (domain guide §6, 32)."""

from datetime import datetime

from flask import Flask, g

from consult.kernel.clock import utc_now


def register_arrival(app: Flask) -> None:
    """Note the moment before anything else is done, the reading of a slow upload included.

    Only our own clock counts: a header that tells when a request was sent can be written by anyone.
    Register this before whatever else runs ahead of a request.
    """

    @app.before_request
    def _note() -> None:
        g.request_arrived_at = utc_now()


def request_arrived_at() -> datetime:
    """The moment in which the present request arrived."""
    moment: datetime = g.request_arrived_at
    return moment
