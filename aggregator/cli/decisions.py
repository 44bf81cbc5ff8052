"""`inthenews decisions`: what people decided, written to a file and taken in by another database."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator import handover, runs
from aggregator.cli.app import app, state
from aggregator.errors import Unusable

commands = typer.Typer(help="What people decided, as a file.", no_args_is_help=True)
app.add_typer(commands, name="decisions")

MOST_NAMED = 20


@commands.command("export")
def export_file(
    context: typer.Context,
    campaign: Annotated[
        str | None, typer.Argument(help="Only this campaign's, and those that hold everywhere.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write; stdout without it.")] = None,
) -> None:
    """All decisions, a line of JSON each; `decisions import` takes them in on another machine."""
    ours = state(context)
    told = handover.hand_over(ours.house.store, campaign)
    if out is None:
        typer.echo(told, nl=False)
        return
    runs.write(out, told)
    ours.output.close(f"wrote {out}", {"path": str(out)})


@commands.command("import")
def import_file(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="What `decisions export` wrote.")]
) -> None:
    """Take in decisions that are not here yet, all or none; they come after those that are."""
    ours = state(context)
    try:
        told = file.read_bytes()
    except OSError as error:
        raise Unusable(f"{file}: it cannot be read: {error.strerror}") from error
    handed = handover.take_over(ours.house.store, told, ours.house.judges, ours.now())
    for key in handed.missing[:MOST_NAMED]:
        ours.output.say(f"not here yet; what was decided about it holds when it comes: {key}")
    ours.output.close(
        f"{handed.new} decisions taken in, {handed.known} were here, {len(handed.missing)} articles are not",
        {"new": handed.new, "known": handed.known, "missing": list(handed.missing)},
    )
