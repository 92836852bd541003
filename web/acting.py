"""A button pressed on a page (网上办理): the duty is acted on as the link's recipient, in one transaction."""

from collections.abc import Mapping
from datetime import date, datetime

from rules.errors import Refusal
from rules.lifecycle import Action
from store.acting import Given, act, locked_duty
from store.links import NoSuchLink
from store.receipts import last_acts, notices_told, was_just_done
from web.site import Site, Visitor


class ChangedMeanwhile(Refusal):
    """已有变化: somebody acted on the duty after this page was shown."""

    zh = "责任事项 D{duty} 在您打开页面之后已有变化，没有办理。请看现在的状态，再决定。"
    en = "Duty D{duty} has changed since you opened this page; nothing was done. See how it stands now, then decide."


class NotADate(Refusal):
    """日期不明: what was written as a time limit is none."""

    zh = "“{given}”不是可用的日期，请写成 2026-03-02。"
    en = "“{given}” is no usable date; write 2026-03-02."


async def press(site: Site, visitor: Visitor, duty: int, action: str, form: Mapping[str, str]) -> None:
    """Do it once: a second click of the same button changes nothing and is no error.

    NoSuchLink where the duty is not of this message; ChangedMeanwhile where somebody else came first.
    """
    if action not in set(Action):
        raise NoSuchLink
    given = _given(form)
    async with site.acting(visitor.actor) as (write, book):
        if duty not in {notice.duty_id for notice in await notices_told(write.connection, visitor.message)}:
            raise NoSuchLink
        await locked_duty(write, duty)
        if (await last_acts(write.connection, [duty]))[duty] != _number(form.get("seen", "")):
            if await was_just_done(write.connection, duty, f"duty.{action}", visitor.actor.key):
                return
            raise ChangedMeanwhile(duty=duty)
        await act(write, book, duty, Action(action), given)


def _given(form: Mapping[str, str]) -> Given:
    def said(name: str) -> str:
        return form.get(name, "").strip()

    return Given(said("reason"), _due(said("due")), said("unit"), said("title"), said("person"))


def _due(written: str) -> date | datetime | None:
    """A date counts to its last second, a time to itself; both are local."""
    if not written:
        return None
    try:
        due = datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        due = date.min
    if not 1949 <= due.year <= 2200:
        raise NotADate(given=written[:40])
    return due


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() else 0
