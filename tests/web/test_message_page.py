"""The page a message's link opens: what it shows, what its buttons do, whom it turns away."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from rules.addressing import Address
from rules.places import Assignment, Part, Site
from rules.policy import Severity
from rules.roster import Roster
from store.outbox import Claimed, send_instead
from store.schema import duties, events, messages
from tests.harness.office import OfficeHarness
from tests.harness.pages import BASE, Phone, buttons, words


def _events(office: OfficeHarness, kind: str) -> list[tuple[str, str]]:
    return [(one.actor, one.subject) for one in office.rows(select(events).where(events.c.kind == kind))]


def test_the_message_carries_the_link_that_opens_it(office: OfficeHarness, phone: Phone) -> None:
    """What lies in the inbox leads to the page, with every duty of the digest as it stands and where it comes from."""
    (file,) = (office.office.settings.home / "inbox" / "城管员").glob("*.md")
    link = file.read_text("utf-8").split("](")[1].split(")")[0]
    assert link.startswith(f"{BASE}/m/")
    page = phone.opens(link)
    assert page.status_code == 200
    said = words(page.text)
    for part in (
        "清理背街小巷",
        "更新公益广告",
        "待签收",
        "2026-03-10 23:59",
        "《任务分解表》1.2.1 任务!A2",
        "D1",
        "N1",
    ):
        assert part in said
    assert "校门口秩序" not in said  # another unit's


def test_without_an_address_messages_carry_no_link(tmp_path: Path) -> None:
    """An office that has not said where its pages are found sends nobody to a page that is not there."""
    plain = OfficeHarness(tmp_path / "plain")
    assert plain.office.links.link(1, "城管员", plain.now) is None
    plain.close()


def test_it_offers_what_the_lifecycle_allows(office: OfficeHarness, phone: Phone) -> None:
    """The unit may accept, report and ask; the verifier closes or returns; who reported cannot verify."""
    link = phone.link_of("城管员")
    asks = ["ask_extension", "dispute", "ask_suspension", "split"]
    assert buttons(phone.opens(link).text) == ["accept", "report", *asks] * 2
    assert phone.presses(link, 1, "accept").status_code == 303
    assert buttons(phone.opens(link).text)[:5] == ["report", *asks]
    phone.presses(link, 1, "report", reason="已清运")
    office.cycle()
    assert "close" in buttons(phone.opens(phone.link_of("创建办主任")).text)
    assert buttons(phone.opens(link).text) == ["accept", "report", *asks]  # nothing about D1 any more


def test_a_button_acts_as_its_person_and_says_so(office: OfficeHarness, phone: Phone) -> None:
    """Accepting writes the row, the event with its actor, and the acceptance; the page then says it was done."""
    link = phone.link_of("城管员")
    answer = phone.presses(link, 1, "accept")
    assert (office.duty().state, office.duty().accepted_at) == ("accepted", office.now)
    assert _events(office, "duty.accept") == [("城管员", "duty:1")]
    page = words(phone.opens(answer.headers["location"]).text)
    assert "已办理：签收" in page
    assert "办理中" in page


def test_an_extension_is_asked_for_with_date_and_reason(office: OfficeHarness, phone: Phone) -> None:
    """What the unit wrote reaches the office; a date in the past is refused in words, and what was typed is kept."""
    link = phone.link_of("城管员")
    refused = phone.presses(link, 1, "ask_extension", reason="连日降雨", due="2026-02-01")
    assert refused.status_code == 409
    assert "新的时限必须在今后" in words(refused.text)
    assert "连日降雨</textarea>" in refused.text
    assert office.duty().pending is None
    assert phone.presses(link, 1, "ask_extension", reason="连日降雨", due="2026-03-20").status_code == 303
    assert office.duty().pending == "extension"
    assert office.duty().asked_due_at == office.office.calendar.end_of(office.now.date().replace(day=20))


@pytest.mark.parametrize("due", ["三月底", "0001-01-01", "9999-12-31", "2026-03-40"])
def test_what_is_no_date_is_refused(office: OfficeHarness, phone: Phone, due: str) -> None:
    """Whatever a browser sends as a date, the answer is a sentence."""
    answer = phone.presses(phone.link_of("城管员"), 1, "ask_extension", reason="连日降雨", due=due)
    assert (answer.status_code, office.duty().pending) == (409, None)


def test_a_double_click_changes_nothing(office: OfficeHarness, phone: Phone) -> None:
    """The second of two equal clicks is answered like the first and does nothing, even where it would be allowed."""
    link = phone.link_of("城管员")
    seen = phone.seen(link, 1)
    part = {"title": "清运", "unit": "市教育局", "due": "2026-03-09"}
    answers = [phone.presses(link, 1, "split", seen, **part).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(office.rows(select(duties).where(duties.c.parent_id == 1))) == 1


def test_a_page_that_has_grown_stale_acts_on_nothing(office: OfficeHarness, phone: Phone) -> None:
    """The office extended meanwhile: the unit is shown that first. A reminder of the ladder is no such change."""
    link = phone.link_of("城管员")
    seen = phone.seen(link, 1)
    office.until("2026-03-05")  # 提醒签收 came on the 4th
    assert phone.seen(link, 1) == seen
    office.does("创建办主任", "extend", reason="会议改期", due=office.now.date().replace(day=20))
    answer = phone.presses(link, 1, "accept", seen)
    assert answer.status_code == 409
    assert "已有变化" in words(answer.text)
    assert office.duty().state == "open"


def test_opened_is_recorded_once_and_by_a_person(office: OfficeHarness, phone: Phone) -> None:
    """Fetching the page, as a chat program does for its preview, is no receipt; what its script says is, once."""
    link = phone.link_of("城管员")
    phone.opens(link)
    assert _events(office, "message.opened") == []
    opened_at = office.now
    for hour in ("09:40", "10:30"):
        assert phone.asks("POST", f"{link}/opened").status_code == 204
        office.on("2026-03-02", hour)
    (message,) = office.rows(select(messages).where(messages.c.recipient == "城管员"))
    assert message.opened_at == opened_at
    assert _events(office, "message.opened") == [("城管员", f"message:{message.id}")]


def test_who_is_turned_away(office: OfficeHarness, phone: Phone) -> None:
    """A link that is none, of nothing, for another: one answer. An expired one, and who has left, get their own."""
    links, now = office.office.links, office.now
    wrong = [
        "nothing",
        phone.link_of("城管员")[3:-1] + "!",
        links.token(999, "城管员", now),
        links.token(office.rows(select(messages.c.id).where(messages.c.recipient == "教育员"))[0].id, "城管员", now),
    ]
    answers = {(phone.opens(f"/m/{token}").status_code, phone.opens(f"/m/{token}").text) for token in wrong}
    answers |= {(phone.opens(path).status_code, phone.opens(path).text) for path in ("/", "/docs", "/openapi.json")}
    assert [status for status, _ in answers] == [404]
    link = phone.link_of("城管员")
    office.appoints(Roster(office.roster.units, {k: p for k, p in office.roster.people.items() if k != "城管员"}))
    gone = [phone.opens(link), phone.asks("POST", f"{link}/opened"), phone.asks("POST", f"{link}/duties/1/accept")]
    assert [answer.status_code for answer in gone] == [403, 403, 403]
    office.on("2026-04-02")
    assert phone.opens(link).status_code == 410
    assert all("清理背街小巷" not in answer.text for answer in (*gone, phone.opens(link)))
    assert office.duty().state == "open"


def test_another_persons_duty_is_out_of_reach(office: OfficeHarness, phone: Phone) -> None:
    """A duty that is not in the message, an action that does not exist: the answer of a link that is none."""
    link = phone.link_of("城管员")
    for path in ("duties/3/accept", "duties/99/accept", "duties/1/destroy", "duties/x/accept"):
        assert phone.asks("POST", f"{link}/{path}", data={"seen": "1"}).status_code == 404
    assert office.duty(3).state == "open"


def test_what_the_reader_may_not_do_is_refused_in_words(office: OfficeHarness, phone: Phone) -> None:
    """A forged button of the office's: the lifecycle says who may do it."""
    answer = phone.presses(phone.link_of("城管员"), 1, "withdraw", reason="不想办")
    assert answer.status_code == 409
    assert "只有创建办可以办理" in words(answer.text)
    assert office.duty().state == "open"


def test_a_form_that_is_too_long_is_refused(office: OfficeHarness, phone: Phone) -> None:
    """Nothing longer than a page asks for is even read."""
    link = phone.link_of("城管员")
    for reason in ("长" * 3000, "x" * 200_000):
        assert phone.presses(link, 1, "dispute", reason=reason).status_code == 413
    assert office.duty().pending is None


def test_everything_is_said_in_english_too(office: OfficeHarness, phone: Phone) -> None:
    """?lang=en speaks English throughout, but for people's own words."""
    link = phone.link_of("城管员")
    page = words(phone.opens(f"{link}?lang=en").text)
    for part in ("Accept", "Report done", "Ask for an extension", "Unit", "Due", "Open", "New duty"):
        assert part in page
    assert "无效" not in (sorry := words(phone.opens("/m/nothing?lang=en").text))
    assert "not valid" in sorry


def test_words_of_others_are_never_markup(office: OfficeHarness, phone: Phone) -> None:
    """A reason with HTML in it is shown, not run."""
    link = phone.link_of("城管员")
    answer = phone.presses(link, 1, "ask_extension", reason="<script>alert(1)</script>", due="2026-02-01")
    assert "<script>alert" not in answer.text


def test_nothing_is_kept_framed_or_loaded_from_elsewhere(office: OfficeHarness, phone: Phone) -> None:
    """The headers that keep a link to its reader are on every answer, whatever it is."""
    for path in (phone.link_of("城管员"), "/m/nothing", "/health", "/static/page.css"):
        headers = phone.opens(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]


def test_a_rectification_is_verified_by_whom_the_lot_fell_on(office: OfficeHarness, phone: Phone) -> None:
    """Reported twice by a double click: one report, one draw; only the one drawn is offered to close it."""
    office.registers(
        Site("建设路市场", "农贸市场"), Assignment("site:建设路市场", Part.UNIT, "市城管局", date(2026, 1, 1))
    )
    office.finds()
    office.cycle()
    link = phone.link_of("城管员")
    seen = phone.seen(link, 4)
    assert [phone.presses(link, 4, "report", seen).status_code for _ in range(2)] == [303, 303]
    assert office.duty(4).rechecker == "督查员乙"  # 甲 found it
    office.cycle()
    assert buttons(phone.opens(phone.link_of("督查员乙")).text) == ["close", "return"]


def test_a_message_sent_instead_opens_for_whom_it_went_to(office: OfficeHarness, phone: Phone) -> None:
    """改投 to the office: its person sees the duties of the message that could not be delivered."""
    (message,) = office.rows(select(messages).where(messages.c.recipient == "城管员"))
    office.awaits(_replace(office, message))
    page = phone.opens(phone.link_of("创建办主任"))
    assert "清理背街小巷" in words(page.text)
    assert "extend" in buttons(page.text)


async def _replace(office: OfficeHarness, message: Row[Any]) -> None:
    failed = Claimed(
        message.id, message.number, 1, 1, "城管员", Address("inbox", "城管员"), Severity.ROUTINE, "题", "文", 1, False
    )
    async with office.office.deciding(office.now) as (write, _):
        await send_instead(write, failed, "创建办主任", Address("inbox", "创建办主任"), "文")
