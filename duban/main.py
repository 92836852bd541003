"""The command line's entry: commands are gathered here, each lives in a module of its own."""

import sys
from collections.abc import Callable
from importlib.metadata import version as installed_version
from typing import Annotated

import typer

from duban import (
    canary,
    channel,
    cycle,
    demo,
    duty,
    evidence,
    explain,
    finding,
    finding_figures,
    finding_triage,
    inspect,
    keeping,
    ledger,
    policy,
    read,
    rehearse,
    report,
    roster,
    site,
    table,
    template,
    up,
    web,
)
from duban.errors import WrongUsage, in_words
from duban.usage import title_in_chinese, usage_words

UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""Typer has it from a library of its own or from click, by its version."""

app = typer.Typer(
    pretty_exceptions_enable=False,
)
for name, group in {
    "read": read.app,
    "roster": roster.app,
    "site": site.app,
    "table": table.app,
    "duty": duty.app,
    "finding": finding.app,
    "evidence": evidence.app,
    "channel": channel.app,
    "policy": policy.app,
    "template": template.app,
    "calendar": policy.calendar_app,
    "inspect": inspect.app,
    "report": report.app,
    "ledger": ledger.app,
}.items():
    app.add_typer(group, name=name)
_COMMANDS: tuple[Callable[..., None], ...] = (
    cycle.supervise,
    cycle.deliver,
    cycle.audit,
    explain.explain,
    rehearse.rehearse,
    keeping.backup,
    keeping.restore,
    demo.demo,
    up.up,
    web.web,
)
channel.app.command("test")(canary.test)
for command in _COMMANDS:
    app.command()(command)
_OF_FINDINGS: tuple[Callable[..., None], ...] = (
    finding_triage.accept,
    finding_triage.refuse,
    finding_triage.merge,
    finding_triage.hand_over,
    finding_triage.answer,
    finding_figures.figures,
)
for command in _OF_FINDINGS:
    finding.app.command()(command)


@app.callback(invoke_without_command=True)
def duban(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="显示版本 · show the version")] = False,
) -> None:
    """督办：任务分解表的责任事项、催办与升级 · Duties from task tables, followed up until closed."""
    if version:
        typer.echo(f"duban {installed_version('duban')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run() -> None:
    """Exit codes: 0 done, 1 refused with a reason, 2 wrong usage."""
    title_in_chinese()
    try:
        sys.exit(app(standalone_mode=False))
    except typer.Abort:
        typer.echo("已取消。 · Cancelled.", err=True)
        sys.exit(1)
    except UsageError as error:
        if wrong := usage_words(error):
            typer.echo(f"{wrong.zh}\n{wrong.en}", err=True)
        sys.exit(2)
    except Exception as error:
        refusal = in_words(error)
        if refusal is None:
            raise
        typer.echo(f"{refusal.text.zh}\n{refusal.text.en}", err=True)
        sys.exit(2 if isinstance(refusal, WrongUsage) else 1)
