"""Templates an office may change safely (消息模板): what may stand in one, how it is checked, how it is filled in.

A template has values, conditions and one loop; nothing that calls, assigns, grows or reaches outside.
"""

import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.environment import Template
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rules.digest import Digest, NoticeFacts, compose, gravest_first, heading, saying
from rules.errors import Refusal
from rules.language import Language, Text
from rules.policy import Severity
from rules.worktime import WorkCalendar

BUILT_IN: Mapping[str, str] = {
    "subject": (
        '{% if language == "zh" %}【督办】{{ first }}{% if count > 1 %}等 {{ count }} 项{% endif %}'
        "{% else %}[Duban] {{ first }}{% if count > 1 %} and more: {{ count }} items{% endif %}{% endif %}\n"
    ),
    "line": (
        "- **{{ notice.label }}**{% if notice.duty %} {{ notice.duty }}{% endif %} {{ notice.title }}\n"
        "  {% if notice.details %}{{ notice.details }} {% endif %}({{ notice.number }})\n"
    ),
    "body": "{{ lines }}\n",
}
"""内置用语: the names there are, each with a template that says what the built-in words say."""

LONGEST_TEMPLATE, LONGEST_SUBJECT = 10_000, 120
_ROOM, _TIMES = 2000, 3
"""A body may be so much longer, and so many times as long, as the built-in words."""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.If, nodes.For,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test,
)  # fmt: skip
_FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "truncate", "upper")
_TESTS = ("defined", "eq", "equalto", "ge", "gt", "in", "le", "lt", "ne", "none", "undefined")


_WRITTEN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SAMPLE: tuple[NoticeFacts, ...] = (
    NoticeFacts(
        101, "责任人", Text("逾期催办", "overdue: urged"), Severity.IMPORTANT, _WRITTEN, "清理背街小巷", 12, "市城管局",
        _WRITTEN, provisional=True, reason=Text("已到时限，未申报办结", "the time limit has come, not reported done"),
    ),
    NoticeFacts(102, "责任人", Text("负担预算已用完", "burden budget used up"), Severity.ROUTINE, _WRITTEN, "市教育局"),
    NoticeFacts(1010, "责任人", Text("红色督办单", "red order"), Severity.URGENT, _WRITTEN, "题目里的 **符号**", 7),
)  # fmt: skip
"""样例: what any wording must be able to say: with everything, with nothing, urgent."""


class BadTemplate(Refusal):
    """模板不能用: what is wrong, and in which line."""

    zh = "模板“{name}”第 {line} 行不能用：{what.zh}"
    en = "Template “{name}”, line {line}, cannot be used: {what.en}"


class NoSuchTemplate(Refusal):
    """没有这个模板."""

    zh = "没有名为“{name}”的模板。现有：" + "、".join(BUILT_IN)
    en = "There is no template “{name}”. There are: " + ", ".join(BUILT_IN)


def _sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=False, keep_trailing_newline=False)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS}
    sandbox.tests = {name: sandbox.tests[name] for name in _TESTS}
    return sandbox


_SANDBOX = _sandbox()


def worded(
    own: Mapping[str, str], notices: Sequence[NoticeFacts], language: Language, calendar: WorkCalendar
) -> Digest:
    """One recipient's digest in the office's own words; BadTemplate where they cannot say it."""
    built_in = compose(notices[0].recipient, notices, language, calendar)
    if not own:
        return built_in
    ordered = gravest_first(notices)
    said = [saying(notice, language, calendar) for notice in ordered]
    shared = {"language": language.value, "count": len(said), "recipient": built_in.recipient, "notices": said}
    most = _TIMES * len(built_in.body) + _ROOM
    subject, body = built_in.subject, built_in.body
    if "subject" in own:
        subject = _filled(own, "subject", shared | {"first": heading(ordered[0], language)}, LONGEST_SUBJECT)
        subject = " ".join(subject.split())
    if "line" in own:
        body = "\n".join(_filled(own, "line", {"language": language.value, "notice": one}, most) for one in said)
    if "body" in own:
        body = _filled(own, "body", shared | {"lines": body}, most)
    _must_say(own, subject, body, [one.number for one in said])
    return replace(built_in, subject=subject, body=body)


def check_words(own: Mapping[str, str], examples: Iterable[Sequence[NoticeFacts]], calendar: WorkCalendar) -> None:
    """Try the office's words on the sample and on real messages, in both languages; BadTemplate where they fail."""
    for name, text in own.items():
        if len(text) > LONGEST_TEMPLATE:
            raise BadTemplate(name=name, line=1, what=Text("太长。", "it is too long."))
        _compiled(name, text)
    for notices in (SAMPLE, *examples):
        for language in Language:
            if notices:
                worded(own, notices, language, calendar)


def known(name: str) -> str:
    """The name of a template; NoSuchTemplate where there is none of it."""
    if name not in BUILT_IN:
        raise NoSuchTemplate(name=name)
    return name


@lru_cache(maxsize=32)
def _compiled(name: str, text: str) -> Template:
    try:
        tree = _SANDBOX.parse(text)
        _check(name, tree, inside_loop=False)
        return _SANDBOX.from_string(text)
    except TemplateSyntaxError as why:
        raise BadTemplate(name=name, line=why.lineno, what=_told(why)) from None


def _check(name: str, node: nodes.Node, inside_loop: bool) -> None:
    loops = isinstance(node, nodes.For)
    again = isinstance(node, nodes.For) and (inside_loop or node.recursive)
    if again or not isinstance(node, _ALLOWED):
        kind = type(node).__name__
        raise BadTemplate(
            name=name,
            line=node.lineno,
            what=Text(
                f"这里不能用 {kind}。只能填值、判断、循环一层。",
                f"{kind} may not be used: only values, conditions and one loop may.",
            ),
        )
    for child in node.iter_child_nodes():
        _check(name, child, inside_loop or loops)


def _filled(own: Mapping[str, str], name: str, values: Mapping[str, object], most: int) -> str:
    """The template with its values, no longer than `most` characters."""
    written = ""
    try:
        for piece in _compiled(name, own[name]).generate(values):
            written += piece
            if len(written) > most:
                raise BadTemplate(name=name, line=1, what=Text("写出来太长。", "what it writes is too long."))
    except (TemplateError, TypeError, ValueError, ArithmeticError) as why:
        raise BadTemplate(name=name, line=_line_of(why), what=_told(why)) from None
    return written


def _told(why: Exception) -> Text:
    """What Jinja has against it, by kind; the details are its own."""
    kinds = {
        TemplateSyntaxError: "写得不完整，或有写错的地方",
        SecurityError: "用了不允许的写法",
        UndefinedError: "用了没有的名称",
    }
    said = getattr(why, "message", None) or str(why)
    return Text(f"{kinds.get(type(why), '写不出来')}（{said}）。", f"{said}.")


def _line_of(why: Exception) -> int:
    """The line of the template in which it went wrong."""
    places = traceback.extract_tb(why.__traceback__)
    return next((place.lineno for place in reversed(places) if place.filename == "<template>" and place.lineno), 1)


def _must_say(own: Mapping[str, str], subject: str, body: str, numbers: Sequence[str]) -> None:
    """Every notice's number, by which it explains itself; and some subject."""
    if not subject:
        raise BadTemplate(name="subject", line=1, what=Text("写出来是空的。", "it writes nothing."))
    lacking = [number for number in numbers if not re.search(rf"\b{number}\b", body, re.ASCII)]
    if lacking:
        name = "body" if "body" in own else "line"
        raise BadTemplate(name=name, line=_line_of_notices(own[name]), what=_LACKING)


_LACKING = Text(
    "每条通知的编号（notice.number）都要写出来，收件人凭它查依据。",
    "every notice's number (notice.number) must be written: by it the recipient learns why.",
)


def _line_of_notices(text: str) -> int:
    """Where the notices are written, or should be."""
    return next((loop.lineno for loop in _SANDBOX.parse(text).find_all(nodes.For)), 1)
