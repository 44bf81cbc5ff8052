"""Judges again what is stored: all stories after changed code, and which words are kept of the articles.

Grouping comes in two forms, one that only says what would change and one that makes it so;
what people decided stands in both. Judging itself is left to `judges.Judges`, articles
after a changed rule to `rematching`.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from aggregator.aside import Aside
from aggregator.disputes import disagreements
from aggregator.judges import Conflict, Judges
from aggregator.linking import link_all
from aggregator.placing import hold, keys_of, place, resketch
from aggregator.records import Story
from aggregator.rematching import BATCH, Tell, tell_nobody
from aggregator.replay import wishes
from aggregator.shelf import Shelf
from aggregator.store import articles, decisions, entries, rows, search, stories, unsettled
from aggregator.store.session import Connection, Store
from crawler.records import Article

# Groups of articles that are settled in one go: each may take a quarter of a minute.
MOST_SETTLED = 8


def index(store: Store, tell: Tell = tell_nobody) -> int:
    """Keep the words of those articles whose words are not kept yet; answers how many.

    Goes in short transactions and may be stopped and begun again at any time.
    """
    with store.reading() as c:
        keys = search.unkept(c)
    done = 0
    for some in rows.batches(keys, BATCH):
        with store.writing() as c:
            for key in articles.some(c, some):
                search.keep(c, key)
        done += len(some)
        tell(done, len(keys))
    return done


def batches(store: Store) -> Iterator[list[Article]]:
    """All articles in batches, each read in a transaction of its own."""
    after = ""
    while True:
        with store.reading() as c:
            batch = articles.next_after(c, after, BATCH)
        if not batch:
            return
        yield batch
        after = batch[-1].key


@dataclass(frozen=True, kw_only=True, slots=True)
class Regrouping:
    """What grouping all articles anew changes: the stories that go, and those that come in their place.

    `conflicts` are where the machine would do otherwise than people wished; people win.
    """

    looked_at: int
    before: tuple[Story, ...] = ()
    after: tuple[Story, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def try_regroup(store: Store, judges: Judges) -> Regrouping:
    """What grouping everything anew, from the articles and the wishes of people, would change.

    Of what stays the same, only ids and places in a temporary file are held in memory.
    """
    with store.reading() as c, Aside(judges.read_sketch) as sketches:
        for batch in articles.every(c):
            for article in batch:
                sketches.add(article.key, judges.sketch(article).to_json())
        grouped = iter(judges.group(sketches, wishes(decisions.about_stories(c))))
        same: set[str] = set()
        after: list[Story] = []
        while batch_of := list(islice(grouped, BATCH)):
            known = stories.some(c, [story.id for story in batch_of])
            same.update(story.id for story in batch_of if known.get(story.id) == story)
            after += [story for story in batch_of if story.id not in same]
        before = [
            story
            for ids in stories.every(c)
            for story in stories.some(c, [each for each in ids if each not in same]).values()
        ]
        conflicts = tuple(disagreements(c, judges))
        return Regrouping(
            looked_at=len(sketches), before=tuple(before), after=tuple(after), conflicts=conflicts
        )


def regroup(store: Store, judges: Judges, now: datetime) -> Regrouping:
    """Group everything anew and make that hold; answers what changed.

    Goes in short transactions, so that it may be stopped and begun again at any time. What
    comes in, changes or is decided meanwhile is left as it is and placed at the end.
    """
    with store.reading() as c:
        begun = articles.newest_version(c), decisions.newest(c)
    plan = try_regroup(store, judges)
    for batch in batches(store):
        with store.writing() as c:
            resketch(c, articles.some(c, [article.key for article in batch]).values(), judges)
    for some in rows.batches(plan.after, BATCH):
        with store.writing() as c:
            moved = touched_since(c, *begun)
            saved = stories.save(c, [story for story in some if moved.isdisjoint(keys_of(story))], now)
            entries.refresh(c, saved.changed, saved.made)
    with store.writing() as c:
        place(c, touched_since(c, *begun), judges, now)
        ids = [story_id for batch in stories.every(c) for story_id in batch]
    link_stories(store, ids, judges)
    return plan


def settle(store: Store, judges: Judges, now: datetime, stopping: threading.Event | None = None) -> int:
    """Group what had more around it than a find is given time for, with all that hangs together.

    So a long chain comes to the stories that grouping everything gives, whatever the order in
    which it came. It is worked out in a reading transaction; where something comes or is decided
    meanwhile it waits for the next time. Answers how many articles were looked at.
    """
    done: set[str] = set()
    for _ in range(MOST_SETTLED):
        with store.reading() as c:
            waiting = [key for key in unsettled.every(c) if key not in done]
        if not waiting or (stopping is not None and stopping.is_set()):
            break
        done |= _settle(store, waiting[0], judges, now)
    return len(done)


def _settle(store: Store, key: str, judges: Judges, now: datetime) -> set[str]:
    """The articles that were grouped with this one, itself included."""
    with store.reading() as c:
        begun = articles.newest_version(c), decisions.newest(c)
        shelf = Shelf(c, judges)
        sketch = shelf.get(key)
        wanted = wishes(decisions.about_stories(c))
        around = tuple(judges.settle(sketch, shelf, wanted)) if sketch is not None else ()
        # What even this much time is too little for is left to `regroup`, with all that was looked at.
        given_up = shelf.seen if shelf.unsettled else set()
    made = [each for each in around if isinstance(each, Story)]
    grouped = {key}.union(*map(keys_of, made))
    with store.writing() as c:
        if not touched_since(c, *begun):
            hold(c, made, judges, now)
            unsettled.clear(c, grouped | given_up)
    return grouped


def touched_since(c: Connection, version: int, decision: int) -> set[str]:
    """The articles that came or changed after this version of one, or were named after this decision."""
    named = {key for each in decisions.after(c, decision) for key in (*each.subjects, *each.along)}
    return articles.changed_after(c, version) | set(stories.of_articles(c, named))


def link_stories(store: Store, ids: Sequence[str], judges: Judges) -> None:
    """Find anew which stories are kin to these, in short transactions."""
    for batch in rows.batches(ids, BATCH):
        with store.writing() as c:
            link_all(c, batch, judges)
