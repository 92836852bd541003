"""Stories are strict: what nobody asked about fails them, and so does what the audit would find."""

from collections.abc import Iterator

import pytest

from tests.harness.office import OfficeHarness


@pytest.fixture
def office(office: OfficeHarness) -> Iterator[OfficeHarness]:
    """An office whose every notice must be asked about, and whose promises are kept when the story ends."""
    yield office
    assert office.breaches() == []
    assert office.unexpected() == []
