"""What stands at the desks: a projection of stories, mentions and decisions that can be made again any time.

The table holds only what one filters and sorts by. The entries themselves are always
composed by `listing` from what is true now.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, select

from aggregator.listing import make_entry
from aggregator.records import Campaign, Entry, Status, Tier
from aggregator.store import campaigns, crowds, rows
from aggregator.store.cases import load, make_case
from aggregator.store.crowd_desks import PARTING, entry_row, keep_desks, renew
from aggregator.store.crowd_tables import crowd_words
from aggregator.store.rows import KEYS
from aggregator.store.tables import entries, members
from aggregator.store.tables import mentions as mentions_table
from crawler.text import fold

__all__ = ["PARTING", "View"]

NOTHING: Mapping[str, Collection[str]] = {}


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


PLACES = select(entries.c.campaign, entries.c.story_id).where(entries.c.story_id.in_(KEYS))
LEAVE = delete(entries).where(entries.c.story_id.in_(KEYS))
MENTIONED = (
    select(members.c.story_id)
    .join(mentions_table, mentions_table.c.article_key == members.c.article_key)
    .where(members.c.story_id.in_(KEYS))
    .distinct()
)


def of_stories(c: Connection, campaign: Campaign, story_ids: Iterable[str]) -> dict[str, Entry]:
    """The entries of these stories at one campaign's desk, by story id; stories without one are left out."""
    known = load(c, story_ids, [campaign])
    made = {
        story_id: make_entry(campaign, make_case(campaign.slug, story, known))
        for story_id, story in known.stories.items()
    }
    return {story_id: entry for story_id, entry in made.items() if entry is not None}


def refresh(
    c: Connection,
    story_ids: Collection[str],
    made: Collection[str] = (),
    anew: Mapping[str, Collection[str]] = NOTHING,
    newcomers: Collection[str] = (),
) -> set[str]:
    """Bring the places of these stories at all desks up to date; stories that are gone lose theirs.

    Those that were `made` just now have none yet. `anew` are articles that joined a story (the
    `newcomers`) or were judged anew; a very large one is told from these and what was kept of the
    others. Answers the stories in which some article mentions some campaign, or once did.
    """
    told = renew(c, anew, newcomers)
    found = {story_id for story_id, is_mentioned in told.items() if is_mentioned}
    rest = set(story_ids) - told.keys()
    for batch in rows.batches(sorted(rest - set(made))):
        c.execute(LEAVE, {"keys": batch})
    for batch in rows.batches(sorted(rest)):
        # Nine articles in ten mention nobody; for their stories there is nothing more to do.
        if mentioned := list(c.scalars(MENTIONED, {"keys": batch})):
            rows.put(c, entries, compose_rows(c, mentioned))
            found.update(mentioned)
    crowds.note_unmentioned(c, (rest & anew.keys()) - found)
    return found


def with_mentions(c: Connection, story_ids: Collection[str]) -> list[str]:
    """Those of the stories in which some article mentions some campaign, or once did."""
    known = crowds.mentioned(c, story_ids)
    unknown = sorted(set(story_ids) - known.keys())
    found = list(c.scalars(MENTIONED, {"keys": unknown})) if unknown else []
    return found + [story_id for story_id, is_so in known.items() if is_so]


def compose_rows(c: Connection, story_ids: Collection[str]) -> list[dict[str, Any]]:
    """The rows of these stories for all desks; what the next copy of a very large one needs is kept."""
    told = campaigns.every(c, ended=True)  # the list of an ended campaign stays
    known = load(c, story_ids, told)
    large = crowds.there(c, [story for story in known.stories.values() if len(story.members) > crowds.LEAST])
    composed = []
    for story in known.stories.values():
        made = [make_entry(campaign, make_case(campaign.slug, story, known)) for campaign in told]
        composed += [entry_row(entry, is_large=story.id in large) for entry in made if entry]
        if story.id in large:
            keep_desks(c, story, known, told)
    return composed


def places(c: Connection, story_ids: Iterable[str]) -> set[tuple[str, str]]:
    """At which desks these stories are: (campaign, story id)."""
    return {
        (row.campaign, row.story_id)
        for batch in rows.batches(set(story_ids))
        for row in c.execute(PLACES, {"keys": batch})
    }


def find(c: Connection, campaign: str, view: View) -> list[str]:
    """The story ids of the entries in view, the newest found first."""
    query = in_view(select(entries.c.story_id), campaign, view)
    newest = query.order_by(entries.c.found_at.desc(), entries.c.story_id)
    return list(c.scalars(newest.limit(view.limit).offset(view.offset)))


def arrived(c: Connection, campaign: str, since: datetime, until: datetime) -> list[str]:
    """The story ids of the entries that wait and came to the desk in between, the last to come first.

    One came when its first article did that mentions the campaign.
    """
    came = func.min(mentions_table.c.came_at)
    query = (
        select(entries.c.story_id)
        .join(members, members.c.story_id == entries.c.story_id)
        .join(
            mentions_table,
            (mentions_table.c.article_key == members.c.article_key)
            & (mentions_table.c.campaign == campaign)
            & mentions_table.c.gone_because.is_(None),
        )
        .where(entries.c.campaign == campaign, entries.c.status == Status.WAITING.value)
        .group_by(entries.c.story_id)
        .having(came > since, came <= until)
    )
    return list(c.scalars(query.order_by(came.desc(), entries.c.story_id)))


def all_of(c: Connection, campaign: str, status: Status) -> list[str]:
    """The story ids of all entries of this status."""
    return list(c.scalars(in_view(select(entries.c.story_id), campaign, View(status=status))))


def texts(c: Connection, campaign: str) -> dict[str, str]:
    """What each entry at a desk is searched by: its headlines and outlets, folded, parted by `PARTING`."""
    query = select(entries.c.story_id, entries.c.search).where(entries.c.campaign == campaign)
    return {row.story_id: row.search for row in c.execute(query)}


def count(c: Connection, campaign: str, view: View) -> int:
    """How many entries are in view, whatever its limit."""
    return c.scalar(in_view(select(func.count()).select_from(entries), campaign, view)) or 0


def counts(c: Connection, campaign: str) -> dict[Status, int]:
    """How many entries stand where."""
    query = select(entries.c.status, func.count()).where(entries.c.campaign == campaign)
    found = {Status(row[0]): int(row[1]) for row in c.execute(query.group_by(entries.c.status))}
    return {status: found.get(status, 0) for status in Status}


def outlets(c: Connection, campaign: str) -> dict[str, int]:
    """How many entries each outlet has, most first."""
    query = select(entries.c.outlet, func.count()).where(entries.c.campaign == campaign)
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
        carried = (crowd_words.c.story_id == table.story_id) & crowd_words.c.words.contains(
            word, autoescape=True
        )
        query = query.where(table.search.contains(word, autoescape=True) | exists().where(carried))
    if view.starred is not None:
        query = query.where(table.starred == view.starred)
    if view.since is not None:
        query = query.where(table.day >= view.since)
    if view.until is not None:
        query = query.where(table.day <= view.until)
    return query
