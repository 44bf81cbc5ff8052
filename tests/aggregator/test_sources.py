"""Where we look: what files name and what people added, and what becomes of a source that leaves either."""

from datetime import timedelta

import pytest

from aggregator.errors import UnknownSubject
from aggregator.store import sources
from aggregator.store.session import Connection, Store
from crawler.records import PollState, Source, SourceKind
from tests.aggregator.samples import FEED, NOON

OTHER = Source(id="feed-2", kind=SourceKind.FEED, url="https://other.example/feed")


def due(c: Connection) -> list[str]:
    return [source.id for source, _ in sources.due(c, NOON)]


def test_a_source_that_leaves_the_files_is_no_longer_due_and_is_not_forgotten(store: Store) -> None:
    state = PollState(source_id=FEED.id, etag='"7"', next_poll_at=NOON - timedelta(hours=1))
    with store.writing() as c:
        sources.register(c, [FEED, OTHER])
        sources.save_state(c, state)
        sources.register(c, [OTHER])
        assert due(c) == [OTHER.id]
        assert [source for source, _ in sources.every(c)] == [OTHER]
        sources.register(c, [FEED, OTHER])
        assert [known for source, known in sources.every(c) if source == FEED] == [state]


def test_what_a_person_added_stays_whatever_the_files_say(store: Store) -> None:
    with store.writing() as c:
        sources.register(c, [FEED])
        sources.add(c, FEED, "Ana", NOON)
        sources.register(c, [])
        assert due(c) == [FEED.id]
        sources.remove(c, FEED)
        assert due(c) == []
        with pytest.raises(UnknownSubject, match="added by hand"):
            sources.remove(c, FEED)


def test_a_paused_source_is_not_due_and_one_added_anew_is_looked_at_again(store: Store) -> None:
    with store.writing() as c:
        sources.register(c, [FEED, OTHER])
        sources.pause(c, FEED.id, "Ana", NOON)
        assert due(c) == [OTHER.id]
        assert sources.paused(c) == {FEED.id: "Ana"}
        sources.register(c, [FEED, OTHER])
        assert due(c) == [OTHER.id], "reading the files again wakes nobody"
        sources.add(c, FEED, "Ben", NOON)
        assert due(c) == [FEED.id, OTHER.id]
