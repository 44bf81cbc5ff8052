"""Commands that answer a question: list, coverage, why."""

from typing import Annotated

import typer

from aggregator import desk, paths, runs
from aggregator.cli.app import app, state
from aggregator.exports import render
from aggregator.exports.wording import shown_day
from aggregator.paths import Found, Yield
from aggregator.wording import how_long


@app.command("list")
def show_list(context: typer.Context, campaign: Annotated[str, typer.Argument(help="The campaign.")]) -> None:
    """The list as it is published."""
    ours = state(context)
    listing = desk.listing(ours.house.store, campaign)
    if ours.output.as_json:
        typer.echo(render(listing, "jsonfeed"), nl=False)
        return
    if not listing.items:
        ours.output.say(f"Nothing is accepted yet. `inthenews desk queue {campaign}` shows what waits.")
    for item in listing.items:
        also = f" (also in {', '.join(item.also_in)})" if item.also_in else ""
        ours.output.say(f"{item.headline}\n{item.outlet}, {shown_day(item, listing.form)}{also}\n")


@app.command()
def coverage(context: typer.Context, campaign: Annotated[str, typer.Argument(help="The campaign.")]) -> None:
    """By which paths the stories were found, what each source brought, and how many there may be."""
    ours = state(context)
    found = runs.coverage(ours.house, campaign)
    ours.output.value(_coverage_json(found))
    for title, yields in (("path", found.paths), ("source", found.sources)):
        ours.output.table(
            (title, "stories", "only it", "first", "articles", "half within"),
            [_yield_row(each) for each in yields],
            empty="",
        )
    ours.output.say("")
    ours.output.close(paths.sentence(found.estimate))


def _yield_row(each: Yield) -> tuple[object, ...]:
    delay = "" if each.delay is None else how_long(each.delay)
    return (each.name, each.stories, each.only, each.first, each.articles, delay)


def _coverage_json(found: Found) -> dict[str, object]:
    told = found.estimate
    return {
        "stories": found.stories,
        "articles": found.articles,
        "paths": [_yield_json(each) for each in found.paths],
        "sources": [_yield_json(each) for each in found.sources],
        "estimate": {
            "held": told.held,
            "total": None if told.total is None else round(told.total, 1),
            "low": told.low,
            "high": told.high,
            "found_twice": told.twice,
            "ways": list(told.ways),
            "reason": told.reason,
            "words": paths.sentence(told),
            "assumptions": list(paths.ASSUMPTIONS),
        },
    }


def _yield_json(each: Yield) -> dict[str, object]:
    return {
        "name": each.name,
        "path": each.path,
        "stories": each.stories,
        "only": each.only,
        "first": each.first,
        "articles": each.articles,
        "delay_seconds": None if each.delay is None else each.delay.total_seconds(),
    }


@app.command()
def why(context: typer.Context, url: str) -> None:
    """Why an address is, or is not, on the list, and what to do about it."""
    ours = state(context)
    answers = runs.why(ours.house, url, ours.now())
    ours.output.value(
        [{"step": each.step, "well": each.well, "word": each.word, "repair": each.repair} for each in answers]
    )
    for each in answers:
        ours.output.say(f"{'+' if each.well else '-'} {each.step}: {each.word}")
        if each.repair:
            ours.output.say(f"    {each.repair}")
