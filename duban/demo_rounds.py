"""The supervisors of the demo (演示中的督查员): they walk the week's round, and the market's old trouble comes back."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from rules.lifecycle import Actor
from rules.roster import Role
from rules.visits import Answer, Verdict, Visit
from store.inspection_schema import rounds
from store.visits import record_answers, visits_of
from tasks.office import Office

_ONE_IN = 6
"""One item in so many fails."""
_TROUBLE = ("青禾农贸市场", "M1")


async def walk_the_rounds(office: Office, now: datetime) -> int:
    """Every site of the rounds still open is visited. Returns how many results were recorded."""
    book = await office.rulebook()
    person = book.roster.people[book.people_with(Role.SUPERVISOR)[0]]
    async with office.store.reading() as connection:
        running = (await connection.execute(select(rounds).where(rounds.c.finished_at.is_(None)))).all()
        known = {row.id: await visits_of(connection, row) for row in running}
    recorded = 0
    for row in running:
        answers = [_answer(row.id, visit, code) for visit in known[row.id].values() for code in sorted(visit.codes)]
        async with office.deciding(now, Actor(person.key, person.unit, person.roles)) as (write, decided):
            recorded += (await record_answers(write, decided, row.id, answers)).answers
    return recorded


def _answer(number: int, visit: Visit, code: str) -> Answer:
    """What is found is the same in every demo; the market's entrance fails every other week."""
    luck = sha256(f"{number}/{visit.site}/{code}".encode()).digest()[0] % _ONE_IN
    fails = number % 2 == 1 if (visit.site, code) == _TROUBLE else luck == 0
    verdict, text = (Verdict.FAIL, "现场不符合检查标准，已拍照") if fails else (Verdict.PASS, "")
    return Answer(visit.row_key, visit.site, code, verdict, text)
