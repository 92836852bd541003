"""The flow of inspection rounds (检查轮次)."""

from prefect import flow

from flows.edge import Now, instant, office_here, run_log, step
from tasks.inspecting import open_round


@flow(name="inspect")
async def inspect(now: Now = None) -> int | None:
    """检查：开启本周检查轮次，请督查员到各单位看未办结的事项。每周一轮，重复运行无害。

    Inspection: opens this week's round and asks the supervisors for a look at what is open in each unit. One round a
    week, harmless when repeated. Returns the round's number, or None where it was open already.
    """
    async with office_here() as office:
        at = instant(now, office)
        number = await step(open_round, office, at)
    run_log().info("%s：第 %s 轮 · round", at, number)
    return number
