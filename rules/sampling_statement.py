"""How a round was drawn, in a supervisor's words (抽样说明)."""

from collections.abc import Mapping
from typing import Any

from rules.language import Text


def sampling_statement(told: Mapping[str, Any], drawn: int) -> list[Text]:
    """抽样说明: the population, the strata, the seed, and what the size allows to be said.

    Sites re-visited are drawn first and for a reason, so what is said of equal chances is said of the rest.
    """
    size, strata, again = told["size"], told["strata"], told["revisited"]
    lines, rest, by_lot = [], told["population"] - len(again), drawn - len(again)
    whole = Text("其余", "other ") if again else Text("总体", "")
    if again:
        sites = "、".join(again)
        lines.append(
            Text(
                f"总体 {told['population']} 个点位，先抽回访 {len(again)} 个（近期有问题销号）：{sites}",
                f"{told['population']} sites; first {len(again)} to re-visit (findings closed lately): {sites}",
            )
        )
    lines += [
        Text(
            f"{whole.zh} {rest} 个点位，按责任单位和点位类型分 {len(strata)} 层，等距抽取 {by_lot} 个；"
            "每个点位抽中的机会相同，各层按比例",
            f"{by_lot} of {rest} {whole.en}sites, at even steps through {len(strata)} strata of unit and type: "
            "each as likely as any other, strata in proportion",
        ),
        Text(
            f"种子 {told['seed']}：点位次序由种子和名称的 SHA-256 决定，任何人可以复算",
            f"seed {told['seed']}: the order is SHA-256 of seed and name, anyone can redo it",
        ),
    ]
    if "confidence" in size:
        share, margin = size["confidence"], size["margin"]
        lines.append(
            Text(
                f"置信度 {share:.1%}，允许误差 ±{margin:.1%}（按问题点位占比最不利的一半估计，有限总体修正）",
                f"confidence {share:.1%}, margin ±{margin:.1%} (for a share at worst one half, finite population)",
            )
        )
        if again:
            lines.append(
                Text(
                    "数量由此算出；回访的点位不是随机抽取，不用来推算总体",
                    "the size follows from this; sites re-visited are no random draw and say nothing of the whole",
                )
            )
    lines += [
        Text(f"{unit or '—'}·{type_}：{total} 抽 {taken}", f"{unit or '—'} · {type_}: {taken} of {total}")
        for unit, type_, total, taken in strata
    ]
    return lines
