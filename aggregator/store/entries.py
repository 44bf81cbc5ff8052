"""What stands at the desks: a projection of stories, mentions and decisions that can be made again any time.

The table holds only what one filters and sorts by. The entries themselves are always
composed by `listing` from what is true now.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from aggregator.listing import Case, make_entry
from aggregator.records import Campaign, Decision, Entry, Status, Story, Tier
from aggregator.store import articles, campaigns, decisions, mentions, outlet_names, rows, stories
from aggregator.store.mentions import Held
from aggregator.store.rows import KEYS
from aggregator.store.tables import article_versions, entries, members
from aggregator.store.tables import articles as articles_table
from aggregator.store.tables import mentions as mentions_table
from crawler.records import Article
from crawler.text import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """Which entries to look at. Days are those that the list shows; `search` is in headlines and outlets."""

    status: Status | None = None
    search: str = ""
    outlet: str | None = None
    tier: Tier | None = None
    starred: bool | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the tables hold about some stories, by key."""

    stories: dict[str, Story]
    articles: dict[str, Article]
    updated: dict[str, Any]
    former: dict[str, str]
    mentions: dict[tuple[str, str], Held]
    decisions: dict[str, list[Decision]]


UPDATED: Select[Any] = select(articles_table.c.key, articles_table.c.updated_at).where(
    articles_table.c.key.in_(KEYS)
)
HEADLINES: Select[Any] = (
    select(article_versions.c.article_key, article_versions.c.headline)
    .where(article_versions.c.article_key.in_(KEYS))
    .order_by(article_versions.c.id)
)
LEAVE = delete(entries).where(entries.c.story_id.in_(KEYS))
MENTIONED = (
    select(members.c.story_id)
    .join(mentions_table, mentions_table.c.article_key == members.c.article_key)
    .where(members.c.story_id.in_(KEYS))
    .distinct()
)


def load(c: Connection, story_ids: Iterable[str]) -> Known:
    """Everything that is known about these stories, in a handful of queries."""
    found = stories.some(c, story_ids)
    keys = [member.article_key for story in found.values() for member in story.members]
    current = outlet_names.apply(c, articles.some(c, keys))
    return Known(
        stories=found,
        articles=current,
        updated=updated_at(c, keys),
        former=former_headlines(c, current),
        mentions=mentions.some(c, keys),
        decisions=by_subject(decisions.about(c, keys)),
    )


def updated_at(c: Connection, keys: Collection[str]) -> dict[str, Any]:
    """When each article was last seen to change."""
    return {
        row.key: row.updated_at for batch in rows.batches(keys) for row in c.execute(UPDATED, {"keys": batch})
    }


def former_headlines(c: Connection, current: dict[str, Article]) -> dict[str, str]:
    """The headline that each page had before the one it has now, where it changed."""
    former: dict[str, str] = {}
    for batch in rows.batches(current):
        for row in c.execute(HEADLINES, {"keys": batch}):
            if row.headline != current[row.article_key].headline:
                former[row.article_key] = row.headline
    return former


def by_subject(found: Iterable[Decision]) -> dict[str, list[Decision]]:
    """The decisions under each article that they name or saw, and under the number of each one they undo.

    Each is narrowed to that subject: one that names a thousand articles would otherwise be
    looked through a thousand times.
    """
    index: dict[str, list[Decision]] = {}
    for decision in found:
        for key in decision.subjects:
            index.setdefault(key, []).append(replace(decision, subjects=(key,), along=()))
        for key in decision.along:
            index.setdefault(key, []).append(replace(decision, subjects=(), along=(key,)))
    return index


def decisions_on(story: Story, campaign: str, index: dict[str, list[Decision]]) -> list[Decision]:
    """The decisions about a story that count for a campaign, narrowed to it, with all undoing of them."""
    found: dict[int, Decision] = {}
    fresh = [member.article_key for member in story.members]
    while fresh:
        known = set(found)
        for decision in (decision for key in fresh for decision in index.get(key, ())):
            same = found.setdefault(decision.id, decision)
            if same is not decision:
                both = (*same.subjects, *decision.subjects)
                found[decision.id] = replace(same, subjects=both, along=(*same.along, *decision.along))
        fresh = [str(number) for number in found if number not in known]
    return [decision for decision in found.values() if decision.campaign in (campaign, None)]


def make_case(campaign: str, story: Story, known: Known) -> Case:
    """What is known about one story at one campaign's desk."""
    keys = [member.article_key for member in story.members]
    held = {key: known.mentions[campaign, key] for key in keys if (campaign, key) in known.mentions}
    return Case(
        story=story,
        articles={key: known.articles[key] for key in keys},
        mentions={key: mention for key, (mention, _) in held.items()},
        gone={key: reason for key, (_, reason) in held.items() if reason is not None},
        decisions=decisions_on(story, campaign, known.decisions),
        updated={key: known.updated[key] for key in keys},
        former={key: known.former[key] for key in keys if key in known.former},
    )


def of_stories(c: Connection, campaign: Campaign, story_ids: Iterable[str]) -> dict[str, Entry]:
    """The entries of these stories at one campaign's desk, by story id; stories without one are left out."""
    known = load(c, story_ids)
    made = {
        story_id: make_entry(campaign, make_case(campaign.slug, story, known))
        for story_id, story in known.stories.items()
    }
    return {story_id: entry for story_id, entry in made.items() if entry is not None}


def refresh(c: Connection, story_ids: Collection[str], made: Collection[str] = ()) -> set[str]:
    """Bring the places of these stories at all desks up to date; stories that are gone lose theirs.

    Those that were `made` just now have none yet. Answers the stories in which some article
    mentions some campaign, or once did.
    """
    found: set[str] = set()
    for batch in rows.batches(sorted(set(story_ids) - set(made))):
        c.execute(LEAVE, {"keys": batch})
    for batch in rows.batches(sorted(story_ids)):
        # Nine articles in ten mention nobody; for their stories there is nothing more to do.
        if mentioned := with_mentions(c, batch):
            rows.put(c, entries, compose_rows(c, mentioned))
            found.update(mentioned)
    return found


def with_mentions(c: Connection, story_ids: Collection[str]) -> list[str]:
    """Those of the stories in which some article mentions some campaign, or once did."""
    return list(c.scalars(MENTIONED, {"keys": story_ids}))


def compose_rows(c: Connection, story_ids: Collection[str]) -> list[dict[str, Any]]:
    """The rows of these stories for all desks."""
    known = load(c, story_ids)
    made = (
        make_entry(campaign, make_case(campaign.slug, story, known))
        for campaign in campaigns.every(c)
        for story in known.stories.values()
    )
    return [entry_row(entry) for entry in made if entry]


def entry_row(entry: Entry) -> dict[str, Any]:
    """What one filters and sorts by."""
    told = [entry.headline, entry.outlet, entry.article.headline]
    told += [part for article in entry.carriers for part in (article.headline, article.outlet)]
    return {
        "campaign": entry.campaign,
        "story_id": entry.story.id,
        "status": entry.status.value,
        "tier": entry.mention.tier.value,
        "day": entry.day,
        "found_at": entry.found_at,
        "outlet": entry.outlet,
        "search": fold(" | ".join(dict.fromkeys(told))),
        "starred": entry.starred,
    }


def find(c: Connection, campaign: str, view: View) -> list[str]:
    """The story ids of the entries in view, the newest found first."""
    query = in_view(select(entries.c.story_id), campaign, view)
    newest = query.order_by(entries.c.found_at.desc(), entries.c.story_id)
    return list(c.scalars(newest.limit(view.limit).offset(view.offset)))


def all_of(c: Connection, campaign: str, status: Status) -> list[str]:
    """The story ids of all entries of this status."""
    return list(c.scalars(in_view(select(entries.c.story_id), campaign, View(status=status))))


def count(c: Connection, campaign: str, view: View) -> int:
    """How many entries are in view, whatever its limit."""
    return c.scalar(in_view(select(func.count()).select_from(entries), campaign, view)) or 0


def counts(c: Connection, campaign: str) -> dict[Status, int]:
    """How many entries stand where."""
    query = select(entries.c.status, func.count()).where(entries.c.campaign == campaign)
    found = {Status(row[0]): int(row[1]) for row in c.execute(query.group_by(entries.c.status))}
    return {status: found.get(status, 0) for status in Status}


def outlets(c: Connection, campaign: str, status: Status | None = None) -> dict[str, int]:
    """How many entries each outlet has, most first."""
    query = select(entries.c.outlet, func.count()).where(entries.c.campaign == campaign)
    if status is not None:
        query = query.where(entries.c.status == status.value)
    ordered = query.group_by(entries.c.outlet).order_by(func.count().desc(), entries.c.outlet)
    return {row[0]: int(row[1]) for row in c.execute(ordered)}


def in_view(query: Select[Any], campaign: str, view: View) -> Select[Any]:
    """The query narrowed to what the view shows; `limit` and `offset` are left to the caller."""
    table = entries.c
    query = query.where(table.campaign == campaign)
    exact = {table.status: view.status, table.tier: view.tier, table.outlet: view.outlet}
    for column, wanted in exact.items():
        if wanted is not None:
            query = query.where(column == str(wanted))
    for word in fold(view.search).split():
        query = query.where(table.search.contains(word, autoescape=True))
    if view.starred is not None:
        query = query.where(table.starred == view.starred)
    if view.since is not None:
        query = query.where(table.day >= view.since)
    if view.until is not None:
        query = query.where(table.day <= view.until)
    return query
