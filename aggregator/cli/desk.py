"""`inthenews desk`: the queue, and every decision a person may take, by command.

Entries are named by any address of any of their articles.
"""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from aggregator import desk, disputes, notices, runs
from aggregator.cli.app import State, app, state
from aggregator.cli.output import Output
from aggregator.records import Decision, Entry, Passage, Relation, Status
from aggregator.wording import count, kin_words, reports_line

commands = typer.Typer(help="The queue and the decisions.", no_args_is_help=True)
app.add_typer(commands, name="desk")

Campaign = Annotated[str, typer.Argument(help="The campaign.")]
Address = Annotated[str, typer.Argument(help="An address of an article.")]
Addresses = Annotated[list[str], typer.Argument(help="Addresses of articles.")]
Note = Annotated[str, typer.Option(help="Why, for the history.")]
Act = Callable[..., Decision]

# Outlets that carried a story which are named; there may be thousands.
MOST_NAMED = 20


@commands.command()
def queue(
    context: typer.Context,
    campaign: Campaign,
    status: Annotated[Status, typer.Option(help="Which entries.")] = Status.WAITING,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 50,
) -> None:
    """The entries that stand there, each with the sentence that put it there."""
    ours = state(context)
    found = desk.entries(ours.house.store, campaign, desk.View(status=status, limit=limit))
    entries = notices.noted(ours.house.store, desk.with_kin(ours.house.store, found), ours.house.judges)
    ours.output.value([as_json(entry) for entry in entries])
    for entry in entries:
        tell(ours.output, entry)
    counts = desk.counts(ours.house.store, campaign)
    ours.output.say(
        ", ".join(f"{count} {name}" for name, count in counts.items()) or "Nothing was found yet."
    )


@commands.command()
def accept(context: typer.Context, campaign: Campaign, addresses: Addresses, note: Note = "") -> None:
    """Put entries on the list."""
    _decide(state(context), desk.accept, campaign, addresses, note)


@commands.command()
def reject(context: typer.Context, campaign: Campaign, addresses: Addresses, note: Note = "") -> None:
    """Keep entries off the list."""
    _decide(state(context), desk.reject, campaign, addresses, note)


@commands.command()
def later(context: typer.Context, campaign: Campaign, addresses: Addresses, note: Note = "") -> None:
    """Put entries aside."""
    _decide(state(context), desk.later, campaign, addresses, note)


@commands.command()
def star(context: typer.Context, campaign: Campaign, addresses: Addresses, note: Note = "") -> None:
    """Mark entries; undo takes the mark off."""
    _decide(state(context), desk.star, campaign, addresses, note)


@commands.command()
def reorder(context: typer.Context, campaign: Campaign, addresses: Addresses, note: Note = "") -> None:
    """Put entries of one day in this order; of several days, each day in its own."""
    _decide(state(context), desk.reorder, campaign, addresses, note)


@commands.command()
def correct(  # noqa: PLR0913  (one option for each field)
    context: typer.Context,
    campaign: Campaign,
    address: Address,
    headline: Annotated[str | None, typer.Option()] = None,
    outlet: Annotated[str | None, typer.Option()] = None,
    date: Annotated[str | None, typer.Option(help="As in 2017-03-28.")] = None,
    remark: Annotated[str | None, typer.Option(help="A note that is published with the entry.")] = None,
    link: Annotated[str | None, typer.Option(help="Where the entry links to.")] = None,
    note: Note = "",
) -> None:
    """Correct what the list says; an empty value gives it back to the web."""
    ours = state(context)
    given = {"headline": headline, "outlet": outlet, "date": date, "note": remark, "link": link}
    corrections = {name: value for name, value in given.items() if value is not None}
    if not corrections:
        raise typer.BadParameter("say what to correct: --headline, --outlet, --date, --remark or --link")
    key = runs.keys(ours.house, [address])[0]
    _told(ours, desk.correct(ours.house.store, campaign, key, corrections, _signed(ours, note)))


@commands.command()
def merge(context: typer.Context, addresses: Addresses, note: Note = "") -> None:
    """Say that these articles are one story, for good."""
    _about_stories(state(context), desk.merge, addresses, note)


@commands.command("keep-apart")
def keep_apart(context: typer.Context, addresses: Addresses, note: Note = "") -> None:
    """Say that no two of these articles are one story, for good."""
    _about_stories(state(context), desk.keep_apart, addresses, note)


@commands.command()
def split(context: typer.Context, address: Address, note: Note = "") -> None:
    """Say that this article is not the story of the copies it is with, for good."""
    ours = state(context)
    key = runs.keys(ours.house, [address])[0]
    _told(ours, desk.split(ours.house.store, key, _signed(ours, note), ours.house.judges))


@commands.command()
def unrelated(context: typer.Context, one: Address, other: Address, note: Note = "") -> None:
    """Say that the stories of these two articles have nothing to do with each other."""
    ours = state(context)
    keys = runs.keys(ours.house, [one, other])
    _told(ours, desk.unrelated(ours.house.store, keys, _signed(ours, note)))


@commands.command()
def show(context: typer.Context, campaign: Campaign, address: Address, note: Note = "") -> None:
    """Show this member of its story on the campaign's list."""
    ours = state(context)
    key = runs.keys(ours.house, [address])[0]
    _told(ours, desk.show(ours.house.store, campaign, key, _signed(ours, note), ours.house.judges))


@commands.command()
def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, max=2**31 - 1, help="As `desk history` tells it.")],
    note: Note = "",
) -> None:
    """Take back any decision ever taken, by its number; undoing an undo brings it back."""
    ours = state(context)
    _told(ours, desk.undo(ours.house.store, number, _signed(ours, note), ours.house.judges))


@commands.command()
def history(context: typer.Context, campaign: Annotated[str | None, typer.Argument()] = None) -> None:
    """The newest fifty decisions: who, what, when."""
    ours = state(context)
    decisions = desk.history(ours.house.store, campaign)
    ours.output.value([_decision_json(decision) for decision in decisions])
    ours.output.table(
        ("number", "when", "who", "what", "about"),
        [(d.id, f"{d.at:%Y-%m-%d %H:%M}", d.by, d.verdict, _about(d)) for d in decisions],
        empty="Nobody has decided anything yet.",
    )


@commands.command("disputes")
def show_disputes(context: typer.Context) -> None:
    """Where people decided otherwise about one story than the machine would: people win."""
    ours = state(context)
    found = disputes.every(ours.house.store, ours.house.judges)
    ours.output.value(
        [{"articles": [each.key for each in one.articles], "reason": one.reason} for one in found]
    )
    ours.output.table(
        ("articles", "what they disagree on"),
        [
            ("; ".join(f"{each.outlet}, {each.headline}" for each in one.articles), one.reason)
            for one in found
        ],
        empty="Nobody decided otherwise than the machine would.",
    )


def tell(output: Output, entry: Entry) -> None:
    """An entry for people: the two lines of the list, then why it is here and who carried it."""
    output.say(entry.headline)
    output.say(f"{entry.outlet}, {entry.day or 'day unknown'}  [{entry.mention.reason}]")
    for passage in entry.mention.passages:
        output.say(f"    {passage.zone}: {marked(passage)}")
    if entry.carriers:
        names = [carrier.outlet for carrier in entry.carriers]
        more = [count(len(names) - MOST_NAMED, "other")] if len(names) > MOST_NAMED else []
        output.say("    also carried by " + ", ".join([*names[:MOST_NAMED], *more]))
    reports = [kin for kin in entry.kin if kin.relation is Relation.RELATED]
    for kin in (each for each in entry.kin if each not in reports):
        output.say(
            f"    {kin_words(kin, entry.article.language)}: {kin.outlet}, {kin.headline} ({kin.reason})"
        )
    if reports:
        output.say(f"    related: {reports_line(reports, entry.article.language)}")
    for notice in entry.notices:
        output.say(f"    ! {notice}")
    output.say(f"    {entry.article.url}\n")


def marked(passage: Passage) -> str:
    """A passage with its matched words in [brackets]."""
    text, end, pieces = passage.text, 0, []
    for start, stop in passage.marks:
        pieces += [text[end:start], "[", text[start:stop], "]"]
        end = stop
    return "".join([*pieces, text[end:]])


def as_json(entry: Entry) -> dict[str, object]:
    """An entry for machines."""
    return {
        "headline": entry.headline,
        "outlet": entry.outlet,
        "day": entry.day,
        "status": entry.status,
        "tier": entry.mention.tier,
        "reason": entry.mention.reason,
        "passages": [
            {"zone": each.zone, "text": each.text, "marks": each.marks, "clause": each.clause}
            for each in entry.mention.passages
        ],
        "url": entry.article.url,
        "key": entry.article.key,
        "story": entry.story.id,
        "carriers": [
            {"outlet": each.outlet, "headline": each.headline, "url": each.url} for each in entry.carriers
        ],
        "pick_ups": len(entry.carriers),
        "kin": [
            {
                "relation": each.relation,
                "comes_from_it": each.comes_from_it,
                "outlet": each.outlet,
                "headline": each.headline,
                "language": each.language,
                "url": each.url,
                "reason": each.reason,
            }
            for each in entry.kin
        ],
        "notices": list(entry.notices),
    }


def _decide(ours: State, act: Act, campaign: str, addresses: Sequence[str], note: str) -> None:
    keys = runs.keys(ours.house, addresses)
    _told(ours, act(ours.house.store, campaign, keys, _signed(ours, note)))


def _about_stories(ours: State, act: Act, addresses: Sequence[str], note: str) -> None:
    keys = runs.keys(ours.house, addresses)
    _told(ours, act(ours.house.store, keys, _signed(ours, note), ours.house.judges))


def _signed(ours: State, note: str) -> desk.Signature:
    return desk.Signature(by=ours.by, at=ours.now(), note=note)


def _told(ours: State, decision: Decision) -> None:
    undoing = f"`inthenews desk undo {decision.id}` takes it back"
    ours.output.close(f"{decision.verdict}: {_about(decision)} ({undoing})", _decision_json(decision))


def _about(decision: Decision) -> str:
    first, *others = decision.subjects
    return f"{first} and {len(others)} more" if others else first


def _decision_json(decision: Decision) -> dict[str, object]:
    return {
        "id": decision.id,
        "verdict": decision.verdict,
        "campaign": decision.campaign,
        "subjects": list(decision.subjects),
        "corrections": dict(decision.corrections),
        "by": decision.by,
        "at": decision.at,
        "note": decision.note,
    }
