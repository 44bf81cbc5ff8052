"""`inthenews sources proposals`, watch, refuse, reconsider: what may be changed about where we look."""

from typing import Annotated

import typer

from aggregator import runs
from aggregator.cli.app import State, state
from aggregator.cli.output import Exit
from aggregator.cli.sources import commands
from aggregator.desk import Signature
from aggregator.proposals import Proposals

What = Annotated[str, typer.Argument(help="What is proposed: an outlet's name, or a source's address.")]
Note = Annotated[str, typer.Option(help="Why.")]


@commands.command()
def proposals(context: typer.Context) -> None:
    """Outlets that only searches or people found, to be watched; sources that bring nothing."""
    ours = state(context)
    now = ours.now()
    made = runs.proposals(ours.house, now)
    ours.output.value(_as_json(made))
    ours.output.table(
        ("watch", "name", "what it would bring", "newest"),
        [
            (each.place.site, each.place.name, each.words, each.newest and f"{each.newest:%Y-%m-%d}")
            for each in made.watch
        ],
        empty="No outlet to propose: what searches and people found, own lists bring as well.",
    )
    ours.output.say("")
    ours.output.table(
        ("may go", "why"),
        [(each.source.url, each.words(now)) for each in made.quiet],
        empty="No source is proposed for removal.",
    )
    if made.refused:
        ours.output.say("")
        ours.output.table(
            ("refused", "by", "when", "why"),
            [(each.title, each.by, f"{each.at:%Y-%m-%d}", each.note) for each in made.refused],
            empty="",
        )
    ours.output.close(
        "inthenews sources watch NAME, inthenews sources pause URL, or inthenews sources refuse WHAT"
    )


@commands.command()
def watch(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="A proposed outlet's name, or any outlet's address.")],
    most: Annotated[int, typer.Option(min=1, help="How many of its places, the best first.")] = 1,
) -> int:
    """Find what an outlet offers, and look at the best of it from now on."""
    ours = state(context)
    chosen, found = runs.watch(ours.house, what, _signed(ours), most)
    for trouble in found.troubles:
        ours.output.note(f"  ! {trouble}")
    if not chosen:
        ours.output.close(f"Nothing to read was found at {what}.", {"added": []})
        return Exit.FAILED
    more = len(found.places) - len(chosen)
    ours.output.close(
        f"added {', '.join(f'{source.kind} {source.url}' for source in chosen)}"
        + (f"; it offers {more} more: inthenews sources discover" if more else ""),
        {"added": [{"id": source.id, "kind": source.kind, "url": source.url} for source in chosen]},
    )
    return Exit.DONE


@commands.command()
def refuse(context: typer.Context, what: What, note: Note = "") -> None:
    """Do not propose this any more."""
    ours = state(context)
    subject = runs.refuse(ours.house, what, _signed(ours, note))
    ours.output.close(f"refused {what}; `inthenews sources reconsider` takes it back", {"refused": subject})


@commands.command()
def reconsider(context: typer.Context, what: What) -> None:
    """Let something that was refused be proposed again."""
    ours = state(context)
    subject = runs.reconsider(ours.house, what, _signed(ours))
    ours.output.close(f"{what} may be proposed again", {"reconsidered": subject})


def _signed(ours: State, note: str = "") -> Signature:
    return Signature(by=ours.by, at=ours.now(), note=note)


def _as_json(made: Proposals) -> dict[str, object]:
    return {
        "watch": [
            {
                "site": each.place.site,
                "name": each.place.name,
                "home": each.place.home,
                "stories": each.stories,
                "articles": each.articles,
                "paths": dict(each.paths),
                "newest": each.newest,
            }
            for each in made.watch
        ],
        "quiet": [
            {
                "url": each.source.url,
                "kind": each.source.kind,
                "looks": each.looks,
                "since": each.since,
                "last_new_at": each.new_at,
                "brings_news": each.brings_news,
            }
            for each in made.quiet
        ],
        "quiet_in_all": made.quiet_in_all,
        "refused": [
            {"subject": each.subject, "title": each.title, "by": each.by, "at": each.at, "note": each.note}
            for each in made.refused
        ],
    }
