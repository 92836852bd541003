"""The command line's entry: commands are gathered here, each lives in a module of its own."""

import sys
from collections.abc import Callable

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

app = typer.Typer(
    help="督办：任务分解表的责任事项、催办与升级 · Duties from task tables, followed up until closed.",
    no_args_is_help=True,
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


def run() -> None:
    """Exit codes: 0 done, 1 refused with a reason, 2 wrong usage."""
    try:
        app()
    except Exception as error:
        refusal = in_words(error)
        if refusal is None:
            raise
        typer.echo(f"{refusal.text.zh}\n{refusal.text.en}", err=True)
        sys.exit(2 if isinstance(refusal, WrongUsage) else 1)
