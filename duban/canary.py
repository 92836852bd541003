"""`duban channel test`: one real message on demand, on one channel or on all of them, and what became of it."""

from typing import Annotated, Any

import typer

from duban.channel import NoSuchChannel, forms_here
from duban.labels import outcome_label
from duban.session import JsonOption, Session, print_json, run, session
from rules.errors import Refusal
from rules.language import Text

_TITLE = Text("督办试发", "Duban 督办: a trial")
_TEXT = Text("督办渠道试发，请忽略。", "A trial of this channel; please ignore it.")


class NeedsTarget(Refusal):
    """需要收件人: a trial message on this kind of channel needs to be told where to go."""

    zh = "渠道“{name}”试发时要用 --to 说明收件人（{what}）。"
    en = "A trial on channel “{name}” needs --to: {what}."


class WhichChannel(Refusal):
    """试发哪个: a trial is of one channel, or of all."""

    zh = "请写渠道名，或用 --all 试发全部渠道；--to 只用于一个渠道。"
    en = "Name a channel, or try all of them with --all; --to is for one channel."


def test(
    name: Annotated[str, typer.Argument(help="渠道名 · the channel's name")] = "",
    text: Annotated[str, typer.Option("--text", help="试发内容 · what to say")] = "",
    to: Annotated[str | None, typer.Option("--to", help="收件人 · the recipient's address on the channel")] = None,
    every: Annotated[bool, typer.Option("--all", help="每个渠道一条 · one on every channel")] = False,
    as_json: JsonOption = False,
) -> None:
    """现在试发一条真实消息 · Send one real message now; exit 0 only where the other side accepted it."""
    if every == bool(name) or (every and to is not None):
        raise WhichChannel
    if not run(_test_all(text, as_json) if every else _test(name, text, to, as_json)):
        raise typer.Exit(1)


async def _test(name: str, text: str, to: str | None, as_json: bool) -> bool:
    async with session() as here:
        forms = await forms_here(here)
        if name not in forms:
            raise NoSuchChannel(name=name, known="、".join(forms))
        target = to if to is not None else forms[name].test_target()
        if target is None:
            raise NeedsTarget(name=name, what=forms[name].target_title)
        told = await _try(here, name, forms[name], target, text)
        if as_json:
            print_json(told)
        else:
            here.say(_line(told))
        return bool(told["outcome"] == "accepted")


async def _test_all(text: str, as_json: bool) -> bool:
    """One message on every channel, in turn; one that needs a recipient named counts as not tried."""
    async with session() as here:
        told = {}
        for name, form in (await forms_here(here)).items():
            target = form.test_target()
            needs = NeedsTarget(name=name, what=form.target_title).text.said_in(here.language)
            told[name] = (
                {"outcome": None, "vendor_code": None, "retry_after_s": None, "detail": needs}
                if target is None
                else await _try(here, name, form, target, text)
            )
        if as_json:
            print_json([{"name": name, **one} for name, one in told.items()])
        else:
            for name, one in told.items():
                line = _line(one)
                here.say(Text(f"{name}  {line.zh}", f"{name}  {line.en}"))
        return all(one["outcome"] == "accepted" for one in told.values())


async def _try(here: Session, name: str, form: Any, target: str, text: str) -> dict[str, Any]:
    """Send it, and record how that ended."""
    from channels.message import Outgoing
    from channels.sending import send
    from store.ledger import writing
    from store.setup import record_trial

    message = Outgoing(
        number=f"T{here.now:%Y%m%d%H%M%S}",
        title=_TITLE.said_in(here.language),
        body=text or _TEXT.said_in(here.language),
        language=here.language,
    )
    receipt = await send(form, target, message, timeout_s=here.office.settings.send_timeout_s)
    code = None if receipt.vendor_code is None else str(receipt.vendor_code)
    async with writing(here.office.store, here.clock()) as write:
        await record_trial(write, name, receipt.outcome, code, receipt.detail)
    return {
        "outcome": receipt.outcome,
        "vendor_code": receipt.vendor_code,
        "retry_after_s": receipt.retry_after_s,
        "detail": receipt.detail,
    }


def _line(told: dict[str, Any]) -> Text:
    label = outcome_label(told["outcome"])
    return Text(f"{label.zh}：{told['detail']}", f"{label.en}: {told['detail']}")
