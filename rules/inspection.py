"""Inspection rounds (检查轮次): their periods, and which supervisor looks at which unit."""

from collections.abc import Mapping, Sequence
from datetime import date


def week_of(day: date) -> str:
    """The ISO week a day lies in, such as 2026-W48: a weekly round happens once in it."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def share_out(units: Sequence[str], supervisors: Sequence[str], turn: int) -> Mapping[str, tuple[str, ...]]:
    """Units dealt to supervisors in turn, evenly; another `turn` (the week's number) deals them another way round."""
    if not supervisors:
        return {}
    dealt: dict[str, list[str]] = {supervisor: [] for supervisor in supervisors}
    for place, unit in enumerate(units):
        dealt[supervisors[(place + turn) % len(supervisors)]].append(unit)
    return {supervisor: tuple(own) for supervisor, own in dealt.items()}
