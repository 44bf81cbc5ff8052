"""The `inthenews` command and what all of its commands share: configuration, output, the open house."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer

from aggregator import runs, settings
from aggregator.cli.output import Output, speak_whatever_happens, start_logging
from crawler.clock import read_clock
from crawler.errors import ConfigError

app = typer.Typer(
    help="Media monitoring for the comms team of a campaign.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@dataclass
class State:
    """What the global options say; `alone` is a process that ends with its command."""

    config: Path
    output: Output
    by: str
    alone: bool

    @cached_property
    def settings(self) -> settings.Settings:
        """The settings of the configuration folder. Raises ConfigError with the mistakes of all its files."""
        try:
            return settings.load(self.config)
        except ConfigError as error:
            raise ConfigError(runs.complaints_of(self.config)) from error

    @cached_property
    def house(self) -> runs.House:
        """Settings, outlets, campaigns and database, opened when a command needs them."""
        try:
            return runs.open_house(self.settings, self.now())
        except ConfigError as error:
            raise ConfigError(runs.complaints_of(self.config)) from error

    @property
    def house_alone(self) -> runs.House:
        """The house, of which this process, where it ends with the command, wants one job and no other."""
        return replace(self.house, alone=self.alone)

    def close(self) -> None:
        """Give the database's connections back, if there are any; `db restore` wants to be alone with it."""
        if "house" in vars(self):
            self.house.store.close()

    @staticmethod
    def now() -> datetime:
        """The time, read here and passed down."""
        return read_clock()


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version  # slow to load, and seldom asked

        try:
            print(f"inthenews {version('in-the-news')}")
        except PackageNotFoundError:
            print("inthenews, run from its folder and not installed")
        raise typer.Exit


@app.callback()
def begin(  # noqa: PLR0913  (one parameter for each global option)
    context: typer.Context,
    config: Annotated[
        Path, typer.Option(envvar="INTHENEWS_CONFIG", help="The folder with settings, outlets and campaigns.")
    ] = Path("config"),
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON with stable keys.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
    debug: Annotated[bool, typer.Option(help="Log everything.")] = False,
    by: Annotated[str, typer.Option(envvar="USER", help="Who decides, for the history.")] = "someone",
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)] = False,
) -> None:
    """Media monitoring for the comms team of a campaign."""
    start_logging(debug=debug)
    speak_whatever_happens()
    output = Output(as_json=as_json, quiet=quiet)
    context.obj = ours = State(config=config, output=output, by=by, alone=bool(context.obj))
    context.call_on_close(ours.close)


def state(context: typer.Context) -> State:
    """What the global options said."""
    found = context.obj
    assert isinstance(found, State)
    return found
