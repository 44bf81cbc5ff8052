"""`inthenews config` and `inthenews doctor`: is everything as it should be?"""

from dataclasses import fields, replace
from urllib.parse import urlsplit

import typer

from aggregator import runs
from aggregator.cli.app import app, state
from aggregator.cli.output import Exit
from aggregator.store.session import Store
from crawler.errors import ConfigError

commands = typer.Typer(help="Settings, outlet and campaign files.", no_args_is_help=True)
app.add_typer(commands, name="config")


@commands.command()
def check(context: typer.Context) -> int:
    """Read every configuration file; all mistakes at once, each with file and line."""
    ours = state(context)
    complaints = runs.complaints_of(ours.config)
    if complaints:
        raise ConfigError(complaints)
    ours.output.close(f"{ours.config}: everything is in order", {"complaints": 0})
    return Exit.DONE


@commands.command()
def show(context: typer.Context) -> None:
    """Every setting as it is after file and environment, passwords masked."""
    ours = state(context)
    values = {field.name: getattr(ours.settings, field.name) for field in fields(ours.settings)}
    values["database"] = Store(ours.settings.database).name
    polite = ours.settings.politeness
    values["politeness"] = replace(polite, proxy=polite.proxy and _without_password(polite.proxy))
    ours.output.value(values)
    ours.output.table(("setting", "value"), list(values.items()), empty="")


def _without_password(proxy: str) -> str:
    parts = urlsplit(proxy if "://" in proxy else f"//{proxy}")
    return proxy.replace(f":{parts.password}@", ":***@") if parts.password else proxy


@app.command()
def doctor(context: typer.Context) -> int:
    """Look over configuration, database, sources and this machine, and say what to do."""
    ours = state(context)
    findings = runs.examine(ours.house, ours.now())
    ours.output.value([{"subject": each.subject, "well": each.well, "word": each.word} for each in findings])
    ours.output.table(
        ("", "what", "how it is"),
        [("ok" if each.well else "!!", each.subject, each.word) for each in findings],
        empty="",
    )
    return Exit.DONE if all(each.well for each in findings) else Exit.FAILED
