"""The chain of accountability (责任链): who answers for a unit on each rung. No name is matched here."""

from collections.abc import Iterator

from rules.roster import Chain, Roster, Rung, Unit

LEADERS = (Rung.LEADER, Rung.MAIN, Rung.GROUP)


def chain_of(roster: Roster, unit_name: str, leader: str | None = None, responsible: str | None = None) -> Chain:
    """责任链: the person on each rung that is filled, from the responsible person up to the leading group.

    `leader` and `responsible` are keys of people named in a table row; they take the place of the unit's own.
    Without a leader in charge (分管领导) the line climbs from the head, or from the responsible person where
    there is no head. People the roster does not know fill no rung; a unit with nobody has an empty chain.
    """
    unit = roster.units.get(unit_name, Unit(unit_name))
    doer = _first_known(roster, responsible, unit.responsible)
    head = _first_known(roster, unit.head)
    in_charge = _first_known(roster, leader, unit.leader)
    line = [in_charge, *superiors(roster, in_charge)] if in_charge else superiors(roster, head or doer)
    rungs = {Rung.RESPONSIBLE: doer, Rung.HEAD: head, **dict(zip(LEADERS, line, strict=False))}
    return {rung: key for rung, key in rungs.items() if key}


def superiors(roster: Roster, key: str | None) -> Iterator[str]:
    """上级: everyone above a person, nearest first; stops where the line would come round again."""
    met = {key}
    while key and (above := _first_known(roster, roster.people[key].superior)) and above not in met:
        met.add(above)
        yield above
        key = above


def _first_known(roster: Roster, *keys: str | None) -> str | None:
    return next((key for key in keys if key in roster.people), None)
