"""Writes docs/units.md from the examples the tests hold: python tests/unit/make_unit_page.py."""

from pathlib import Path

from unit_examples import SECTIONS, Example

PAGE = Path(__file__).parents[2] / "docs" / "units.md"

OPENING = """\
# 责任单位怎么读 · How units are read

本页由测试用例生成（`python tests/unit/make_unit_page.py`），例子都是真的。读作一栏里，“；”隔开单位，`?` 表示要问人，
`—` 表示没有单位；⏎ 是单元格里的换行。
This page is generated from the tests' examples, so every line is true. ；parts units, `?` says that the clerk is
asked, `—` that there is no unit; ⏎ is a line break in the cell. 牵头 leads, 配合 supports, 考核 assesses.
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
    text = example.text.replace("\n", "⏎")
    if example.label:
        text += f"（表头：{example.label}）"
    if example.context:
        text += f"（上下文：{example.context}）"
    return f"| {text} | {example.reads} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
