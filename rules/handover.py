"""How a new list of holders takes over from the old one (交接): what ends, what begins, and what never was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules.places import Assignment, Part

_Seat = tuple[str, Part, str]


@dataclass(frozen=True, slots=True)
class Handover:
    """交接: assignments that begin, those that end (with their last day), those dropped on the day they began."""

    begun: Sequence[Assignment] = ()
    ended: Sequence[Assignment] = ()
    dropped: Sequence[Assignment] = ()


def hand_over(known: Iterable[Assignment], wanted: Iterable[Assignment], today: date) -> Handover:
    """From today on those wanted hold, and nobody else; who held on earlier days stays as it was.

    Whoever goes on is left alone. Whoever leaves held until yesterday, or never, where they began today.
    """
    unfinished = [one for one in known if one.until is None or one.until >= today]
    going_on = {_seat(one) for one in unfinished if one.holds_on(today)}
    asked = {_seat(one) for one in wanted}
    leaving = [one for one in unfinished if _seat(one) not in asked or not one.holds_on(today)]
    return Handover(
        begun=[Assignment(*seat, today) for seat in sorted(asked - going_on)],
        ended=list(_until_yesterday(leaving, today)),
        dropped=[one for one in leaving if one.since >= today],
    )


def _until_yesterday(leaving: Iterable[Assignment], today: date) -> Iterator[Assignment]:
    for one in leaving:
        if one.since < today:
            yield replace(one, until=today - timedelta(days=1))


def _seat(one: Assignment) -> _Seat:
    return one.place, one.part, one.holder
