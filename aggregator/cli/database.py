"""Commands on what is kept: `db`, rematch, regroup, prune."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator import runs
from aggregator.cli.app import app, state
from aggregator.cli.jobs import close

commands = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(commands, name="db")

Save = Annotated[bool, typer.Option("--save", help="Save it; without, only say what would change.")]


@commands.command()
def upgrade(context: typer.Context) -> None:
    """Bring the tables up to date; an SQLite file is copied first."""
    ours = state(context)
    store = runs.upgrade(ours.settings)
    ours.output.close(f"{store.name} is at {store.revision()}", {"revision": store.revision()})


@commands.command()
def backup(context: typer.Context, path: Path) -> None:
    """Copy the database while it is in use."""
    ours = state(context)
    runs.backup(ours.house, path)
    ours.output.close(f"wrote {path} ({path.stat().st_size} bytes)", {"path": str(path)})


@commands.command()
def restore(context: typer.Context, path: Path) -> None:
    """Take the database from a backup while nothing else runs; the present one is kept beside it."""
    ours = state(context)
    kept = runs.restore(ours.settings, path, ours.now())
    before = f"what was there lies in {kept}" if kept else "there was none before"
    ours.output.close(f"restored from {path}; {before}", {"kept": str(kept) if kept else None})


@commands.command()
def index(context: typer.Context) -> int:
    """Keep the words by which stored articles are found again, for those from before this was done."""
    ours = state(context)
    return close(ours.output, runs.index(ours.house, ours.now()))


@app.command()
def rematch(context: typer.Context, campaign: str, save: Save = False) -> int:
    """Match all stored articles against a campaign again: what is gained, what lost."""
    ours = state(context)
    return close(ours.output, runs.rematch(ours.house, campaign, ours.now(), save=save))


@app.command()
def regroup(context: typer.Context, save: Save = False) -> int:
    """Group all stories anew from facts and people's decisions: what changes."""
    ours = state(context)
    return close(ours.output, runs.regroup(ours.house, ours.now(), save=save))


@app.command()
def prune(context: typer.Context) -> int:
    """Forget pages and articles past their retention that matter to no campaign and no decision."""
    ours = state(context)
    return close(ours.output, runs.prune(ours.house, ours.now()))
