"""`inthenews campaigns`: what to look for, tried before it is saved."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from aggregator import campaigns as campaign_files
from aggregator import runs
from aggregator.campaigns import write_campaign
from aggregator.cli.app import State, app, state
from aggregator.cli.desk import marked
from aggregator.cli.jobs import close
from aggregator.errors import Conflict
from aggregator.records import Campaign, Mention
from aggregator.store import campaigns
from crawler.records import Article

commands = typer.Typer(help="What to look for.", no_args_is_help=True)
app.add_typer(commands, name="campaigns")

File = Annotated[Path, typer.Argument(help="A campaign file; its name is the campaign's.")]


@commands.command()
def show(context: typer.Context, campaign: Annotated[str | None, typer.Argument()] = None) -> None:
    """All campaigns, ended ones too, or everything about one."""
    ours = state(context)
    if campaign:
        one = runs.campaign_versions(ours.house, campaign)[0][0]
        ours.output.value([asdict(one)])
        ours.output.say(write_campaign(one).rstrip())
        return
    with ours.house.store.reading() as c:
        known, ended = campaigns.every(c, ended=True), campaigns.ended(c)
    ours.output.value([asdict(each) | {"ended": ended.get(each.slug)} for each in known])
    ours.output.table(
        ("campaign", "name", "from", "to", "version", "ended"),
        [
            (
                each.slug,
                each.name,
                each.starts_on,
                each.ends_on,
                each.version,
                f"{ended[each.slug]:%Y-%m-%d}" if each.slug in ended else "",
            )
            for each in known
        ],
        empty="No campaign yet: write config/campaigns/your-campaign.toml.",
    )


@commands.command()
def add(context: typer.Context, file: File) -> int:
    """Take up a campaign file as a new campaign, and match what is stored against it."""
    ours = state(context)
    campaign = _read(ours, file)
    with ours.house.store.reading() as c:
        number = campaigns.version(c, campaign.slug)
        known = None if number is None else campaigns.get(c, campaign.slug)
    if known is not None and replace(campaign, version=known.version) != known:
        raise Conflict(
            f"there is a campaign {campaign.slug!r} already, and this file differs from it; "
            f"`inthenews campaigns edit {file}` tells what it would change, and saves it with --save"
        )
    return _save(ours, campaign, save=True)


@commands.command()
def edit(
    context: typer.Context,
    file: File,
    save: Annotated[
        bool, typer.Option("--save", help="Save it; without, only say what would change.")
    ] = False,
) -> int:
    """What a changed campaign file would gain and lose; with --save it becomes the next version."""
    ours = state(context)
    return _save(ours, _read(ours, file), save=save)


@commands.command("try")
def try_rule(
    context: typer.Context,
    rule: str,
    folder: Annotated[
        Path | None,
        typer.Argument(exists=True, file_okay=False, help="Saved pages to try it on instead."),
    ] = None,
) -> None:
    """What a rule finds among the stored articles, or on the saved pages of a folder."""
    ours = state(context)
    made = (
        runs.try_rule_on_pages(ours.house, rule, folder, ours.now())
        if folder
        else runs.try_rule(ours.house, rule)
    )
    ours.output.value([_as_json(article, mention) for article, mention in made.found])
    for article, mention in made.found:
        ours.output.say(f"{article.headline}\n{article.outlet}  {article.url}  {mention.tier}")
        for passage in mention.passages:
            ours.output.say(f"    {passage.zone}: {marked(passage)}")
    for told in made.no_articles:
        ours.output.note(told)
    tiers = "".join(f", {number} {tier}" for tier, number in made.tiers.items())
    named = f"; the first {len(made.found):,} are named" if made.found_in_all > len(made.found) else ""
    ours.output.say(f"{made.found_in_all} of {made.looked_at} articles{tiers}{named}")


def _as_json(article: Article, mention: Mention) -> dict[str, object]:
    return {
        "url": article.url,
        "headline": article.headline,
        "outlet": article.outlet,
        "tier": mention.tier,
        "reason": mention.reason,
        "passages": [asdict(passage) for passage in mention.passages],
    }


@commands.command()
def versions(context: typer.Context, campaign: str) -> None:
    """Every version a campaign ever had."""
    ours = state(context)
    known = runs.campaign_versions(ours.house, campaign)
    ours.output.value(
        [{"version": each.version, "saved": at, "by": by, "campaign": asdict(each)} for each, by, at in known]
    )
    ours.output.table(
        ("version", "saved", "by"),
        [(each.version, f"{at:%Y-%m-%d %H:%M}", by) for each, by, at in known],
        empty="",
    )


@commands.command()
def end(context: typer.Context, campaign: str) -> None:
    """Stop looking for a campaign; what was found and decided stays, and so does its published list."""
    ours = state(context)
    runs.end_campaign(ours.house, campaign, by=ours.by, now=ours.now())
    undoing = f"`inthenews campaigns resume {campaign}` takes it up again"
    ours.output.close(f"{campaign} is ended ({undoing})", {"ended": campaign})


@commands.command()
def resume(context: typer.Context, campaign: str) -> int:
    """Look for an ended campaign again, also among what came meanwhile."""
    ours = state(context)
    return close(ours.output, runs.resume_campaign(ours.house, campaign, by=ours.by, now=ours.now()))


@commands.command("export")
def export_file(
    context: typer.Context,
    campaign: str,
    out: Annotated[Path | None, typer.Option(help="The file to write; stdout without it.")] = None,
) -> None:
    """A campaign as a file, as it is now; `campaigns import` takes it in on another machine."""
    ours = state(context)
    text = write_campaign(runs.campaign_versions(ours.house, campaign)[0][0])
    if out is None:
        typer.echo(text, nl=False)
        return
    runs.write(out, text.encode())
    ours.output.close(f"wrote {out}", {"path": str(out)})


@commands.command("import")
def import_file(context: typer.Context, file: File) -> int:
    """Take up a campaign file, new or changed, and match what is stored against it."""
    ours = state(context)
    return _save(ours, _read(ours, file), save=True)


def _read(ours: State, file: Path) -> Campaign:
    """A campaign file; one that prefers no outlets prefers those of the settings, as it does as a seed."""
    campaign = campaign_files.load_file(file)
    return replace(campaign, preferred=campaign.preferred or ours.settings.preferred)


def _save(ours: State, campaign: Campaign, *, save: bool) -> int:
    report = runs.change_campaign(ours.house, campaign, by=ours.by, now=ours.now(), save=save)
    if save:
        version = runs.campaign_versions(ours.house, campaign.slug)[0][0].version
        ours.output.say(f"{campaign.slug} is saved as version {version}")
    return close(ours.output, report)
