"""Places and their people in the database (点位名册): read whole, as rules.places shows them."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.inspecting import Level
from rules.places import Area, Assignment, Part, Places, Site, StandardItem
from rules.policy import Severity
from store.inspection_schema import areas, assignments, sites, standards


async def places(connection: AsyncConnection) -> Places:
    """Every area, site and standard that has not been retired, with everyone who ever answered for them."""
    area_rows = await connection.execute(select(areas).where(areas.c.retired_at.is_(None)))
    site_rows = await connection.execute(select(sites).where(sites.c.retired_at.is_(None)))
    standard_rows = await connection.execute(select(standards).where(standards.c.retired_at.is_(None)))
    assignment_rows = await connection.execute(select(assignments).order_by(assignments.c.since, assignments.c.holder))
    return Places(
        areas={row.key: Area(row.key, row.kind, row.parent) for row in area_rows},
        sites={row.key: Site(row.key, row.type, row.area, row.address) for row in site_rows},
        standards=[
            StandardItem(
                row.site_type,
                row.code,
                row.text,
                row.finding_type,
                Severity(row.severity),
                Level(row.level),
                row.indicator,
            )
            for row in standard_rows
        ],
        assignments=[
            Assignment(row.place, Part(row.part), row.holder, row.since, row.until) for row in assignment_rows
        ],
    )
