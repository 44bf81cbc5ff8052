"""Stories and their members; which articles are one story is for others."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import xxhash
from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from aggregator.records import Joined, Member, Relation, Story
from aggregator.store import crowds, rows
from aggregator.store.crowd_tables import crowds as crowd_rows
from aggregator.store.link_tables import links
from aggregator.store.rows import KEYS
from aggregator.store.tables import entries, members, stories

NAMED = members.alias("named")
HOMES: Select[Any] = select(members.c.article_key, members.c.story_id).where(members.c.article_key.in_(KEYS))
WHOLE: Select[Any] = select(
    stories.c.id,
    stories.c.shown,
    stories.c.shown_because,
    members.c.article_key,
    members.c.relation,
    members.c.reason,
    members.c.told,
).join(members, members.c.story_id == stories.c.id)
STORIES = WHOLE.where(stories.c.id.in_(KEYS))
STORIES_OF = WHOLE.where(
    stories.c.id.in_(select(NAMED.c.story_id).where(NAMED.c.article_key.in_(KEYS))),
    stories.c.id.not_in(select(crowd_rows.c.story_id)),
)
MEMBERS: Select[Any] = select(members).where(members.c.story_id.in_(KEYS))
PLACES: Select[Any] = select(members).where(members.c.article_key.in_(KEYS))
SMALL = (
    select(members.c.story_id)
    .where(members.c.story_id.in_(select(NAMED.c.story_id).where(NAMED.c.article_key.in_(KEYS))))
    .group_by(members.c.story_id)
    .having(func.count() <= bindparam("most"))
)
FELLOWS = select(members.c.article_key).where(members.c.story_id.in_(SMALL))
NOTHING_READ: Mapping[str, Story] = {}
FULL = select(members.c.story_id).where(members.c.story_id.in_(KEYS)).distinct()
SHOWN: Select[Any] = select(stories.c.id, stories.c.shown).where(stories.c.id.in_(KEYS))
THERE = select(stories.c.id).where(stories.c.id.in_(KEYS))


class Saved(NamedTuple):
    """What keeping stories changed: the ids of those that are different now, gone ones included;
    and of them those that were not there before."""

    changed: set[str]
    made: set[str]


def fellows(c: Connection, article_keys: Iterable[str], most: int) -> set[str]:
    """These articles and all members of their stories, of stories with at most so many members."""
    known = set(article_keys)
    for batch in rows.batches(sorted(known)):
        known.update(c.scalars(FELLOWS, {"keys": batch, "most": most}))
    return known


def of_articles(c: Connection, article_keys: Iterable[str]) -> dict[str, str]:
    """Which story each article belongs to: article key -> story id."""
    return {
        row.article_key: row.story_id
        for batch in rows.batches(article_keys)
        for row in c.execute(HOMES, {"keys": batch})
    }


def some(c: Connection, ids: Iterable[str]) -> dict[str, Story]:
    """These stories by id, their members in the order in which they were told."""
    return read(c, STORIES, ids)


def shown_of(c: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The article that each of these stories shows, by the story's id."""
    return {row.id: row.shown for batch in rows.batches(ids) for row in c.execute(SHOWN, {"keys": batch})}


def holding(c: Connection, article_keys: Iterable[str]) -> dict[str, Story]:
    """The stories that these articles are in, by their ids, without those kept as `crowds`."""
    return read(c, STORIES_OF, article_keys)


def read(c: Connection, query: Select[Any], keys: Iterable[str]) -> dict[str, Story]:
    """The whole stories that a query finds."""
    found: dict[str, list[Any]] = {}
    for batch in rows.batches(keys):
        of_batch: dict[str, list[Any]] = {}
        for row in c.execute(query, {"keys": batch}):
            of_batch.setdefault(row.id, []).append(row)
        found |= of_batch
    return {story_id: read_story(of_story) for story_id, of_story in found.items()}


def read_story(of_story: list[Any]) -> Story:
    """A story of its rows, one a member."""
    first = of_story[0]
    return Story(
        id=first.id,
        members=tuple(map(read_member, in_order(of_story))),
        shown=first.shown,
        shown_because=first.shown_because,
    )


def read_member(row: Any) -> Member:
    """A member of its row."""
    return Member(
        article_key=row.article_key, relation=Relation(row.relation), reason=row.reason, told=row.told
    )


def in_order(of_story: Iterable[Any]) -> list[Any]:
    """The rows of members, or members, in the order in which they were told; the same on every database."""
    return sorted(of_story, key=lambda each: (each.told, each.article_key))


def members_of(c: Connection, ids: Collection[str]) -> dict[str, list[Member]]:
    """The members of these stories in order."""
    by_story: dict[str, list[Any]] = {story_id: [] for story_id in ids}
    for batch in rows.batches(ids):
        for row in c.execute(MEMBERS, {"keys": batch}):
            by_story[row.story_id].append(row)
    return {story_id: list(map(read_member, in_order(found))) for story_id, found in by_story.items()}


def places(c: Connection, story_id: str, article_keys: Iterable[str]) -> tuple[Member, ...]:
    """The places of those of these articles that are in the story, in order."""
    found = [
        row
        for batch in rows.batches(article_keys)
        for row in c.execute(PLACES, {"keys": batch})
        if row.story_id == story_id
    ]
    return tuple(map(read_member, in_order(found)))


def save(
    c: Connection,
    grouped: Iterable[Story],
    now: datetime,
    fresh: Collection[str] = (),
    read: Mapping[str, Story] = NOTHING_READ,
) -> Saved:
    """Make these stories hold for all their members.

    Members of other stories leave those; a story left without members is gone, with its
    place at the desks. A story that is as it was is not touched. `fresh` are articles that
    were in no story so far, `read` stories as this transaction read them, by id.
    """
    wanted = {story.id: story for story in grouped}
    known = {story_id: read[story_id] for story_id in wanted if story_id in read}
    known |= some(c, wanted.keys() - known.keys())
    changed = {story_id: story for story_id, story in wanted.items() if known.get(story_id) != story}
    if not changed:
        return Saved(set(), set())
    held = rows_by_member(known[story_id] for story_id in changed.keys() & known.keys())
    after = rows_by_member(changed.values())
    left = set(of_articles(c, after.keys() - held.keys() - set(fresh)).values()) - changed.keys()
    rest = {keep_rest(c, known[story_id], after, now) for story_id in changed.keys() & known.keys()} - {""}
    rows.put(c, stories, [story_row(story, now) for story in changed.values()])
    rows.put(c, members, [row for key, row in after.items() if held.get(key) != row])
    forget_empty(c, left)
    show_others(c, left | rest)
    crowds.forget(c, left | (changed.keys() & known.keys()))
    return Saved(left | rest | changed.keys(), rest | (changed.keys() - known.keys()))


def keep_rest(c: Connection, before: Story, after: Collection[str], now: datetime) -> str:
    """Let those members of a story that are in none of the new ones stay together under another id.

    Answers that id, empty where there are none. It happens to a very large story that loses the
    article which it is named after, and where grouping looked at a part of a long chain only.
    """
    rest = [member for member in before.members if member.article_key not in after]
    if not rest:
        return ""
    name = rest_id(before.id)
    while list(c.scalars(THERE, {"keys": [name]})):
        name = rest_id(name)
    story = Story(id=name, members=tuple(rest), shown=before.shown, shown_because=before.shown_because)
    rows.put(c, stories, [story_row(story, now)])
    rows.put(c, members, list(rows_by_member([story]).values()))
    return name


def rest_id(story_id: str) -> str:
    """Another id for what is left of a story."""
    return f"s{xxhash.xxh3_64_hexdigest(f'the rest of {story_id}'.encode())}"


def join(c: Connection, joined: Joined, now: datetime, fresh: Collection[str] = ()) -> Saved:
    """Let a very large story take these members in, whatever its size; they leave those they were in."""
    crowd = joined.crowd
    known = {member.article_key for member in joined.members} - set(fresh)
    left = set(of_articles(c, known).values()) - {crowd.id}
    row = {"id": crowd.id, "shown": crowd.shown, "shown_because": crowd.shown_because, "updated_at": now}
    rows.put(c, stories, [row])
    rows.put(c, members, [member_row(crowd.id, each) for each in (*joined.members, *joined.retold)])
    crowds.keep(c, crowd)
    forget_empty(c, left)
    show_others(c, left)
    crowds.forget(c, left)
    return Saved(left | {crowd.id}, set())


def story_row(story: Story, now: datetime) -> dict[str, object]:
    """A story as the table has it."""
    return {
        "id": story.id,
        "shown": story.shown,
        "shown_because": story.shown_because,
        "updated_at": now,
    }


def rows_by_member(held: Iterable[Story]) -> dict[str, dict[str, object]]:
    """The members of these stories as the table has them, by article key."""
    return {member.article_key: member_row(story.id, member) for story in held for member in story.members}


def member_row(story_id: str, member: Member) -> dict[str, object]:
    """A member as the table has it."""
    return {
        "article_key": member.article_key,
        "story_id": story_id,
        "told": member.told,
        "relation": member.relation.value,
        "reason": member.reason,
    }


def show_others(c: Connection, ids: Collection[str]) -> None:
    """Let those of these stories that lost their shown member show their first one."""
    for story in some(c, ids).values():
        keys = [member.article_key for member in story.members]
        if story.shown not in keys:
            change = update(stories).where(stories.c.id == story.id)
            c.execute(change.values(shown=keys[0], shown_because="the member shown before left the story"))


def forget_empty(c: Connection, ids: Iterable[str]) -> None:
    """Remove those stories that have no members any more, and their places at the desks."""
    for batch in rows.batches(sorted(ids)):
        full = set(c.scalars(FULL, {"keys": batch}))
        empty = [story_id for story_id in batch if story_id not in full]
        if empty:
            c.execute(delete(entries).where(entries.c.story_id.in_(empty)))
            c.execute(delete(links).where(links.c.one.in_(empty) | links.c.other.in_(empty)))
            crowds.forget(c, empty)
            c.execute(delete(stories).where(stories.c.id.in_(empty)))


def every(c: Connection, size: int = 500) -> Iterator[list[str]]:
    """The ids of all stories in batches."""
    after = ""
    query = select(stories.c.id).order_by(stories.c.id).limit(size)
    while batch := list(c.scalars(query.where(stories.c.id > after))):
        yield batch
        after = batch[-1]
