"""The gallery's application: the real templates with stand-ins around them."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from flask.testing import FlaskClient

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def gallery() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "scripts" / "gallery.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["gallery"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def gallery_app(gallery: ModuleType) -> Flask:
    app = gallery.create_gallery()
    app.testing = True
    return app


@pytest.fixture
def page_of(gallery_app: Flask) -> FlaskClient:
    return gallery_app.test_client()
