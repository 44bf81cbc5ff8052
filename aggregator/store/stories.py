"""Stories and their members; which articles are one story is for others."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from aggregator.records import Member, Relation, Story
from aggregator.store import rows
from aggregator.store.link_tables import links
from aggregator.store.rows import KEYS
from aggregator.store.tables import entries, members, stories

NAMED = members.alias("named")
HOMES: Select[Any] = select(members.c.article_key, members.c.story_id).where(members.c.article_key.in_(KEYS))
WHOLE: Select[Any] = (
    select(
        stories.c.id,
        stories.c.shown,
        stories.c.shown_because,
        members.c.article_key,
        members.c.relation,
        members.c.reason,
    )
    .join(members, members.c.story_id == stories.c.id)
    .order_by(members.c.story_id, members.c.position)
)
STORIES = WHOLE.where(stories.c.id.in_(KEYS))
STORIES_OF = WHOLE.where(stories.c.id.in_(select(NAMED.c.story_id).where(NAMED.c.article_key.in_(KEYS))))
MEMBERS: Select[Any] = (
    select(members).where(members.c.story_id.in_(KEYS)).order_by(members.c.story_id, members.c.position)
)
SMALL = (
    select(members.c.story_id)
    .where(members.c.story_id.in_(select(NAMED.c.story_id).where(NAMED.c.article_key.in_(KEYS))))
    .group_by(members.c.story_id)
    .having(func.count() <= bindparam("most"))
)
FELLOWS = select(members.c.article_key).where(members.c.story_id.in_(SMALL))
LEAVE = delete(members).where(members.c.article_key.in_(KEYS))
MOVE_UP = (
    update(members)
    .where(members.c.story_id == bindparam("of"), members.c.position >= bindparam("at"))
    .values(position=members.c.position + 1)
)
NOTHING_READ: Mapping[str, Story] = {}
FULL = select(members.c.story_id).where(members.c.story_id.in_(KEYS)).distinct()


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
    """These stories by id, their members in the order that grouping gave them."""
    return read(c, STORIES, ids)


def holding(c: Connection, article_keys: Iterable[str]) -> dict[str, Story]:
    """The stories that these articles are in, by their ids."""
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
        members=tuple(
            Member(article_key=row.article_key, relation=Relation(row.relation), reason=row.reason)
            for row in of_story
        ),
        shown=first.shown,
        shown_because=first.shown_because,
    )


def members_of(c: Connection, ids: Collection[str]) -> dict[str, list[Member]]:
    """The members of these stories in order."""
    by_story: dict[str, list[Member]] = {story_id: [] for story_id in ids}
    for batch in rows.batches(ids):
        for row in c.execute(MEMBERS, {"keys": batch}):
            member = Member(article_key=row.article_key, relation=Relation(row.relation), reason=row.reason)
            by_story[row.story_id].append(member)
    return by_story


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
    rows.put(c, stories, [story_row(story, now) for story in changed.values()])
    for batch in rows.batches(sorted(held.keys() - after.keys())):
        c.execute(LEAVE, {"keys": batch})
    for story_id in changed.keys() & known.keys():
        make_room(c, known[story_id], changed[story_id], held)
    rows.put(c, members, [row for key, row in after.items() if held.get(key) != row])
    forget_empty(c, left)
    show_others(c, left)
    return Saved(left | changed.keys(), changed.keys() - known.keys())


def make_room(c: Connection, before: Story, after: Story, held: dict[str, dict[str, object]]) -> None:
    """Move the members behind a newcomer up by one, in one statement; `held` is brought up to date.

    A story that a thousand carry would else be written anew for each further copy.
    """
    keys = [member.article_key for member in before.members]
    new = [
        (place, each.article_key) for place, each in enumerate(after.members) if each.article_key not in held
    ]
    if len(new) != 1 or len(after.members) != len(keys) + 1:
        return
    place, newcomer = new[0]
    if [each.article_key for each in after.members] != [*keys[:place], newcomer, *keys[place:]]:
        return
    c.execute(MOVE_UP, {"of": before.id, "at": place})
    for position, key in enumerate(keys[place:], start=place + 1):
        held[key] = {**held[key], "position": position}


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
    return {
        member.article_key: {
            "article_key": member.article_key,
            "story_id": story.id,
            "position": position,
            "relation": member.relation.value,
            "reason": member.reason,
        }
        for story in held
        for position, member in enumerate(story.members)
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
            c.execute(delete(stories).where(stories.c.id.in_(empty)))


def every(c: Connection, size: int = 500) -> Iterator[list[str]]:
    """The ids of all stories in batches."""
    after = ""
    query = select(stories.c.id).order_by(stories.c.id).limit(size)
    while batch := list(c.scalars(query.where(stories.c.id > after))):
        yield batch
        after = batch[-1]
