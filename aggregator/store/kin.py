"""The stories that are kin to others, as the desk shows them, without those that people said are none."""

from collections.abc import Collection

from sqlalchemy import Connection

from aggregator.records import Kin, Link
from aggregator.store import articles, decisions, links, outlet_names, stories
from crawler.records import Article

# The nearest ones; a big event may have hundreds.
MOST = 6


def of_stories(c: Connection, story_ids: Collection[str]) -> dict[str, tuple[Kin, ...]]:
    """What each of these stories is kin to, the nearest first, at most six."""
    asked = set(story_ids)
    found: dict[str, list[tuple[str, Link]]] = {}
    gone = dismissed(c)
    for link in links.of_stories(c, asked):
        if frozenset((link.one, link.other)) in gone:
            continue
        for mine, theirs in ((link.one, link.other), (link.other, link.one)):
            if mine in asked and len(found.setdefault(mine, [])) < MOST:
                found[mine].append((theirs, link))
    known = stories.shown_of(c, {theirs for near in found.values() for theirs, _ in near})
    shown = outlet_names.apply(c, articles.some(c, known.values()))
    return {
        mine: tuple(make_kin(theirs, link, shown[known[theirs]]) for theirs, link in near)
        for mine, near in found.items()
    }


def make_kin(story_id: str, link: Link, article: Article) -> Kin:
    """A story at the other end of a link, by the article that it shows."""
    return Kin(
        story=story_id,
        relation=link.relation,
        reason=link.reason,
        key=article.key,
        headline=article.headline,
        outlet=article.outlet,
        url=article.canonical_url or article.url,
        day=article.published.day if article.published else None,
        language=article.language,
        comes_from_it=link.other == story_id,
    )


def dismissed(c: Connection) -> set[frozenset[str]]:
    """The pairs of stories that people said are no kin, by their ids."""
    taken = decisions.unrelated(c)
    home = stories.of_articles(c, {key for decision in taken for key in decision.subjects})
    return {frozenset(home[key] for key in each.subjects if key in home) for each in taken}
