"""A message as each vendor shows it: plain text, the vendor's own markdown, HTML. Lengths are splitting's matter."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from channels.message import Outgoing
from rules.markup import Line, Shape, Span, parse

_LOOKALIKES = {"*": "＊", "[": "［", "]": "］", "<": "＜", ">": "＞", "`": "｀", "#": "＃", "~": "～"}
_LOOKALIKE = re.compile(r"[*\[\]<>`#~]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """一家厂商的文本写法: how each shape of line is written.

    Vendors' markdown has no escape that all of them honour, so other people's words get full-width lookalikes where
    they would be read as markdown or as a mention.
    """

    shapes: Mapping[Shape, str]
    bold: str = "**{}**"
    link: str = "[{}]({})"
    newline: str = "\n"
    has_markup: bool = True


def _shapes(heading: str, item: str = "- {}", quote: str = "> {}", continued: str = "　{}") -> Mapping[Shape, str]:
    return {
        Shape.HEADING: heading,
        Shape.ITEM: item,
        Shape.QUOTE: quote,
        Shape.CONTINUED: continued,
        Shape.PARAGRAPH: "{}",
        Shape.BLANK: "",
    }


PLAIN = Dialect(_shapes("{}", "· {}", "{}"), bold="{}", link="{} {}", has_markup=False)
WECOM = Dialect(_shapes("### {}"))
DINGTALK = Dialect(_shapes("### {}"), newline="  \n")
FEISHU = Dialect(_shapes("**{}**", quote="{}"))
COMMONMARK = Dialect(_shapes("### {}", continued="  {}"), newline="  \n")
FILE = Dialect(_shapes("### {}", continued="  {}"))


def body_in(message: Outgoing, dialect: Dialect) -> str:
    """The body alone, without a heading, link or footer."""
    return dialect.newline.join(_shown(line, dialect) for line in parse(message.body))


def full_text(message: Outgoing, dialect: Dialect, has_heading: bool = True) -> str:
    """The whole message: heading (unless the vendor shows the title elsewhere), body, link, number."""
    head = [_shown(Line(Shape.HEADING, (Span(message.heading),)), dialect), ""] if has_heading else []
    tail = [_linked(message.link_text, message.link, dialect)] if message.link else []
    lines = [*head, body_in(message, dialect), "", *tail, _shown(_footer(message), dialect)]
    return dialect.newline.join(lines)


def as_html(message: Outgoing) -> str:
    """The whole message as one HTML document, without anything loaded from elsewhere."""
    heading = html.escape(message.heading)
    body = "\n".join(_html_line(line) for line in parse(message.body))
    link = f'<p><a href="{html.escape(message.link)}">{html.escape(message.link_text)}</a></p>' if message.link else ""
    return (
        f'<!doctype html><html lang="{message.language}"><head><meta charset="utf-8"><title>{heading}</title></head>'
        f'<body style="font-family:sans-serif;line-height:1.6"><h2>{heading}</h2>\n{body}\n{link}\n'
        f'<p style="color:#555">{html.escape(message.footer)}</p></body></html>'
    )


def _lookalike(found: re.Match[str]) -> str:
    return _LOOKALIKES[found[0]]


def _footer(message: Outgoing) -> Line:
    return Line(Shape.QUOTE, (Span(message.footer),))


def _shown(line: Line, dialect: Dialect) -> str:
    return dialect.shapes[line.shape].format("".join([_shown_span(span, line.shape, dialect) for span in line.spans]))


def _shown_span(span: Span, shape: Shape, dialect: Dialect) -> str:
    text = _LOOKALIKE.sub(_lookalike, span.text) if dialect.has_markup else span.text
    if span.link:
        return dialect.link.format(text, span.link)
    return dialect.bold.format(text) if span.is_bold and shape is not Shape.HEADING else text


def _linked(text: str, link: str, dialect: Dialect) -> str:
    return dialect.link.format(text, link)


_HTML = {
    Shape.HEADING: "<h3>{}</h3>",
    Shape.ITEM: '<p style="margin:.5em 0 0 1em;text-indent:-1em">• {}</p>',
    Shape.CONTINUED: '<p style="margin:0 0 0 1em;color:#333">{}</p>',
    Shape.QUOTE: "<blockquote>{}</blockquote>",
    Shape.PARAGRAPH: "<p>{}</p>",
    Shape.BLANK: "",
}


def _html_line(line: Line) -> str:
    return _HTML[line.shape].format("".join(_html_spans(line)))


def _html_spans(line: Line) -> Iterator[str]:
    for span in line.spans:
        text = html.escape(span.text)
        if span.link:
            yield f'<a href="{html.escape(span.link)}">{text}</a>'
        else:
            yield f"<b>{text}</b>" if span.is_bold else text
