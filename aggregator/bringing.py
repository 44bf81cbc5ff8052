"""Makes the mentions that rest on a person alone: what somebody brought or accepted, though no rule finds it.

Decisions travel from one database to another whose rules may be others, and people name what is at no desk:
what was accepted is on the list all the same. Nothing is judged here.
"""

from collections.abc import Iterable
from datetime import datetime

from aggregator.records import Campaign, Mention, Passage, Tier
from aggregator.store import articles, campaigns, decisions, entries, mentions, stories
from aggregator.store.session import Connection
from crawler.records import Article, Zone


def bring(
    campaign: Campaign, article: Article, by: str, did: str, passages: tuple[Passage, ...] = ()
) -> Mention:
    """A mention because this person did something ("added it. …"); it holds whatever the rules say."""
    headline = Passage(zone=Zone.HEADLINE, text=article.headline, marks=(), clause=f"brought by {by}")
    return Mention(
        article_key=article.key,
        campaign=campaign.slug,
        tier=Tier.COVERS_EVENT,
        passages=(headline, *passages),
        reason=f"{by} {did}",
        rules_version=campaign.version,
        brought_by=by,
    )


def bring_accepted(c: Connection, keys: Iterable[str], at: datetime) -> None:
    """Put those of these articles at the desk that somebody accepted there and whose story is not at it."""
    accepted = decisions.accepted(c, keys)
    if not accepted:
        return
    homes = stories.of_articles(c, {key for _, key in accepted})
    there = entries.places(c, homes.values())
    missing = {
        (slug, key): by
        for (slug, key), by in accepted.items()
        if key in homes and (slug, homes[key]) not in there
    }
    known = {campaign.slug: campaign for campaign in campaigns.every(c, ended=True)} if missing else {}
    found = articles.some(c, {key for _, key in missing})
    did = "accepted it. By the rules alone it is no mention"
    brought = [bring(known[slug], found[key], by, did) for (slug, key), by in missing.items()]
    mentions.replace(c, brought, at)
    anew: dict[str, set[str]] = {}
    for _, key in missing:
        anew.setdefault(homes[key], set()).add(key)
    entries.refresh(c, anew, anew=anew)
