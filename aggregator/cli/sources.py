"""`inthenews sources`: where we look, how each place does, and changes to it."""

from typing import Annotated

import typer

from aggregator import runs
from aggregator.cli.app import app, state
from aggregator.cli.output import Exit
from crawler.records import SourceKind

commands = typer.Typer(help="Feeds, sitemaps and section pages.", no_args_is_help=True)
app.add_typer(commands, name="sources")

Url = Annotated[str, typer.Argument(help="The source's address.")]


@commands.command()
def health(
    context: typer.Context,
    bad: Annotated[bool, typer.Option("--bad", help="Only those that are not well.")] = False,
) -> int:
    """How each source does, in words."""
    ours = state(context)
    found = [each for each in runs.health(ours.house, ours.now()) if not (bad and each.well)]
    ours.output.value([{"url": each.subject, "well": each.well, "word": each.word} for each in found])
    ours.output.table(
        ("", "source", "how it is"),
        [("ok" if each.well else "!!", each.subject, each.word) for each in found],
        empty="All sources are well." if bad else "No sources yet: `inthenews sources discover https://…`.",
    )
    return Exit.DONE if all(each.well for each in found) else Exit.SOURCES_FAILED


@commands.command()
def add(
    context: typer.Context,
    url: Url,
    kind: Annotated[SourceKind, typer.Option(help="How it is read.")] = SourceKind.FEED,
    outlet: Annotated[str | None, typer.Option(help="The outlet's name in the files.")] = None,
) -> None:
    """Look at this address from now on."""
    ours = state(context)
    source = runs.add_source(ours.house, url, kind, outlet, by=ours.by, now=ours.now())
    ours.output.close(f"added {source.kind} {source.url}", {"id": source.id})


@commands.command()
def remove(context: typer.Context, url: Url) -> None:
    """Take back a source that was added by hand; what it brought stays."""
    ours = state(context)
    source = runs.remove_source(ours.house, url)
    ours.output.close(f"removed {source.url}", {"id": source.id})


@commands.command()
def pause(context: typer.Context, url: Url) -> None:
    """Stop looking at a source for now."""
    ours = state(context)
    source = runs.pause_source(ours.house, url, by=ours.by, now=ours.now())
    ours.output.close(f"paused {source.url}", {"id": source.id})


@commands.command()
def resume(context: typer.Context, url: Url) -> None:
    """Look at a paused source again."""
    ours = state(context)
    source = runs.pause_source(ours.house, url, by=None, now=ours.now())
    ours.output.close(f"looking at {source.url} again", {"id": source.id})
