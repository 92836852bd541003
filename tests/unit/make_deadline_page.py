"""Writes docs/deadlines.md from the examples the tests hold: python tests/unit/make_deadline_page.py."""

from pathlib import Path

from deadline_examples import ON, SECTIONS, Example

PAGE = Path(__file__).parents[2] / "docs" / "deadlines.md"

OPENING = f"""\
# 时限怎么读 · How deadlines are read

本页由测试用例生成（`python tests/unit/make_deadline_page.py`），例子都是真的。没有注明时，参照日期为 {ON}（星期一），
计划年份为当年。
This page is generated from the tests' examples, so every line is true. Unless noted, the reference date is {ON}, a
Monday, and the plan's year that year.

| 读作 · Reads | 意思 · Meaning |
|---|---|
| `by` | 到这一天为止 · due on or before |
| `window` | 从这一天到那一天 · from one day to another |
| `recurring` | 周期；RFC 5545，另加次数 X-COUNT、X-MIN-COUNT · a cadence |
| `standing` | 长期 · no end |
| `relative` | 从某事起算 · counted from an event: trigger and ISO 8601 offset, P3WD = 3 working days |
| `event` | 等外面的安排 · waits for an event settled elsewhere |
| `none` | 不是时限 · no deadline |
| `?` | 要问人 · the clerk is asked |
"""


def page() -> str:
    """The whole page as it should stand in docs/."""
    parts = [OPENING]
    for section in SECTIONS:
        rows = "\n".join(map(_row, section.examples))
        parts.append(
            f"## {section.zh} · {section.en}\n\n{section.rule_zh}\n{section.rule_en}\n\n"
            f"| 原文 · Text | 读作 · Reads |\n|---|---|\n{rows}\n"
        )
    return "\n".join(parts)


def _row(example: Example) -> str:
    text = example.text
    if example.context:
        text += f"（上下文：{example.context}）"
    if example.on != ON:
        text += f"（参照日期 {example.on}）"
    return f"| {text} | {'<br>'.join(f'`{reading}`' for reading in example.reads)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
