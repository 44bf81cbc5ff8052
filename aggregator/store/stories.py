"""Stories, their members, and the index by which articles find their neighbours; grouping is for others."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select, text, update

from aggregator.records import Member, Relation, Story
from aggregator.store import rows
from aggregator.store.columns import storable
from aggregator.store.link_tables import links
from aggregator.store.rows import KEYS
from aggregator.store.tables import entries, index_keys, members, sketches, stories

HOMES: Select[Any] = select(members.c.article_key, members.c.story_id).where(members.c.article_key.in_(KEYS))
STORIES: Select[Any] = select(stories).where(stories.c.id.in_(KEYS))
MEMBERS: Select[Any] = (
    select(members).where(members.c.story_id.in_(KEYS)).order_by(members.c.story_id, members.c.position)
)
NAMED = members.alias("named")
SMALL = (
    select(members.c.story_id)
    .where(members.c.story_id.in_(select(NAMED.c.story_id).where(NAMED.c.article_key.in_(KEYS))))
    .group_by(members.c.story_id)
    .having(func.count() <= bindparam("most"))
)
FELLOWS = select(members.c.article_key).where(members.c.story_id.in_(SMALL))
SKETCHES: Select[Any] = select(sketches).where(sketches.c.article_key.in_(KEYS))
INDEX_KEYS = select(index_keys.c.index_key).where(index_keys.c.article_key.in_(KEYS))
# A key that a million articles hold is given up after a few rows: each has a limit of its own.
KEYS_AT_ONCE = 32
HOLDERS = text(
    " UNION ALL ".join(
        "SELECT * FROM (SELECT index_key, article_key FROM index_keys "
        f"WHERE index_key = :key{place} ORDER BY article_key LIMIT :most) AS part{place}"
        for place in range(KEYS_AT_ONCE)
    )
)
LEAVE = delete(members).where(members.c.article_key.in_(KEYS))
FULL = select(members.c.story_id).where(members.c.story_id.in_(KEYS)).distinct()


def save_sketch(c: Connection, article_key: str, packed: bytes, keys: Collection[str]) -> None:
    """Keep an article's sketch and the index keys under which its neighbours find it."""
    rows.put(c, sketches, [{"article_key": article_key, "record": packed}])
    mine = index_keys.c.article_key == article_key
    known = set(c.scalars(INDEX_KEYS, {"keys": [article_key]}))
    for batch in rows.batches(sorted(known - set(keys))):
        c.execute(delete(index_keys).where(mine, index_keys.c.index_key.in_(batch)))
    new = [{"index_key": key, "article_key": article_key} for key in sorted(set(keys) - known)]
    rows.add_missing(c, index_keys, new)


def sketches_of(c: Connection, article_keys: Iterable[str]) -> dict[str, bytes]:
    """The packed sketches of these articles."""
    return {
        row.article_key: row.record
        for batch in rows.batches(article_keys)
        for row in c.execute(SKETCHES, {"keys": batch})
    }


def holders(c: Connection, keys: Collection[str], most: int, *, at_least: int = 1, met: int = 0) -> set[str]:
    """The articles that hold so many of these index keys, keys that more than `most` hold left out.

    Where at least a third of the keys are of that kind, the first `met` holders of these count as well.
    """
    found: dict[str, list[str]] = {}
    for batch in rows.batches(sorted(keys), KEYS_AT_ONCE):
        asked = {f"key{place}": "" for place in range(KEYS_AT_ONCE)}
        asked |= {f"key{place}": storable(key) for place, key in enumerate(batch)}
        for row in c.execute(HOLDERS, {**asked, "most": most + 1}):
            found.setdefault(row.index_key, []).append(row.article_key)
    many = [holding for holding in found.values() if len(holding) > most]
    crowd = many if 3 * len(many) >= len(keys) else []
    held = Counter(key for holding in found.values() if len(holding) <= most for key in holding)
    held.update(key for holding in crowd for key in holding[:met])
    return {key for key, times in held.items() if times >= at_least}


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
    found = [row for batch in rows.batches(ids) for row in c.execute(STORIES, {"keys": batch})]
    by_story = members_of(c, [row.id for row in found])
    return {
        row.id: Story(
            id=row.id,
            members=tuple(by_story[row.id]),
            shown=row.shown,
            shown_because=row.shown_because,
        )
        for row in found
    }


def members_of(c: Connection, ids: Collection[str]) -> dict[str, list[Member]]:
    """The members of these stories in order."""
    by_story: dict[str, list[Member]] = {story_id: [] for story_id in ids}
    for batch in rows.batches(ids):
        for row in c.execute(MEMBERS, {"keys": batch}):
            member = Member(article_key=row.article_key, relation=Relation(row.relation), reason=row.reason)
            by_story[row.story_id].append(member)
    return by_story


def save(c: Connection, grouped: Iterable[Story], now: datetime) -> set[str]:
    """Make these stories hold for all their members.

    Members of other stories leave those; a story left without members is gone, with its
    place at the desks. Answers the ids of the stories that are different now, gone ones
    included; a story that is as it was is not touched.
    """
    wanted = {story.id: story for story in grouped}
    known = some(c, wanted)
    changed = {story_id: story for story_id, story in wanted.items() if known.get(story_id) != story}
    if not changed:
        return set()
    keys = [member.article_key for story in changed.values() for member in story.members]
    left = set(of_articles(c, keys).values()) - set(changed)
    rows.put(c, stories, [story_row(story, now) for story in changed.values()])
    before = [row for story_id in set(changed) & set(known) for row in member_rows(known[story_id])]
    gone = sorted({str(row["article_key"]) for row in before} - set(keys))
    for batch in rows.batches(gone):
        c.execute(LEAVE, {"keys": batch})
    held = {str(row["article_key"]): row for row in before}
    after = [row for story in changed.values() for row in member_rows(story)]
    rows.put(c, members, [row for row in after if held.get(str(row["article_key"])) != row])
    forget_empty(c, left)
    show_others(c, left)
    return left | set(changed)


def story_row(story: Story, now: datetime) -> dict[str, object]:
    """A story as the table has it."""
    return {
        "id": story.id,
        "shown": story.shown,
        "shown_because": story.shown_because,
        "updated_at": now,
    }


def member_rows(story: Story) -> Iterator[dict[str, object]]:
    """A story's members as the table has them."""
    for position, member in enumerate(story.members):
        yield {
            "article_key": member.article_key,
            "story_id": story.id,
            "position": position,
            "relation": member.relation.value,
            "reason": member.reason,
        }


def show_others(c: Connection, ids: Iterable[str]) -> None:
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
