"""Writes the pages of docs/ that follow from the code: lifecycle, commands, settings. Run: python docs/generate.py"""

from pathlib import Path
from typing import Any

import typer.main

from duban.main import app
from rules.lifecycle import PARTY_LABELS, STATE_LABELS, TRANSITIONS, diagram
from settings import Settings

HERE = Path(__file__).parent


def lifecycle() -> str:
    """The diagram, and who may do what from where."""
    lines = [
        "# 责任事项的办理过程 · The life of a duty",
        "",
        "由 `rules/lifecycle.py` 生成 · generated from the transition table.",
        "",
        "```mermaid",
        diagram(),
        "```",
        "",
        "| 动作 action | 从 from | 到 to | 由谁 by | 必填 needs | 新一轮 new episode |",
        "|---|---|---|---|---|---|",
    ]
    for rule in TRANSITIONS:
        sources = "、".join(STATE_LABELS[state].zh for state in STATE_LABELS if state in rule.sources)
        target = STATE_LABELS[rule.target].zh if rule.target else "不变"
        by = "、".join(PARTY_LABELS[party].zh for party in PARTY_LABELS if party in rule.by)
        needs = "、".join(sorted(rule.needs)) or "—"
        fresh = "是" if rule.new_episode else "—"
        lines.append(f"| {rule.label.zh} `{rule.action}` | {sources} | {target} | {by} | {needs} | {fresh} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Every command with its arguments and options, as its own help gives them."""
    lines = ["# 命令 · Commands", "", "由命令行自身的帮助生成 · generated from the commands' own help.", ""]
    _describe(typer.main.get_command(app), "duban", lines)
    return "\n".join(lines).rstrip() + "\n"


def _describe(command: Any, name: str, lines: list[str]) -> None:
    children = getattr(command, "commands", {})
    for child in sorted(children):
        _describe(children[child], f"{name} {child}", lines)
    if children:
        return
    lines += [f"## `{name}`", "", *(line.strip() for line in (command.help or "").strip().splitlines()), ""]
    for parameter in command.params:
        if parameter.name != "help":
            names = " ".join(getattr(parameter, "opts", [])) or parameter.name
            shown = parameter.name.upper() if parameter.param_type_name == "argument" else names
            lines.append(f"- `{shown}` {getattr(parameter, 'help', None) or ''}".rstrip())
    lines.append("")


def settings() -> str:
    """Every setting with its default and meaning."""
    lines = [
        "# 设置 · Settings",
        "",
        "环境变量，或运行目录下的 `.env` 文件 · environment variables, or a `.env` file in the working folder.",
        "",
        "| 变量 variable | 默认 default | 含义 meaning |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "" if field.is_required() else field.get_default()
        lines.append(f"| `DUBAN_{name.upper()}` | `{default}` | {field.description} |")
    lines += [
        "",
        "`DUBAN_HOME` 是相对路径时，从命令所在的文件夹算起；请写绝对路径，从哪里运行都是同一份数据。"
        "`DUBAN_AS` 是办理人（名册中的姓名或职务），等于每条命令的 `--as`，只从环境变量读。",
        "",
        "A relative `DUBAN_HOME` counts from the folder a command is given in; an absolute one is the same data from "
        "everywhere. `DUBAN_AS` says who acts, by name or title in the roster, as `--as` does for one command; "
        "it is read from the environment alone.",
    ]
    return "\n".join(lines) + "\n"


PAGES = {"lifecycle.md": lifecycle, "commands.md": commands, "settings.md": settings}


def main() -> None:
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
