"""Cutting a message into parts that its channel takes (拆分): at line ends, measured as the vendor does."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from channels.carriers import CARRIERS
from channels.errors import TooLong
from channels.kinds import ChannelConfig
from channels.message import Outgoing
from rules.markup import escape, plain

_MOST_PARTS = 99
_LEAST_ROOM = "督" * 20
_GOOD_ENDS = "。；！？;!?，,、 "


def split(channel: ChannelConfig, target: str, message: Outgoing) -> tuple[Outgoing, ...]:
    """The message itself where it fits, else its parts. Each still fits when it is marked as a resend.

    Raises TooLong where the title, link and footer alone fill the limit, or more than 99 parts were needed.
    """
    carrier = CARRIERS[channel.kind]
    limit = carrier.limit(channel, target)

    def fits(body: str, parts: int) -> bool:
        longest = replace(message, body=body, is_resend=True, part=parts, parts=parts)
        return limit is None or carrier.size(carrier.text(channel, target, longest), target, longest) <= limit

    if fits(message.body, 1):
        return (message,)
    has_room = fits(_LEAST_ROOM, _MOST_PARTS)
    bodies = list(_cut(message.body, lambda body: fits(body, _MOST_PARTS))) if has_room else []
    if not 0 < len(bodies) <= _MOST_PARTS:
        raise TooLong(number=message.number, kind=channel.kind, limit=limit)
    return tuple(
        replace(message, body=body, part=index, parts=len(bodies)) for index, body in enumerate(bodies, start=1)
    )


def _cut(body: str, fits: Callable[[str], bool]) -> Iterator[str]:
    lines = body.split("\n")
    while lines:
        count = _whole_lines(lines, fits)
        if count == 0:
            lines[:1] = _cut_line(lines[0], fits)
            continue
        if part := "\n".join(lines[:count]).strip("\n"):
            yield part
        lines = lines[count:]


def _whole_lines(lines: Sequence[str], fits: Callable[[str], bool]) -> int:
    return _most(len(lines), lambda n: fits("\n".join(lines[:n])))


def _cut_line(line: str, fits: Callable[[str], bool]) -> list[str]:
    """One line too long for a part loses its marks and is cut, if possible behind a punctuation mark."""
    words = plain(line)
    count = max(_most(len(words), lambda n: fits(escape(words[:n]))), 1)
    good = max(words.rfind(mark, 0, count) for mark in _GOOD_ENDS) + 1
    count = good if good > count * 2 // 3 else count
    return [escape(words[:count]), escape(words[count:])]


def _most(length: int, fits: Callable[[int], bool]) -> int:
    """The greatest n up to `length` that fits; what fits grows no shorter with n."""
    return bisect_right(range(1, length + 1), False, key=lambda n: not fits(n))
