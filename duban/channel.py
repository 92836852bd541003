"""`duban channel …`: how messages reach people, as typed forms; secrets are stored encrypted and shown masked."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from duban.arguments import channel_name
from duban.labels import outcome_label
from duban.session import AsOption, JsonOption, Session, print_json, run, session
from rules.errors import Refusal
from rules.language import Text

if TYPE_CHECKING:
    from store.setup import Trial

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


@app.command()
def add(
    kind: Annotated[str, typer.Argument(help="种类，如 wecom_robot、email、webhook · the kind")],
    name: Annotated[str, typer.Argument(help="渠道名 · the channel's name", parser=channel_name)],
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
    from channels.forms import at_home, fill, masked, plain_of, secrets_of
    from channels.inbox import take_folder
    from store.ledger import writing
    from store.setup import StoredChannel, save_channel

    form = fill(kind, settings, endpoint)
    async with session(begins=True) as here:
        actor = await here.setting_up(as_)
        take_folder(at_home(form, here.office.settings.home))
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
    from store.setup import last_trials

    async with session() as here:
        forms = await forms_here(here)
        async with here.office.store.reading() as connection:
            trials = await last_trials(connection, forms)
        if as_json:
            print_json(
                [
                    {"name": name, "kind": form.kind, **masked(form), **_trial_json(trials.get(name))}
                    for name, form in forms.items()
                ]
            )
            return
        for name, form in forms.items():
            rest = "，".join(f"{field}={value}" for field, value in masked(form).items())
            trial = _trial(here, trials.get(name))
            here.say(Text(f"{name}  {form.kind}  {rest}  {trial.zh}", f"{name}  {form.kind}  {rest}  {trial.en}"))


def _trial(here: Session, trial: "Trial | None") -> Text:
    """When it was last tried, and when it last worked."""
    if trial is None:
        return Text("未试发过", "never tried")
    outcome, at = outcome_label(trial.outcome), here.office.calendar.local(trial.at)
    said = Text(f"{at:%Y-%m-%d %H:%M} 试发：{outcome.zh}", f"tried {at:%Y-%m-%d %H:%M}: {outcome.en}")
    if trial.worked_at is None:
        return Text(f"{said.zh}，从未成功", f"{said.en}, never worked")
    worked = here.office.calendar.local(trial.worked_at)
    return Text(f"{said.zh}，最近成功 {worked:%Y-%m-%d %H:%M}", f"{said.en}, last worked {worked:%Y-%m-%d %H:%M}")


def _trial_json(trial: "Trial | None") -> dict[str, Any]:
    return {
        "tried_at": trial.at if trial else None,
        "outcome": trial.outcome if trial else None,
        "worked_at": trial.worked_at if trial else None,
    }


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
            raise NoSuchChannel(name=name, known="、".join(await forms_here(here)))
        here.say(Text(f"渠道“{name}”已删除。", f"Channel “{name}” is removed."))


async def forms_here(here: Session) -> dict[str, Any]:
    """Every channel by name."""
    from tasks.delivering import forms_of

    return dict(await forms_of(here.office))
