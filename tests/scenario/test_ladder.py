"""How a duty climbs, told in dates."""

from tests.harness.office import OfficeHarness, row


def test_silent_owner_reaches_the_accountable_leader(office: OfficeHarness) -> None:
    """A duty nobody accepts climbs to the leader in charge after two missed weeks."""
    office.on("2026-11-23").publishes(row(due="2026-12-04"))
    office.passes(weeks=3)
    office.inbox("分管副市长").expects("黄色督办单", about="背街小巷")
