"""How a round was drawn, in a supervisor's words (抽样说明)."""

from collections.abc import Mapping
from typing import Any

from rules.language import Text


def sampling_statement(told: Mapping[str, Any], drawn: int) -> list[Text]:
    """抽样说明: the population, the strata, the seed, and what the size allows to be said."""
    size, strata = told["size"], told["strata"]
    lines = [
        Text(
            f"总体 {told['population']} 个点位，按责任单位和点位类型分 {len(strata)} 层，等距抽取 {drawn} 个；"
            "每个点位抽中的机会相同，各层按比例",
            f"{drawn} of {told['population']} sites, at even steps through {len(strata)} strata of unit and type: "
            "each as likely as any other, strata in proportion",
        ),
        Text(
            f"种子 {told['seed']}：点位次序由种子和名称的 SHA-256 决定，任何人可以复算",
            f"seed {told['seed']}: the order is SHA-256 of seed and name, anyone can redo it",
        ),
    ]
    if told["revisited"]:
        sites = "、".join(told["revisited"])
        lines.append(
            Text(
                f"其中回访 {len(told['revisited'])} 个（近期有问题销号）：{sites}",
                f"{len(told['revisited'])} of them re-visited, findings there were closed lately: {sites}",
            )
        )
    if "confidence" in size:
        share, margin = size["confidence"], size["margin"]
        lines.append(
            Text(
                f"置信度 {share:.1%}，允许误差 ±{margin:.1%}（按问题点位占比最不利的一半估计，有限总体修正）",
                f"confidence {share:.1%}, margin ±{margin:.1%} (for a share at worst one half, finite population)",
            )
        )
    lines += [
        Text(f"{unit or '—'}·{type_}：{total} 抽 {taken}", f"{unit or '—'} · {type_}: {taken} of {total}")
        for unit, type_, total, taken in strata
    ]
    return lines
