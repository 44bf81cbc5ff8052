"""What the links of each site turned out to be, kept as counts; what they mean, `crawler.habits` says."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, select

from aggregator.store import rows
from aggregator.store.source_tables import link_habits
from crawler.habits import Habits, Tally, shape_of
from crawler.records import Lead
from crawler.urls import registrable_domain

SHAPE, PLACE = "shape", "place"


def learn(c: Connection, lead: Lead, was_article: bool, now: datetime) -> None:
    """Count a link that was followed: for the shape of its address, and for the place where it stood."""
    site = registrable_domain(lead.url)
    told = {SHAPE: shape_of(lead.url)} | ({PLACE: lead.place} if lead.place else {})
    known = of_site(c, site, told.values())
    tallies = {SHAPE: known.shapes, PLACE: known.places}
    changed = {
        feature: tallies[feature].get(value, Tally()).with_one(was_article) for feature, value in told.items()
    }
    put = [
        {
            "site": site,
            "feature": feature,
            "value": told[feature],
            "articles": tally.articles,
            "others": tally.others,
            "seen_at": now,
        }
        for feature, tally in changed.items()
    ]
    rows.put(c, link_habits, put)


def of_site(c: Connection, site: str, values: Iterable[str] | None = None) -> Habits:
    """What is known of a site's links, or only of these shapes and places."""
    query = select(link_habits).where(link_habits.c.site == site)
    if values is not None:
        query = query.where(link_habits.c.value.in_(list(values)))
    tallies: dict[str, dict[str, Tally]] = {SHAPE: {}, PLACE: {}}
    for row in c.execute(query):
        tallies[row.feature][row.value] = Tally(row.articles, row.others)
    return Habits(shapes=tallies[SHAPE], places=tallies[PLACE])


def forget(c: Connection, before: datetime) -> int:
    """Remove the counts of kinds of links that were last followed before then. Answers how many."""
    return c.execute(delete(link_habits).where(link_habits.c.seen_at < before)).rowcount
