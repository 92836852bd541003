"""A round somebody asks for by hand (另开一轮): its name, its names of units resolved, whoever may ask for it."""

from dataclasses import replace
from datetime import datetime

from rules.errors import Refusal
from rules.inspecting import Inspection
from rules.lifecycle import Actor
from rules.roster import Role
from rules.rounds import SPECIAL, RoundPlan
from store.acting import NoSuchUnit
from store.rulebook import Rulebook


class NotASupervisor(Refusal):
    """无权开启检查: only supervisors and the office start rounds and record their results."""

    zh = "只有督查员和创建办可以开启检查、登记结果，{person}不是。"
    en = "Only supervisors and the office may open rounds and record results; {person} is neither."


def plan_of(book: Rulebook, asked: Inspection, now: datetime, seed: str | None = None) -> RoundPlan:
    """The plan of a round by hand: named by its label and the day, so that asking twice opens one. NoSuchUnit."""
    scope = asked.scope
    if scope.unit:
        match = book.index.match_unit(scope.unit)
        if match.found is None:
            raise NoSuchUnit(unit=scope.unit, near=match.offered)
        scope = scope.model_copy(update={"unit": match.found})
    plan = RoundPlan(SPECIAL, f"{asked.label.zh}@{book.calendar.local(now):%Y-%m-%d}", asked, seed=seed)
    return replace(plan, asked=asked.model_copy(update={"scope": scope}))


def check_supervisor(actor: Actor) -> Actor:
    """NotASupervisor for anyone else."""
    if not actor.roles & {Role.SUPERVISOR, Role.OFFICE}:
        raise NotASupervisor(person=actor.key)
    return actor
