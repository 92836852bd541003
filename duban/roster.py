"""`duban roster …`: the organisation, from and to a spreadsheet."""

from pathlib import Path
from typing import Annotated

import typer

from duban.session import AsOption, FileArgument, NowOption, run, say, session
from rules.language import Text

app = typer.Typer(
    help="名册：单位、人员、分管关系 · The roster: units, people, who is in charge of whom.", no_args_is_help=True
)


@app.command()
def template(file: Annotated[Path, typer.Argument(help="要写出的 .xlsx 文件 · the .xlsx file to write")]) -> None:
    """写出空白名册 · Write the empty roster with its instructions."""
    from documents.roster_form import write_roster_template

    write_roster_template(file)
    say(
        Text(
            f"已写出 {file}。填好“单位”“人员”等表后：duban roster import {file} --as 办理人",
            f"{file} is written. Once it is filled in: duban roster import {file} --as WHO",
        )
    )


@app.command("import")
def import_(file: FileArgument, as_: AsOption = None, now: NowOption = None) -> None:
    """导入名册，可重复导入 · Import the roster; importing the same again changes nothing."""
    run(_import(file, as_, now))


async def _import(file: Path, as_: str | None, now: str | None) -> None:
    from documents.roster import read_roster
    from store.rulebook import Rulebook
    from tasks.actors import office_in
    from tasks.intake import import_roster

    roster = read_roster(file)
    async with session(now, begins=True) as here:
        book = await here.office.rulebook()
        # The first roster brings the person who imports it.
        known = book if book.office else Rulebook(book.policies, book.calendar, roster)
        changed = await import_roster.fn(here.office, roster, here.now, office_in(known, as_))
        here.say(
            Text(
                f"名册：{len(roster.units)} 个单位，{len(roster.people)} 人；变动 {len(changed)} 处。",
                f"Roster: {len(roster.units)} units, {len(roster.people)} people; {len(changed)} changes.",
            )
        )
