"""`inthenews sources`: where we look, how each place does, and changes to it."""

from dataclasses import asdict
from pathlib import Path
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
def discover(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="An outlet's address.")],
    save: Annotated[bool, typer.Option("--add", help="Look at all of them from now on.")] = False,
) -> None:
    """What an outlet offers: feeds, news sitemaps, section pages, each with what it yields."""
    ours = state(context)
    found = runs.discover(ours.house, address)
    ours.output.value([asdict(place) for place in found.places])
    ours.output.table(
        ("kind", "address", "articles", "a day", "newest", "found by"),
        [
            (
                each.kind,
                each.url,
                each.leads,
                f"{each.items_per_day:.1f}" if each.items_per_day else "",
                f"{each.newest:%Y-%m-%d}" if each.newest else "",
                each.found_by,
            )
            for each in found.places
        ],
        empty=f"Nothing that lists articles was found at {address}.",
    )
    for trouble in found.troubles:
        ours.output.note(f"! {trouble}")
    for place in found.places if save else ():
        runs.add_source(ours.house, place.url, place.kind, None, by=ours.by, now=ours.now())
    if found.places and not save:
        ours.output.say(f"`inthenews sources discover --add {address}` looks at them from now on.")


@commands.command("import")
def import_list(context: typer.Context, file: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Add the feeds of a feed reader's list (OPML)."""
    ours = state(context)
    added, problems = runs.import_sources(ours.house, file.read_bytes(), by=ours.by, now=ours.now())
    for problem in problems:
        ours.output.note(f"! {problem}")
    ours.output.close(f"added {added} feeds", {"added": added, "problems": list(problems)})


@commands.command("export")
def export_list(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="The file to write; stdout without it.")] = None,
) -> None:
    """All feeds as a list for a feed reader (OPML)."""
    ours = state(context)
    body = runs.export_sources(ours.house)
    if out is None:
        typer.echo(body, nl=False)
        return
    runs.write(out, body)
    ours.output.close(f"wrote {out} ({len(body)} bytes)", {"path": str(out), "bytes": len(body)})


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
