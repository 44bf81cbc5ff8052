"""Commands that answer a question: list, why."""

from typing import Annotated

import typer

from aggregator import desk, runs
from aggregator.cli.app import app, state
from aggregator.exports import render
from aggregator.exports.wording import shown_day


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
