"""Limits count what is written to, not whose network it comes from."""

import pytest
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from consult.blueprints.shared.limits import by_public_id


@pytest.mark.scenario(71)
def test_two_drafts_behind_one_address_have_a_limit_each():
    app = Flask(__name__)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")

    @app.post("/drafts/<public_id>")
    @limiter.limit("3 per minute", key_func=by_public_id)
    def save(public_id: str) -> str:
        return public_id

    client = app.test_client()
    busy = [client.post("/drafts/busy").status_code for _each in range(5)]
    calm = [client.post("/drafts/calm").status_code for _each in range(3)]
    assert busy == [200, 200, 200, 429, 429]
    assert calm == [200, 200, 200]
