"""An old workbook (.xls) as small as Excel's own readers take it: one sheet of days in a given number format each."""

from collections.abc import Sequence
from datetime import date
from struct import pack

SECTOR = 512
FREE, CHAIN_ENDS, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
FIRST_OWN_FORMAT = 164


def old_workbook(days: Sequence[tuple[date, str]]) -> bytes:
    """Each day stands in a column of row 1, shown as its format says."""
    styles = [b"\0\0" + pack("<H", FIRST_OWN_FORMAT + place) + bytes(16) for place in range(len(days))]
    formats = [pack("<H", FIRST_OWN_FORMAT + place) + _text(code, "<H") for place, (_, code) in enumerate(days)]
    cells = [pack("<HHHd", 0, place, place, (day - date(1899, 12, 30)).days) for place, (day, _) in enumerate(days)]
    head = [_record(0x0809, pack("<HHHHLL", 0x0600, 5, 0, 0, 0, 6)), _record(0x0042, pack("<H", 1200))]
    head += [_record(0x041E, one) for one in formats] + [_record(0x00E0, one) for one in styles]
    name = b"\0\0" + _text("任务", "<B")
    start = sum(map(len, head)) + 4 + 4 + len(name) + 4
    head += [_record(0x0085, pack("<L", start) + name), _record(0x000A, b"")]
    sheet = [_record(0x0809, pack("<HHHHLL", 0x0600, 0x10, 0, 0, 0, 6))]
    sheet += [*(_record(0x0203, one) for one in cells), _record(0x000A, b"")]
    return _container(b"".join(head + sheet))


def _record(kind: int, body: bytes) -> bytes:
    return pack("<HH", kind, len(body)) + body


def _text(words: str, length: str) -> bytes:
    return pack(length, len(words)) + b"\1" + words.encode("utf-16-le")


def _container(book: bytes) -> bytes:
    """The OLE container: a header, the allocation table, the directory, and the book in sectors on end."""
    book = book.ljust(4096, b"\0")
    book += bytes(-len(book) % SECTOR)
    last = len(book) // SECTOR + 1
    links = [TABLE, CHAIN_ENDS, *range(3, last + 1), CHAIN_ENDS]
    table = pack("<128L", *links, *[FREE] * (128 - len(links)))
    directory = _entry("Root Entry", 5, 1, CHAIN_ENDS, 0) + _entry("Workbook", 2, FREE, 2, len(book))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += pack("<LLLLLLLL", 1, 1, 0, 4096, CHAIN_ENDS, 0, CHAIN_ENDS, 0) + pack("<109L", 0, *[FREE] * 108)
    return header + table + directory.ljust(SECTOR, b"\0") + book


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    links = pack("<BBLLL", kind, 1, FREE, FREE, child)
    return words.ljust(64, b"\0") + pack("<H", len(words)) + links + bytes(36) + pack("<LQ", start, size)
