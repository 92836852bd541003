"""The flow of delivery (投递); prompt delivery in `duban up` takes the same steps without waiting for a schedule."""

from prefect import flow

from flows.edge import Cause, Now, api_url, clock, office_here, run_log, step
from tasks.delivering import bundle, send_waiting
from tasks.heart import beat_heart
from tasks.signalling import relay_signals


@flow(name="deliver")
async def deliver(now: Now = None, cause: Cause = "") -> dict[str, int]:
    """投递：把可以发出的通知汇总成每人一条消息并发出，记下对方的答复；把领域事件转告 Prefect。

    Delivery: notices that may go out become one message per person and are sent, the answers are kept; domain events
    are passed on to Prefect. Returns the messages made, the attempts by outcome and the events passed on.
    """
    async with office_here() as office:
        time = clock(now, office)
        bundled = await step(bundle, office, time())
        sent = await step(send_waiting, office, time)
        await step(beat_heart, office, time(), "delivery")
        relayed = await step(relay_signals, office, api_url(), clock(None, office)()) or 0
    run_log().info("%s：汇总 %d，送达 %s，转告 %d · bundled, sent, relayed", cause, bundled, dict(sent), relayed)
    return {"bundled": bundled, "relayed": relayed, **sent}
