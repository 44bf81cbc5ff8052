"""`inthenews config` and `inthenews doctor`: is everything as it should be?"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta

import typer

from aggregator import runs
from aggregator.cli.app import app, state
from aggregator.cli.output import Exit
from aggregator.store.session import Store
from crawler.errors import ConfigError

# Where a setting stands in settings.toml, if not under the name that the program has for it.
_IN_FILE = {
    "organisation": "who.organisation",
    "contact": "who.contact",
    "database": "store.database",
    "exports": "store.exports",
    "retention": "store.retention",
    "preferred": "list.preferred",
    "tick": "schedule.tick",
    "workers": "schedule.workers",
    "host": "web.host",
    "port": "web.port",
    "websub_callback": "websub.callback",
    "mailboxes": "mailbox",
    "digests": "digest",
    "digests.sender": "digest.from",
}
_UNITS = ((86400, "days"), (3600, "h"), (60, "min"))
_PASSWORD = re.compile(r"(://[^/@]*:)[^/@]*@")

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
    values = dict(_settings_of(ours.settings))
    values["database"] = Store(ours.settings.database).name
    ours.output.value(values)
    ours.output.table(("setting", "value"), [_as_written(*each) for each in values.items()], empty="")


def _as_written(name: str, value: object) -> tuple[str, object]:
    """A setting for people: under the name and in the words that it has in the file."""
    if isinstance(value, timedelta):
        value = _spell(value)
    table, dot, key = name.partition(".")
    written = _IN_FILE.get(name, f"{_IN_FILE.get(table, table)}{dot}{key}")
    return written, ", ".join(value) if isinstance(value, list) else value


def _spell(span: timedelta) -> str:
    """A length of time in the largest unit that tells it whole: "180 days", "15 min", "1.5 s"."""
    seconds = span.total_seconds()
    whole = ((length, unit) for length, unit in _UNITS if seconds and not seconds % length)
    length, unit = next(whole, (1, "s"))
    number = seconds / length
    return f"{number:g} {'day' if unit == 'days' and number == 1 else unit}"


def _settings_of(record: object, before: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a record of settings by its dotted name; what is never shown says whether it is set."""
    for field in fields(record):  # type: ignore[arg-type]
        value, name = getattr(record, field.name), before + field.name
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            for each in value:
                yield from _settings_of(each, f"{name}.{each.name}.")
        elif is_dataclass(value):
            yield from _settings_of(value, f"{name}.")
        elif not field.repr:
            yield name, None if value is None else "***"
        elif isinstance(value, tuple):
            yield name, list(value)
        else:
            yield name, _PASSWORD.sub(r"\1***@", value) if isinstance(value, str) else value


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
