"""Fixtures every kind of test may use."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.harness.databases import anywhere, empty_url, postgres, url  # noqa: F401
from tests.harness.office import OfficeHarness

# How long one example takes is the machine's affair; speed is measured by `python -m benchmarks`.
settings.register_profile("patient", parent=settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("patient")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes don't name a test: a zip file's carry the second it was made, and workers must agree on every name.

    Nor does a long text, which would fill the report of a failure.
    """
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 80) else None


@pytest.fixture
def office(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[OfficeHarness]:
    """An office on SQLite under a moved clock; an error in any log fails the test."""
    harness = OfficeHarness(tmp_path / "home")
    yield harness
    harness.close()
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert not errors, errors
