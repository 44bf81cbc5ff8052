"""What is kept beside a story of very many articles, so that one more costs no look at the others.

It says nothing that the story's members do not: it is forgotten whenever the story changes otherwise than
by taking articles in, and made again from the members when it is wanted next.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, update

from aggregator.heads import Desks
from aggregator.records import Crowd, Story
from aggregator.store import rows
from aggregator.store.crowd_tables import crowd_words, crowds
from aggregator.store.packing import pack, unpack
from aggregator.store.rows import KEYS
from aggregator.store.tables import members, stories
from aggregator.stories.telling import crowd_of

SUMMARY = (
    crowds.c.story_id,
    crowds.c.size,
    crowds.c.first_told,
    crowds.c.first_key,
    crowds.c.original,
    stories.c.shown,
    stories.c.shown_because,
)
SOME: Select[Any] = (
    select(*SUMMARY).join(stories, stories.c.id == crowds.c.story_id).where(crowds.c.story_id.in_(KEYS))
)
HOMES: Select[Any] = (
    select(members.c.article_key, members.c.story_id)
    .join(crowds, crowds.c.story_id == members.c.story_id)
    .where(members.c.article_key.in_(KEYS))
)
MENTIONED: Select[Any] = select(crowds.c.story_id, crowds.c.mentioned).where(
    crowds.c.story_id.in_(KEYS), crowds.c.mentioned.is_not(None)
)
DESKS: Select[Any] = select(crowds.c.story_id, crowds.c.desks).where(
    crowds.c.story_id.in_(KEYS), crowds.c.desks.is_not(None)
)
THERE: Select[Any] = select(crowds.c.story_id).where(crowds.c.story_id.in_(KEYS))
# No story of fewer members is kept so, and each of more than that many is.
LEAST, ALWAYS = 20, 100
FORGET = delete(crowds).where(crowds.c.story_id.in_(KEYS)).returning(crowds.c.story_id)
FORGET_WORDS = delete(crowd_words).where(crowd_words.c.story_id.in_(KEYS))


def some(c: Connection, story_ids: Iterable[str]) -> dict[str, Crowd]:
    """Those of these stories that are kept as crowds, by id."""
    return {
        row.story_id: Crowd(
            id=row.story_id,
            size=row.size,
            first=(row.first_told, row.first_key),
            original=row.original,
            shown=row.shown,
            shown_because=row.shown_because,
        )
        for batch in rows.batches(story_ids)
        for row in c.execute(SOME, {"keys": batch})
    }


def holding(c: Connection, article_keys: Iterable[str]) -> dict[str, Crowd]:
    """The crowds that hold these articles, by article key."""
    homes = {
        row.article_key: row.story_id
        for batch in rows.batches(article_keys)
        for row in c.execute(HOMES, {"keys": batch})
    }
    found = some(c, sorted(set(homes.values())))
    return {key: found[story_id] for key, story_id in homes.items()}


def first_besides(c: Connection, story_id: str, article_key: str) -> tuple[str, str]:
    """When the first of a story's other members was told, and its key."""
    others = (members.c.story_id == story_id) & (members.c.article_key != article_key)
    told = select(func.min(members.c.told)).where(others).scalar_subquery()
    keys = c.execute(select(members.c.told, members.c.article_key).where(others, members.c.told == told))
    return min((row.told, row.article_key) for row in keys)


def keep(c: Connection, crowd: Crowd) -> None:
    """Keep what a large story is; what the desks need of it stays as it was kept."""
    told, key = crowd.first
    row = {"story_id": crowd.id, "size": crowd.size, "first_told": told, "first_key": key}
    rows.put(c, crowds, [{**row, "original": crowd.original}])


def there(c: Connection, large: Collection[Story]) -> set[str]:
    """Those of these stories that are kept as crowds; the largest are from now on, if they were not."""
    found: set[str] = set()
    for batch in rows.batches([story.id for story in large]):
        found.update(c.scalars(THERE, {"keys": batch}))
    for story in large:
        if len(story.members) > ALWAYS and story.id not in found:
            keep(c, crowd_of(story))
            found.add(story.id)
    return found


def mentioned(c: Connection, story_ids: Collection[str]) -> dict[str, bool]:
    """Whether some article of these mentions some campaign, or once did, where that is kept."""
    return {
        row.story_id: row.mentioned
        for batch in rows.batches(sorted(story_ids))
        for row in c.execute(MENTIONED, {"keys": batch})
    }


def note_unmentioned(c: Connection, story_ids: Collection[str]) -> None:
    """Keep that no article of these stories mentions any campaign."""
    if story_ids:
        nobody = update(crowds).where(crowds.c.story_id.in_(story_ids))
        c.execute(nobody.values(mentioned=False, desks=None))


def desks(c: Connection, story_ids: Collection[str]) -> dict[str, Desks]:
    """What is kept of these stories for the desks, where it is."""
    return {
        row.story_id: unpack(Desks, row.desks)
        for batch in rows.batches(sorted(story_ids))
        for row in c.execute(DESKS, {"keys": batch})
    }


def keep_desks(c: Connection, story_id: str, known: Desks) -> None:
    """Keep what the desks need of a story that mentions some campaign."""
    change = update(crowds).where(crowds.c.story_id == story_id)
    c.execute(change.values(mentioned=True, desks=pack(known)))


def doubt(c: Connection, story_ids: Collection[str] | None = None) -> None:
    """What is kept for the desks of these stories, or of all, may not be so any more: it is made anew."""
    change = update(crowds).values(mentioned=None, desks=None)
    if story_ids is None:
        c.execute(change)
    for batch in rows.batches(sorted(story_ids or ())):
        c.execute(change.where(crowds.c.story_id.in_(batch)))


def add_words(c: Connection, story_id: str, told: Iterable[str]) -> None:
    """Let a story be found by these words as well."""
    rows.add_missing(c, crowd_words, [{"story_id": story_id, "words": each} for each in sorted(told)])


def forget_words(c: Connection, story_ids: Collection[str]) -> None:
    """Let these stories be found by no more than what is shown of them."""
    c.execute(FORGET_WORDS, {"keys": story_ids})


def forget(c: Connection, story_ids: Collection[str]) -> None:
    """Forget what was kept of these stories."""
    for batch in rows.batches(sorted(story_ids)):
        if gone := list(c.scalars(FORGET, {"keys": batch})):
            forget_words(c, gone)
