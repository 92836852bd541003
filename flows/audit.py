"""The flow of the audit (自查与封存)."""

from prefect import flow

from flows.edge import Now, instant, office_here, run_log, step
from flows.errors import PromisesBroken
from tasks.auditing import check_promises, seal_ledger
from tasks.heart import beat_heart


@flow(name="audit")
async def audit(now: Now = None) -> dict[str, int]:
    """自查：逾期事项该走的步都走了，通知都有下落；封存台账。一切如约才报平安，否则本次运行判为失败。

    Audit: every overdue duty has its step and every notice an outcome; the ledger is sealed. The heart beats only when
    all is as promised; otherwise the run fails and lists what is not. Returns how many events were sealed.
    """
    async with office_here() as office:
        at = instant(now, office)
        broken = await step(check_promises, office, at)
        sealed = await step(seal_ledger, office, at)
        if broken:
            raise PromisesBroken(broken)
        await step(beat_heart, office, at, "audit")
    run_log().info("%s：一切如约，封存 %d 条 · all as promised, events sealed", at, sealed)
    return {"sealed": sealed}
