"""`inthenews sources`: where we look, how each place does, and changes to it."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aggregator import runs
from aggregator.cli.app import app, state
from aggregator.cli.output import Exit
from aggregator.errors import Unusable
from crawler.records import SourceKind
from crawler.searches import SERVICES, make_search_url

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
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words, as in '\"Local Progress\" sanctuary'.")],
    service: Annotated[
        str, typer.Option(help=f"{', '.join(SERVICES)}, or an address with {{query}} in it.")
    ] = "google-news",
    language: Annotated[str, typer.Option(help="As in en.")] = "en",
    country: Annotated[str, typer.Option(help="As in US.")] = "US",
) -> None:
    """Look at the results of a search from now on; each is a lead."""
    ours = state(context)
    if service not in SERVICES and "{query}" not in service:
        raise typer.BadParameter(f"{service!r} is no service; choose {', '.join(SERVICES)}, or an address")
    if not query.strip() or not query.isprintable():
        raise typer.BadParameter(f"{query!r} is nothing to search for; write words")
    url = make_search_url(service, query, language, country)
    source = runs.add_source(ours.house, url, SourceKind.SEARCH, None, by=ours.by, now=ours.now())
    ours.output.close(f"added {source.kind} {source.url}", {"id": source.id, "url": source.url})


@commands.command()
def discover(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="An outlet's address, as in https://example.com.")],
) -> int:
    """Find what an outlet offers: feeds, news sitemaps, section pages; the best first, nothing is added."""
    ours = state(context)
    found = runs.discover(ours.house, url)
    ours.output.value({"places": [asdict(place) for place in found.places], "troubles": found.troubles})
    ours.output.table(
        ("kind", "items", "a day", "newest", "address"),
        [
            (
                place.kind,
                place.leads,
                None if place.items_per_day is None else f"{place.items_per_day:.1f}",
                place.newest and f"{place.newest:%Y-%m-%d}",
                place.url,
            )
            for place in found.places
        ],
        empty=f"Nothing to read was found at {url}.",
    )
    for trouble in found.troubles:
        ours.output.note(f"  ! {trouble}")
    if found.places and not ours.output.as_json:
        best = found.places[0]
        ours.output.close(
            f"To look at the first from now on: inthenews sources add {best.url} --kind {best.kind}"
        )
    return Exit.DONE if found.places else Exit.FAILED


@commands.command()
def links(
    context: typer.Context,
    site: Annotated[str, typer.Argument(help="A site, as in example.com or any address of it.")],
) -> None:
    """What a site's links turned out to be: where its section pages are read for articles, and where not."""
    ours = state(context)
    found = runs.learnt_links(ours.house, site)
    ours.output.value([{"links": each.subject, "followed": each.well, "word": each.word} for each in found])
    ours.output.table(
        ("", "what was learnt"),
        [("follow" if each.well else "leave", each.word) for each in found],
        empty=f"No page of {site} was read yet.",
    )


@commands.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
) -> None:
    """Look at all feeds of an OPML file from now on."""
    ours = state(context)
    found, problems = runs.import_sources(ours.house, _read(file), by=ours.by, now=ours.now())
    for problem in problems:
        ours.output.note(f"  ! {problem}")
    ours.output.close(f"added {len(found)} feeds", {"feeds": len(found), "problems": list(problems)})


@commands.command("export")
def export_file(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="The file to write; stdout without it.")] = None,
) -> None:
    """All feeds that we look at, as an OPML file for any feed reader."""
    ours = state(context)
    body = runs.export_sources(ours.house)
    if out is None:
        typer.echo(body, nl=False)
        return
    runs.write(out, body)
    ours.output.close(f"wrote {out}", {"path": str(out)})


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from error


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


@commands.command()
def stay(context: typer.Context, url: Url) -> None:
    """Ask a source that moved at its own address again."""
    ours = state(context)
    address = runs.decline_move(ours.house, url, by=ours.by, now=ours.now())
    ours.output.close(f"asked at its own address from now on, not at {address}", {"declined": address})


@commands.command()
def follow(context: typer.Context, url: Url) -> None:
    """Take back `stay`: the source may move once its outlet tells so for three days."""
    ours = state(context)
    source = runs.allow_move(ours.house, url)
    ours.output.close(f"{source.url} may move", {"id": source.id})
