"""Forgets what is past its time and matters to nobody; what is worth keeping longer is a setting.

Nothing goes that mentions a campaign or that a person ever decided about, nor a member of
a story of which that is true. Decisions and leads never go: a lead that is forgotten
would be fetched again as long as a feed lists it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select

from aggregator.store import habits, pages, rows, search, sketches, stories
from aggregator.store.session import Store
from aggregator.store.source_tables import polls
from aggregator.store.tables import (
    article_addresses,
    article_versions,
    articles,
    decision_subjects,
    members,
    mentions,
)

BATCH = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Pruned:
    """How much was forgotten."""

    pages: int
    polls: int
    articles: int


def prune(store: Store, before: datetime) -> Pruned:
    """Forget pages, looks at sources, and articles that matter to nobody, from before then.

    Goes in short transactions; it may be stopped and begun again at any time.
    """
    with store.writing() as c:
        gone_pages = pages.forget(c, before)
        habits.forget(c, before)
        gone_polls = c.execute(delete(polls).where(polls.c.at < before)).rowcount
    gone_articles = 0
    while True:
        with store.writing() as c:
            keys = forgettable(c, before, BATCH)
            forget(c, keys)
        gone_articles += len(keys)
        if len(keys) < BATCH:
            return Pruned(pages=gone_pages, polls=gone_polls, articles=gone_articles)


def forgettable(c: Connection, before: datetime, limit: int) -> list[str]:
    """Articles last seen to change before then, in whose story nothing matters to anybody."""
    here, fellow = members.alias("here"), members.alias("fellow")
    same_story = (here.c.article_key == articles.c.key) & (fellow.c.story_id == here.c.story_id)
    mentioned = exists().where(
        same_story, mentions.c.article_key == fellow.c.article_key, mentions.c.gone_because.is_(None)
    )
    decided = exists().where(same_story, decision_subjects.c.subject == fellow.c.article_key)
    old = articles.c.updated_at < before
    return list(c.scalars(select(articles.c.key).where(old, ~mentioned, ~decided).limit(limit)))


def forget(c: Connection, keys: Sequence[str]) -> None:
    """Remove these articles and what was made of them; stories left without members go as well."""
    if not keys:
        return
    homes = set(stories.of_articles(c, keys).values())
    search.forget(c, keys)
    sketches.forget(c, keys)
    for table in (members, mentions, article_addresses):
        for batch in rows.batches(keys):
            c.execute(delete(table).where(table.c.article_key.in_(batch)))
    stories.forget_empty(c, homes)
    for batch in rows.batches(keys):
        c.execute(delete(articles).where(articles.c.key.in_(batch)))
        c.execute(delete(article_versions).where(article_versions.c.article_key.in_(batch)))
