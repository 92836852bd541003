"""`duban channel …`: how messages reach people, as typed forms; secrets are stored encrypted and shown masked."""

from typing import Annotated, Any

import typer

from duban.session import AsOption, JsonOption, Session, print_json, run, session
from rules.errors import Refusal
from rules.language import Text

app = typer.Typer(help="渠道：添加、试发、列出 · Channels: add, try, list.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="渠道名 · the channel's name")]


class NoSuchChannel(Refusal):
    """没有这个渠道: the name names no channel."""

    zh = "没有名为“{name}”的渠道。现有：{known}"
    en = "There is no channel “{name}”. There are: {known}"


class NotASetting(Refusal):
    """写法不对: a --set option is not key=value."""

    zh = "“{given}”应写成 字段=值，例如 --set key=…"
    en = "“{given}” should be field=value, such as --set key=…"


class NeedsTarget(Refusal):
    """需要收件人: a trial message on this kind of channel needs to be told where to go."""

    zh = "渠道“{name}”试发时要用 --to 说明收件人（{what}）。"
    en = "A trial on channel “{name}” needs --to: {what}."


@app.command()
def add(
    kind: Annotated[str, typer.Argument(help="种类，如 wecom_robot、email、webhook · the kind")],
    name: Name,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="字段=值，可重复 · field=value, repeatable")
    ] = None,
    endpoint: Annotated[str | None, typer.Option("--endpoint", help="私有部署地址 · scheme://host:port")] = None,
    as_: AsOption = None,
) -> None:
    """添加或更换渠道 · Add a channel, or replace the one of that name."""
    run(_add(kind, name, _pairs(settings or []), endpoint, as_))


def _pairs(settings: list[str]) -> dict[str, str]:
    for given in settings:
        if "=" not in given:
            # The value may be a secret: only what stands before it is repeated.
            raise NotASetting(given=given[:3] + "…")
    return {name.strip(): value for name, _, value in (given.partition("=") for given in settings)}


async def _add(kind: str, name: str, settings: dict[str, str], endpoint: str | None, as_: str | None) -> None:
    from channels.forms import fill, masked, plain_of, secrets_of
    from store.ledger import writing
    from store.setup import StoredChannel, save_channel

    form = fill(kind, settings, endpoint)
    async with session() as here:
        actor = await here.setting_up(as_)
        async with writing(here.office.store, here.now, actor) as write:
            await save_channel(write, StoredChannel(name, kind, plain_of(form), secrets_of(form)), here.office.key)
        shown = "，".join(f"{field}={value}" for field, value in masked(form).items())
        here.say(Text(f"渠道“{name}”（{kind}）已保存：{shown}", f"Channel “{name}” ({kind}) is saved: {shown}"))


@app.command("list")
def list_(as_json: JsonOption = False) -> None:
    """列出渠道，密钥只显示提示 · List channels; secrets are masked."""
    run(_list(as_json))


async def _list(as_json: bool) -> None:
    from channels.forms import masked

    async with session() as here:
        shown = [{"name": name, "kind": form.kind, **masked(form)} for name, form in (await _forms(here)).items()]
        if as_json:
            print_json(shown)
            return
        for one in shown:
            rest = "，".join(f"{field}={value}" for field, value in one.items() if field not in ("name", "kind"))
            typer.echo(f"{one['name']}  {one['kind']}  {rest}")


@app.command()
def remove(name: Name, as_: AsOption = None) -> None:
    """删除渠道 · Remove a channel; people reached on it fall back to their next one."""
    run(_remove(name, as_))


async def _remove(name: str, as_: str | None) -> None:
    from store.ledger import writing
    from store.setup import remove_channel

    async with session() as here:
        actor = await here.setting_up(as_)
        async with writing(here.office.store, here.now, actor) as write:
            gone = await remove_channel(write, name)
        if not gone:
            raise NoSuchChannel(name=name, known="、".join(await _forms(here)))
        here.say(Text(f"渠道“{name}”已删除。", f"Channel “{name}” is removed."))


@app.command()
def test(
    name: Name,
    text: Annotated[str, typer.Option("--text", help="试发内容 · what to say")] = "督办渠道试发，请忽略。",
    to: Annotated[str | None, typer.Option("--to", help="收件人 · the recipient's address on the channel")] = None,
    as_json: JsonOption = False,
) -> None:
    """现在试发一条真实消息 · Send one real message now; exit 0 only where the other side accepted it."""
    if not run(_test(name, text, to, as_json)):
        raise typer.Exit(1)


async def _test(name: str, text: str, to: str | None, as_json: bool) -> bool:
    from channels.message import Outgoing
    from channels.outcome import Outcome
    from channels.sending import send

    async with session() as here:
        forms = await _forms(here)
        if name not in forms:
            raise NoSuchChannel(name=name, known="、".join(forms))
        target = to if to is not None else forms[name].test_target()
        if target is None:
            raise NeedsTarget(name=name, what=forms[name].target_title)
        message = Outgoing(number=f"T{here.now:%Y%m%d%H%M%S}", title="督办试发", body=text)
        receipt = await send(forms[name], target, message, timeout_s=here.office.settings.send_timeout_s)
        if as_json:
            print_json(
                {
                    "outcome": receipt.outcome,
                    "vendor_code": receipt.vendor_code,
                    "retry_after_s": receipt.retry_after_s,
                    "detail": receipt.detail,
                }
            )
        else:
            here.say(Text(f"{receipt.outcome}：{receipt.detail}", f"{receipt.outcome}: {receipt.detail}"))
        return receipt.outcome is Outcome.ACCEPTED


async def _forms(here: Session) -> dict[str, Any]:
    from tasks.delivering import forms_of

    return dict(await forms_of(here.office))
