"""Routing (派单): which unit a finding belongs to, and why. The first one owns it until handed over (首接负责)."""

from datetime import date
from typing import NamedTuple

from rules.findings import FindingDraft
from rules.language import Text
from rules.matching import plain
from rules.places import Part, Places
from rules.policy import FindingRules
from rules.roster_index import RosterIndex


class Route(NamedTuple):
    """归属: the site and area a finding was placed in, its unit (None: the office decides), and why that one."""

    site: str | None
    area: str | None
    unit: str | None
    why: Text


_NAMED = Text("上报时写明", "named in the report")
_OF_SITE = Text("点位责任单位", "the unit answerable for the site")
_OF_AREA = Text("片区责任单位", "the unit answerable for the area")
_OF_SECTOR = Text("行业主管单位", "the sector's unit")
_OF_TYPE = Text("按问题类型归口", "by the type of the finding")
_NOBODY = Text("没有登记责任单位，请创建办指定", "nobody is registered: the office decides")


class Router:
    """派单: places, roster and rules of one moment, asked finding by finding."""

    def __init__(self, places: Places, index: RosterIndex, rules: FindingRules) -> None:
        self._places = places
        self._index = index
        self._rules = rules
        self._sites = {plain(key): key for key in places.sites}
        self._areas = sorted(places.areas, key=len, reverse=True)

    def route(self, draft: FindingDraft, on: date) -> Route:
        """The unit named, else the site's or area's, else by type, else the sector's; else nobody yet."""
        site = draft.site or self._sites.get(plain(draft.place))
        known = self._places.sites.get(site) if site else None
        area = known.area if known else self._area_in(draft.place)
        unit, why = self._unit(draft, site, area, on)
        return Route(site, area, unit, why)

    def _unit(self, draft: FindingDraft, site: str | None, area: str | None, on: date) -> tuple[str | None, Text]:
        ways = (
            (_NAMED, draft.unit),
            (_OF_SITE, self._holder(site and f"site:{site}", Part.UNIT, on)),
            (_OF_AREA, self._holder(area and f"area:{area}", Part.UNIT, on)),
            (_OF_TYPE, self._rules.owner_of(draft.type)),
            (_OF_SECTOR, self._holder(site and f"site:{site}", Part.SECTOR, on)),
        )
        for why, written in ways:
            unit = self._index.match_unit(written).found if written else None
            if unit:
                return unit, why
        return None, _NOBODY

    def _holder(self, place: str | None, part: Part, on: date) -> str | None:
        """The one unit that answers for a place; of several, none is taken: the office decides."""
        holders = self._places.answering(place, part, on) if place else ()
        return holders[0] if len(holders) == 1 else None

    def _area_in(self, place: str) -> str | None:
        """The area a place in words names; of two, the one with the longer name."""
        return next((area for area in self._areas if area in place), None)
