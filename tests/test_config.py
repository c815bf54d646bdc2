"""Settings."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from consult.config import ConfigurationError, Settings, read_settings


def test_defaults_make_a_trial_installation():
    settings = read_settings({})
    assert settings.shows_local_inbox
    assert settings.resolved_database_url.startswith("sqlite:///")


def test_port_and_instance_are_enough():
    settings = read_settings({"PORT": "8123", "INSTANCE": "/tmp/et-annet-sted"})
    assert settings.base_url == "http://localhost:8123"
    assert settings.instance == Path("/tmp/et-annet-sted")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONSULT_MISSPELT", "1"),
        ("CONSULT_DEFAULT_LOCALE", "se"),
        ("CONSULT_UPLOAD_LIMIT_MB", "stor"),
        ("CONSULT_UPLOAD_LIMIT_MB", "0"),
        ("CONSULT_SECURE_COOKIES", "kanskje"),
        ("CONSULT_BASE_URL", "example.org"),
        ("CONSULT_MAIL_URL", "smtp.example.org"),
        ("CONSULT_CLAMD", "localhost"),
        ("CONSULT_CLAMD", "localhost:port"),
    ],
)
def test_a_bad_setting_is_named(name, value):
    with pytest.raises(ConfigurationError, match=name):
        read_settings({name: value})


def test_the_local_inbox_serves_localhost_only():
    with pytest.raises(ConfigurationError, match="localhost"):
        read_settings({"CONSULT_BASE_URL": "https://horing.example"})
    read_settings(
        {"CONSULT_BASE_URL": "https://horing.example", "CONSULT_MAIL_URL": "smtp://post:25"}
    )


def test_the_secret_key_is_made_once_and_kept_private(tmp_path):
    settings = Settings(instance=tmp_path)
    key = settings.resolved_secret_key()
    assert settings.resolved_secret_key() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_every_setting_is_documented():
    guide = (Path(__file__).parent.parent / "docs" / "operate.md").read_text()
    documented = set(re.findall(r"`CONSULT_([A-Z_]+)`", guide))
    assert {item.name.upper() for item in fields(Settings)} - {"TESTING"} == documented
