"""Forgets what is past its time and matters to nobody; what is worth keeping longer is a setting.

Nothing goes that mentions a campaign or that a person ever decided about, nor a member of
a story of which that is true. Decisions and leads never go: a lead that is forgotten
would be fetched again as long as a feed lists it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, select

from aggregator.store import crowds, habits, holds, pages, rows, search, sketches, stories
from aggregator.store.crowd_tables import unsettled
from aggregator.store.rows import KEYS
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
OF_STORIES: Select[Any] = select(members.c.story_id).where(members.c.story_id.in_(KEYS)).distinct()
MENTIONED = OF_STORIES.join(mentions, mentions.c.article_key == members.c.article_key).where(
    mentions.c.gone_because.is_(None)
)
DECIDED = OF_STORIES.join(decision_subjects, decision_subjects.c.subject == members.c.article_key)


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
        holds.forget_past(c, before)
        gone_polls = c.execute(delete(polls).where(polls.c.at < before)).rowcount
    gone_articles, looked_at = 0, ""
    while True:
        with store.writing() as c:
            homes = old_ones(c, before, looked_at)
            if not homes:
                return Pruned(pages=gone_pages, polls=gone_polls, articles=gone_articles)
            keys = forgettable(c, homes)
            forget(c, keys)
        gone_articles += len(keys)
        looked_at = list(homes)[-1]


def old_ones(c: Connection, before: datetime, after: str) -> dict[str, str | None]:
    """The next articles behind this key that were last seen to change before then, with their stories."""
    in_story = articles.outerjoin(members, members.c.article_key == articles.c.key)
    query = select(articles.c.key, members.c.story_id).select_from(in_story)
    old = query.where(articles.c.updated_at < before, articles.c.key > after)
    return {row.key: row.story_id for row in c.execute(old.order_by(articles.c.key).limit(BATCH))}


def forgettable(c: Connection, homes: Mapping[str, str | None]) -> list[str]:
    """Those of these articles in whose story nothing matters to anybody.

    Each story is looked through once, however many of its articles are asked for.
    """
    ids = sorted({story_id for story_id in homes.values() if story_id is not None})
    mattering = set(c.scalars(MENTIONED, {"keys": ids})) | set(c.scalars(DECIDED, {"keys": ids}))
    return [key for key, story_id in homes.items() if story_id not in mattering]


def forget(c: Connection, keys: Sequence[str]) -> None:
    """Remove these articles and what was made of them; stories left without members go as well.

    A story that showed one of them shows another: a desk may show it as kin to one of its own.
    """
    if not keys:
        return
    homes = set(stories.of_articles(c, keys).values())
    search.forget(c, keys)
    sketches.forget(c, keys)
    for table in (members, mentions, article_addresses, unsettled):
        for batch in rows.batches(keys):
            c.execute(delete(table).where(table.c.article_key.in_(batch)))
    stories.forget_empty(c, homes)
    stories.show_others(c, homes)
    crowds.forget(c, homes)
    for batch in rows.batches(keys):
        c.execute(delete(articles).where(articles.c.key.in_(batch)))
        c.execute(delete(article_versions).where(article_versions.c.article_key.in_(batch)))
