"""`duban template …`: the words of messages, tried on a sample and a real message before they are kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.session import AsOption, JsonOption, Session, print_json, run, session
from rules.errors import Refusal
from rules.language import Language, Text

if TYPE_CHECKING:
    from rules.digest import NoticeFacts

app = typer.Typer(help="消息模板：查看、更换、预览、还原 · The words of messages.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="模板：subject 标题，line 每条通知，body 正文 · subject, line or body")]


class NotUtf8(Refusal):
    """编码不对: a template file is not UTF-8 text."""

    zh = "{file} 不是 UTF-8 文本，请另存为 UTF-8 再试。"
    en = "{file} is not UTF-8 text; save it as UTF-8 and try again."


@app.command()
def show(name: Name) -> None:
    """显示现用的模板，可存为文件修改 · Print the template in use, to be saved and changed."""
    run(_show(name))


async def _show(name: str) -> None:
    from channels.wording import BUILT_IN, known

    async with session() as here:
        typer.echo((await _own(here)).get(known(name), BUILT_IN[name]), nl=False)


@app.command("set")
def set_(
    name: Name, file: Annotated[Path, typer.Argument(help="模板文件 · the template file")], as_: AsOption = None
) -> None:
    """更换模板；先用样例和最近一条消息试过 · Use a template, once it has been tried on a sample and a real message."""
    run(_set(name, file, as_))


async def _set(name: str, file: Path, as_: str | None) -> None:
    from channels.wording import known
    from store.ledger import writing
    from store.wording import set_words

    text = _text_of(file)
    async with session() as here:
        actor = await here.setting_up(as_)
        await _checked(here, {**await _own(here), known(name): text})
        async with writing(here.office.store, here.now, actor) as write:
            await set_words(write, name, text)
        here.say(Text(f"模板“{name}”已更换，从下一条消息起使用。", f"Template “{name}” is in use from now on."))


@app.command()
def preview(
    name: Name,
    file: Annotated[Path | None, typer.Argument(help="模板文件，缺省为现用的 · a template file")] = None,
    as_json: JsonOption = False,
) -> None:
    """预览最近一条消息用它写出来的样子、各渠道拆成几条 · How the last message would look, and in how many parts."""
    run(_preview(name, file, as_json))


async def _preview(name: str, file: Path | None, as_json: bool) -> None:
    from channels.wording import SAMPLE, known, worded
    from tasks.delivering import forms_of, parts_for

    async with session() as here:
        own = await _own(here) | ({known(name): _text_of(file)} if file else {})
        await _checked(here, own)
        notices = await _last(here) or SAMPLE
        told = {language: worded(own, notices, language, here.office.calendar) for language in Language}
        channels = await forms_of(here.office)
        parts = {
            language: {
                channel: len(parts_for(here.office, form, "", one, here.now)) for channel, form in channels.items()
            }
            for language, one in told.items()
        }
    if as_json:
        print_json({one: {"subject": d.subject, "body": d.body, "parts": parts[one]} for one, d in told.items()})
        return
    for language, digest in told.items():
        typer.echo(f"== {language} ==\n{digest.subject}\n\n{digest.body}\n")
        typer.echo(_split(parts[language]).said_in(here.language) + "\n")


def _split(parts: dict[str, int]) -> Text:
    """How many messages each channel makes of it."""
    zh = "，".join(f"{channel} {count} 条" for channel, count in parts.items())
    en = ", ".join(f"{channel} {count}" for channel, count in parts.items())
    return Text(f"各渠道拆成几条：{zh}", f"Messages it takes in each channel: {en}")


@app.command()
def reset(name: Name, as_: AsOption = None) -> None:
    """还原为内置用语 · Back to the built-in words."""
    run(_reset(name, as_))


async def _reset(name: str, as_: str | None) -> None:
    from channels.wording import known
    from store.ledger import writing
    from store.wording import reset_words

    async with session() as here:
        actor = await here.setting_up(as_)
        async with writing(here.office.store, here.now, actor) as write:
            await reset_words(write, known(name))
        here.say(Text(f"模板“{name}”已还原为内置用语。", f"Template “{name}” is the built-in one."))


async def _own(here: Session) -> dict[str, str]:
    from store.wording import own_words

    async with here.office.store.reading() as connection:
        return await own_words(connection)


async def _last(here: Session) -> "list[NoticeFacts]":
    from store.outbox import last_told

    async with here.office.store.reading() as connection:
        return await last_told(connection)


async def _checked(here: Session, own: dict[str, str]) -> None:
    from channels.wording import check_words

    check_words(own, [await _last(here)], here.office.calendar)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8(file=file) from None
