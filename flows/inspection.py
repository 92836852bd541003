"""The flow of inspection rounds (检查轮次)."""

from typing import Annotated

from prefect import flow

from flows.edge import Now, instant, office_here, run_log, shown, step
from rules.inspecting import MOST_SITES, Inspection, Level, Method, Scope, Size
from rules.language import Text
from tasks.actors import actor_in
from tasks.inspecting import open_due_rounds, start_round
from tasks.planning import plan_of

Label = Annotated[
    str | None,
    shown("另开一轮", "这一轮的名称；空着即按督查频次开启到期的检查 · its name; empty: whatever is due by policy"),
]
HowMethod = Annotated[
    Method, shown("检查方式", "announced 明查，unannounced 暗访，special 专项 · how; unannounced rounds stay concealed")
]
WhichLevel = Annotated[Level, shown("检查层次", "用哪一层检查表：daily 日，weekly 周，monthly 月 · which checklist")]
Area = Annotated[str | None, shown("网格", "只查这个网格、片区 · only this area")]
SiteType = Annotated[str | None, shown("点位类型", "只查这类点位，如 市场 · only sites of this type")]
Unit = Annotated[str | None, shown("责任单位", "只查这个单位的点位 · only this unit's sites")]
Indicator = Annotated[str | None, shown("指标", "只查这项指标的检查项 · only items of this indicator")]
Sites = Annotated[
    int | None, shown("抽查数量", "抽几个点位；与置信度都空着即全查 · how many sites", ge=1, le=MOST_SITES)
]
Confidence = Annotated[
    float | None, shown("置信度", "如 0.95，按它算出抽查数量 · as many sites as it takes", ge=0.5, le=0.999)
]
Teams = Annotated[int | None, shown("分组", "分几组；空着即每名督查员一组 · how many teams", ge=1, le=50)]
Person = Annotated[str | None, shown("发起人", "名册中的姓名或职务 · who starts it, by name or title in the roster")]


@flow(name="inspect")
async def inspect(
    label: Label = None,
    method: HowMethod = Method.ANNOUNCED,
    level: WhichLevel = Level.WEEKLY,
    area: Area = None,
    site_type: SiteType = None,
    unit: Unit = None,
    indicator: Indicator = None,
    sites: Sites = None,
    confidence: Confidence = None,
    teams: Teams = None,
    by: Person = None,
    now: Now = None,
) -> list[int]:
    """检查：按督查频次开启到期的轮次；填了名称即另开一轮。重复运行无害。

    Inspection: opens the rounds that are due by the policy's cadences; with a label, one more as described. Harmless
    when repeated. Returns the numbers of the rounds it opened.
    """
    async with office_here() as office:
        at = instant(now, office)
        if label is None:
            numbers = await step(open_due_rounds, office, at)
        else:
            asked = Inspection(
                label=Text(label, label),
                method=method,
                level=level,
                scope=Scope(area=area, site_type=site_type, unit=unit, indicator=indicator),
                size=Size(sites=sites, confidence=confidence),
                teams=teams,
            )
            book = await office.rulebook()
            number = await step(start_round, office, at, plan_of(book, asked, at), actor_in(book, by))
            numbers = [number] if number is not None else []
    run_log().info("%s：第 %s 轮 · rounds", at, "、".join(map(str, numbers)) or "—")
    return numbers
