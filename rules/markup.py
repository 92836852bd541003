"""The light markdown (正文写法) of message bodies: `#` headings, `-` items, `>` quotes, **bold**, [text](link).

Reading it and escaping other people's words for it live here; showing it to a vendor is channels.rendering's.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Shape(StrEnum):
    """行的样式."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CONTINUED = "continued"
    QUOTE = "quote"
    BLANK = "blank"


class Span(NamedTuple):
    """行内的一段: bold text or a link is one span."""

    text: str
    is_bold: bool = False
    link: str | None = None


class Line(NamedTuple):
    """正文的一行."""

    shape: Shape
    spans: tuple[Span, ...] = ()


_BLOCK = re.compile(r"(?P<heading>#{1,6} +)|(?P<item>[-*] +)|(?P<quote>> ?)|(?P<continued> {2,})")
_SHAPES = {shape.value: shape for shape in Shape}
_INLINE = re.compile(
    r"\\(?P<escaped>[\\*\[\]#>-])"
    r"|\*\*(?P<bold>(?:[^*\\]|\\.)+)\*\*"
    r"|\[(?P<text>(?:[^\]\\]|\\.)+)\]\((?P<link>https?://[^\s()]+)\)"
)
_SPECIAL = re.compile(r"[\\*\[\]]|^[#>-](?= )|^>", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\*\[\]#>-])")


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Somebody's words made safe for a body: shown as they are, never read as markdown."""
    return _SPECIAL.sub(lambda mark: "\\" + mark[0], text)


def parse(body: str) -> tuple[Line, ...]:
    return tuple(_line(raw) for raw in body.split("\n"))


def _line(raw: str) -> Line:
    raw = raw.rstrip()
    if not raw:
        return Line(Shape.BLANK)
    block = _BLOCK.match(raw) if raw[0] in "#-*> " else None
    if not block:
        return Line(Shape.PARAGRAPH, _spans(raw))
    return Line(_SHAPES[block.lastgroup or ""], _spans(raw[block.end() :]))


def _spans(text: str) -> tuple[Span, ...]:
    if "**" not in text and "[" not in text and "\\" not in text:
        return (Span(text),)
    return tuple(_marked_spans(text))


def _marked_spans(text: str) -> Iterator[Span]:
    plain, position = "", 0
    for match in _INLINE.finditer(text):
        plain += text[position : match.start()]
        position = match.end()
        if match["escaped"]:
            plain += match["escaped"]
            continue
        if plain:
            yield Span(plain)
            plain = ""
        if match["bold"]:
            yield Span(_ESCAPED.sub(r"\1", match["bold"]), is_bold=True)
        else:
            yield Span(_ESCAPED.sub(r"\1", match["text"]), link=match["link"])
    if plain := plain + text[position:]:
        yield Span(plain)


def plain(body: str) -> str:
    """The words alone, line by line."""
    return "\n".join(map(_words, body.split("\n")))


def _words(raw: str) -> str:
    """The same words that `_line` finds, without telling them apart."""
    raw = raw.rstrip()
    block = _BLOCK.match(raw) if raw[:1] in tuple("#-*> ") else None
    return _INLINE.sub(_word, raw[block.end() :] if block else raw)


def _word(marked: re.Match[str]) -> str:
    return marked["escaped"] or _ESCAPED.sub(r"\1", marked["bold"] or marked["text"])
