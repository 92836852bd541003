"""`duban web`: the pages alone, for a machine where something else delivers, or while nothing does."""

import asyncio
from datetime import datetime

from duban.up import refuse_busy, say, stop_at_signal
from rules.errors import Refusal
from rules.language import Text


class NoPages(Refusal):
    """不开网页: the settings say that no pages are served."""

    zh = "DUBAN_WEB_PORT 为 0，即不开网页。请设一个端口，如 4280。"
    en = "DUBAN_WEB_PORT is 0: no pages. Set a port, such as 4280."


def web() -> None:
    """只开网页：签名链接与 /health，不需要 Prefect · The pages alone: signed links and /health; needs no Prefect."""
    asyncio.run(_web())


async def _web() -> None:
    from duban.serving import serve
    from settings import Settings
    from tasks.office import open_office, prepare

    settings = Settings()
    if not settings.web_port:
        raise NoPages
    refuse_busy(settings.web_port, "DUBAN_WEB_PORT", settings.web_host)

    def clock() -> datetime:
        return datetime.now(settings.zone)

    stop = stop_at_signal()
    await prepare(settings, clock())
    async with open_office(settings) as office:
        where = f"http://{settings.web_host}:{settings.web_port}"
        say(Text(f"网页已开：{where}。按 Ctrl-C 停止。", f"The pages are open: {where}. Ctrl-C stops."))
        if not settings.web_url:
            say(Text("没有设置 DUBAN_WEB_URL，消息里不带链接。", "DUBAN_WEB_URL is not set: messages carry no links."))
        await serve(office, clock, stop)
