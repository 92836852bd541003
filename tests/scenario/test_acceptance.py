"""Accepting, and forgetting: the ladder ends or goes on as the policy says."""

from rules.offsets import Offset
from tests.harness.office import OfficeHarness, row


def _climb(office: OfficeHarness) -> list[str]:
    """Due on Tuesday 10 March, accepted only on Friday the 13th, then nothing more is heard of it."""
    office.on("2026-03-02").publishes(row(due="2026-03-10"))
    office.until("2026-03-13").ignores_news()
    office.does("城管员", "accept")
    office.until("2026-04-01")
    return office.news()


def test_accepting_stops_nothing_unless_the_policy_says_so(office: OfficeHarness) -> None:
    """By the policy an office starts with, only reporting ends the ladder."""
    assert _climb(office)[:2] == ["03-17 分管副市长 黄色督办单 D1", "03-24 市长 红色督办单 D1"]


def test_a_forgotten_acceptance_wakes_up_again(office: OfficeHarness) -> None:
    """With a pause of five working days, accepting gives the unit a week; then the ladder goes on where it was."""
    office.adopts(lambda policy: {"pause_on_accept": Offset.parse("P5WD")})
    assert _climb(office) == ["03-24 分管副市长 黄色督办单 D1", "03-31 市长 红色督办单 D1"]


def test_who_takes_a_duty_over_has_not_accepted_it(office: OfficeHarness) -> None:
    """After a hand-over the receipt is gone, and the new unit is asked to accept."""
    office.on("2026-03-02").publishes(row(due="2026-03-20"))
    office.does("城管员", "accept")
    assert office.duty().accepted_at == office.now
    office.does("创建办主任", "hand_over", reason="职责调整", unit="市教育局")
    assert office.duty().accepted_at is None
    office.until("2026-03-04").inbox("教育员").expects("提醒签收", times=1)
    office.ignores_news()
