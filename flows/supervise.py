"""The flow of the cycle (督办周期)."""

from prefect import flow

from flows.edge import Cause, Now, instant, office_here, run_log, step
from tasks.heart import beat_heart
from tasks.supervising import open_duties, remind_of_findings, take_steps


@flow(name="supervise")
async def supervise(now: Now = None, cause: Cause = "") -> dict[str, int]:
    """督办周期：到期的立项，该提醒、催办、督办的逐级升级。重复运行无害，错过的依次补上。

    One cycle: duties whose time has come are opened, ladder steps that are due are taken. Harmless when repeated; what
    was missed is caught up in order. Returns how many of each.
    """
    async with office_here() as office:
        at = instant(now, office)
        opened = await step(open_duties, office, at)
        taken = await step(take_steps, office, at)
        waiting = await step(remind_of_findings, office, at)
        await step(beat_heart, office, at, "cycle")
    run_log().info("%s %s：立项 %d，升级 %s · %d opened, steps taken", at, cause, opened, dict(taken), opened)
    return {"opened": opened, "findings_waiting": waiting, **taken}
