"""What the command line declines: refusals about its own input."""

from rules.errors import Refusal


class BadLine(Refusal):
    """坏行: a line of JSON Lines input cannot be used. `line` counts from 1."""

    zh = "第 {line} 行无法读取：{reason}。每行应为一个 JSON 对象，例如 {example}"
    en = "Line {line} cannot be read: {reason}. Each line must be one JSON object, such as {example}"


class BadDay(Refusal):
    """日期不明: a date given on the command line cannot be read."""

    zh = "“{given}”不是日期，请写成 2026-03-02。"
    en = "“{given}” is not a date; write 2026-03-02."
