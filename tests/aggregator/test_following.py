"""Moves, hubs and subscriptions are kept beside a source's state, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.errors import UnknownSubject
from aggregator.store import following, sources, subscriptions
from aggregator.store.session import Store
from crawler.moves import Move, address_of
from crawler.pushes import Push, heed
from crawler.records import PollState, Source, SourceKind
from crawler.websub import Stage, Subscription, ask, mistrust, notice, verify

NOW = datetime(2017, 3, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Source(id="feed-1", kind=SourceKind.FEED, url="https://daily.example/feed")
OTHER = Source(id="feed-2", kind=SourceKind.FEED, url="https://other.example/feed")
NEW = "https://new.example/feed"
STATE = PollState(source_id="feed-1", polled_at=NOW - HOUR, next_poll_at=NOW + 12 * HOUR)
OFFER = Push(hub="https://hub.example/", topic=FEED.url)
WANTED = Subscription(
    source_id="feed-1", hub="https://hub.example/", topic=FEED.url, token="t", secret="s", step_at=NOW
)


@pytest.fixture
def known(store: Store) -> Store:
    """A store with two sources, of which one was looked at."""
    with store.writing() as c:
        sources.register(c, [FEED, OTHER])
        sources.save_state(c, STATE)
    return store


def state_of(store: Store) -> PollState:
    with store.reading() as c:
        return next(state for source, state in sources.every(c) if source.id == "feed-1")


def save(store: Store, state: PollState | Subscription) -> None:
    with store.writing() as c:
        if isinstance(state, Subscription):
            subscriptions.save(c, state)
        else:
            sources.save_state(c, state)


def is_due(store: Store, at: datetime) -> bool:
    with store.reading() as c:
        return "feed-1" in {source.id for source, _ in sources.due(c, at)}


def test_a_state_comes_back_as_it_was_kept(known: Store) -> None:
    move = Move(told=2, since=NOW - HOUR, address=NEW, at=NOW)
    state = replace(STATE, moved_to=NEW, move=move, push=replace(OFFER, heeded_at=NOW, missed_at=NOW))
    save(known, state)
    assert state_of(known) == state
    several = replace(
        state, push=replace(state.push, others=("https://b.example/", "https://c.example/?x=1"))
    )
    save(known, several)
    assert state_of(known) == several
    settled = replace(state, move=replace(move, told=0, address=None), push=replace(state.push, hub=""))
    save(known, settled)
    assert state_of(known) == settled


def test_a_person_declines_a_move_and_allows_it_again(known: Store) -> None:
    with known.writing() as c, pytest.raises(UnknownSubject):
        following.decline_move(c, "feed-1", "Ana", NOW)
    save(known, replace(STATE, move=Move(address=NEW, at=NOW)))
    with known.writing() as c:
        assert following.decline_move(c, "feed-1", "Ana", NOW) == NEW
    assert address_of(FEED.url, state_of(known).move) == FEED.url
    assert is_due(known, NOW)
    # A look that was under way meanwhile does not undo it.
    save(known, replace(STATE, move=Move(address=NEW, at=NOW)))
    assert address_of(FEED.url, state_of(known).move) == FEED.url
    with known.writing() as c:
        following.allow_move(c, "feed-1")
    assert address_of(FEED.url, state_of(known).move) == NEW
    with known.writing() as c, pytest.raises(UnknownSubject):
        following.allow_move(c, "feed-1")


def test_a_notice_makes_due_until_a_look_has_heeded_it(known: Store) -> None:
    alive = verify(ask(WANTED, NOW), "864000", NOW)
    save(known, replace(STATE, push=OFFER))
    save(known, alive)
    assert state_of(known).push.until == NOW + 10 * 24 * HOUR
    assert not is_due(known, NOW)
    save(known, notice(alive, NOW))
    assert is_due(known, NOW)
    before = state_of(known)
    # Another one comes while we look.
    save(known, notice(notice(alive, NOW), NOW))
    save(known, replace(before, push=heed(before.push)))
    assert is_due(known, NOW)
    looked = state_of(known)
    save(known, replace(looked, push=heed(looked.push)))
    assert not is_due(known, NOW)


def test_a_hub_whose_notices_cannot_be_trusted_pushes_nothing(known: Store) -> None:
    alive = verify(ask(WANTED, NOW), "864000", NOW)
    save(known, mistrust(notice(alive, NOW), NOW + HOUR))
    assert state_of(known).push.until is None
    save(known, notice(mistrust(alive, NOW), NOW + HOUR))
    assert state_of(known).push.until is not None


def test_what_is_offered_and_what_has_outlived_itself(known: Store) -> None:
    def offered() -> list[str]:
        with known.reading() as c:
            return [source_id for source_id, _ in subscriptions.offered(c, 10)]

    def outlived() -> list[str]:
        with known.reading() as c:
            return [each.source_id for each in subscriptions.outlived(c)]

    assert offered() == []
    save(known, replace(STATE, push=OFFER))
    assert offered() == ["feed-1"]
    save(known, WANTED)
    assert (offered(), outlived()) == ([], [])
    others = ("https://b.example/", "https://c.example/")
    save(known, replace(STATE, push=replace(OFFER, hub=others[0], others=(WANTED.hub,))))
    assert outlived() == [], "it is among several"
    save(known, replace(STATE, push=replace(OFFER, hub=others[0], others=(others[1],))))
    assert outlived() == ["feed-1"]
    save(known, replace(STATE, push=replace(OFFER, others=others, topic="https://daily.example/other")))
    assert outlived() == ["feed-1"]
    save(known, replace(STATE, push=replace(OFFER, topic="https://daily.example/other")))
    assert outlived() == ["feed-1"]
    save(known, replace(STATE, push=replace(OFFER, hub="", topic=None)))
    assert outlived() == ["feed-1"]
    save(known, replace(STATE, push=OFFER))
    with known.writing() as c:
        sources.pause(c, "feed-1", "Ana", NOW)
    assert outlived() == ["feed-1"]
    save(known, replace(WANTED, stage=Stage.LEAVING))
    assert outlived() == []
