"""Wrong usage (用法不对) and the frames of help in Chinese first; the command line's library knows English only."""

import re
from collections.abc import Mapping
from typing import Any

from rules.language import Text

_TITLES: Mapping[str, str] = {
    "ARGUMENTS_PANEL_TITLE": "参数 · Arguments",
    "OPTIONS_PANEL_TITLE": "选项 · Options",
    "COMMANDS_PANEL_TITLE": "命令 · Commands",
    "REQUIRED_LONG_STRING": "[必填 · required]",
    "DEFAULT_STRING": "[默认 · default: {}]",
    "ENVVAR_STRING": "[环境变量 · env var: {}]",
}

_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"No such command '(.*?)'", "没有“{}”这个命令"),
    (r"Missing command", "后面还要写一个命令"),
    (r"No such option: (\S+)", "没有 {} 这个选项"),
    (r"Missing (?:option|argument|parameter) '(.*)'", "缺少 {}"),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)", "多写了 {}"),
    (r"Option '(.*?)' (?:requires|does not take)", "选项 {} 的值写得不对"),
    (r"Invalid value for '(.*?)': (.*)", "{} 的值不能用：{}"),
    (r"'(.*?)' is not one of (.*?)\.?$", "只能填 {1} 之一"),
    (r"should be (?:less than or equal to|at most) (\S+)", "不能大于 {}"),
    (r"should be (?:greater than or equal to|at least) (\S+)", "不能小于 {}"),
    (r"should be a valid integer", "须是整数"),
    (r"should be a valid number", "须是数字"),
    (r"is a directory", "这是文件夹"),
    (r"is a file", "这是文件，不是文件夹"),
    (r"does not exist", "没有这个文件或文件夹"),
)

_OURS = re.compile(r"(?<=: )([^:]*?) · (.*)")
"""What our own parsers say of a value, in both languages."""


def usage_words(wrong: Any) -> Text | None:
    """A usage error of the library in one sentence, with the help to look at; None where that was shown instead."""
    said = " ".join(str(wrong.format_message()).split())
    if type(wrong).__name__ == "NoArgsIsHelpError":
        return None
    command = wrong.ctx.command_path if wrong.ctx else "duban"
    zh, en = _in_chinese(_OURS.sub(r"\1", said)), _OURS.sub(r"\2", said).rstrip(".")
    return Text(f"{zh}。用法见 {command} --help。", f"{en}. See {command} --help.")


def _in_chinese(said: str) -> str:
    """By the first sentence it fits; what fits none stays as it is, our own among them."""
    for pattern, sentence in _SENTENCES:
        if found := re.search(pattern, said):
            return sentence.format(*map(_in_chinese, found.groups()))
    return said


def title_in_chinese() -> None:
    """Name the boxes of every help."""
    from typer import rich_utils

    for name, title in _TITLES.items():
        setattr(rich_utils, name, title)
