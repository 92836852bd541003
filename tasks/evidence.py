"""Taking in evidence (收存材料): files are examined, all of them before any is kept, then put on the shelf."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from documents.exhibits import Incoming, examined
from documents.shelf import Shelf
from rules.evidence import Exhibit
from rules.policy import EvidenceRules
from tasks.office import Office


def shelf(office: Office) -> Shelf:
    """The shelf in the office's home folder."""
    return Shelf(office.settings.home / "evidence")


async def take_in(office: Office, files: Sequence[Path], rules: EvidenceRules) -> tuple[Exhibit, ...]:
    """Keep these files, to be attached in the transaction of what they show; one that is refused refuses all.

    What is kept and then attached to nothing is only a file under its own hash: harmless, and found again.
    """
    return await asyncio.to_thread(_take_in, office, files, rules)


def _take_in(office: Office, files: Sequence[Path], rules: EvidenceRules) -> tuple[Exhibit, ...]:
    incoming = [examined(file, rules, office.settings.zone) for file in files]
    return tuple(_kept(shelf(office), one) for one in incoming)


def _kept(shelf: Shelf, one: Incoming) -> Exhibit:
    return Exhibit(shelf.put(one.data), one.media_type, len(one.data), one.name, one.taken_at, one.taken_where)
