"""Makes the mentions that rest on a person alone: what somebody brought or accepted, though no rule finds it.

Decisions travel from one database to another, and the rules there may be others: what was accepted is on
the list all the same. Nothing is judged here.
"""

from collections.abc import Mapping

from aggregator.records import Campaign, Mention, Passage, Tier
from aggregator.store import campaigns, decisions, mentions
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


def bring_accepted(c: Connection, found: Mapping[str, Article]) -> None:
    """Let those of these articles, by key, that somebody accepted mention the campaign, if they never did."""
    accepted = decisions.accepted(c, found)
    if not accepted:
        return
    known = mentions.some(c, found)
    looked_for = {campaign.slug: campaign for campaign in campaigns.every(c, ended=True)}
    mentions.replace(
        c,
        [
            bring(looked_for[slug], found[key], by, "accepted it. By the rules alone it is no mention")
            for (slug, key), by in accepted.items()
            if (slug, key) not in known and slug in looked_for
        ],
    )
