"""Hubs are answered without a login, but only about what we asked for, and only their own word counts."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from aggregator.review.app import make_app
from aggregator.review.guard import LARGEST_BODY
from aggregator.review.room import Room
from aggregator.store import sources, subscriptions
from aggregator.store.session import Store
from crawler.records import PollState, Source, SourceKind
from crawler.websub import Stage, Subscription, ask, leave
from tests.aggregator.review.morning import NOW, Clock, FakeJobs, Morning
from tests.aggregator.samples import JUDGES

FEED = Source(id="feed-1", kind=SourceKind.FEED, url="https://daily.example/feed")
TOPIC = "https://daily.example/feed"
LATER = NOW + timedelta(hours=12)
WANTED = Subscription(
    source_id="feed-1", hub="https://hub.example/", topic=TOPIC, token="t0ken", secret="s3cret", step_at=NOW
)
BODY = b"<feed xmlns='http://www.w3.org/2005/Atom'/>"


def keep(store: Store, subscription: Subscription) -> None:
    """The source, looked at an hour ago and not due for half a day, and our subscription."""
    with store.writing() as c:
        sources.register(c, [FEED])
        state = PollState(source_id="feed-1", polled_at=NOW - timedelta(hours=1), next_poll_at=LATER)
        sources.save_state(c, state)
        subscriptions.save(c, subscription)


def kept(store: Store) -> Subscription | None:
    with store.reading() as c:
        return subscriptions.by_source(c, "feed-1")


def due(store: Store, at: datetime) -> list[str]:
    with store.reading() as c:
        return [source.id for source, _ in sources.due(c, at)]


@pytest.fixture
def hub(sqlite_store: Store) -> TestClient:
    """A hub: no browser, no session."""
    return hub_of(Room(store=sqlite_store, judges=JUDGES, jobs=FakeJobs(), now=Clock()))


def hub_of(room: Room) -> TestClient:
    return TestClient(make_app(room), base_url="http://desk.example")


@pytest.fixture
def alive(sqlite_store: Store, hub: TestClient) -> Store:
    """A store with a verified subscription."""
    keep(sqlite_store, ask(WANTED, NOW))
    assert verify(hub).status_code == 200
    return sqlite_store


def verify(hub: TestClient, **changes: str) -> Response:
    told = {"mode": "subscribe", "topic": TOPIC, "challenge": "<b>c</b>", "lease_seconds": "864000"} | changes
    answer: Response = hub.get("/websub/t0ken", params={f"hub.{name}": value for name, value in told.items()})
    return answer


def tell(
    hub: TestClient, signature: str | None = None, body: bytes = BODY, headers: dict[str, str] | None = None
) -> int:
    """A notice, with the right signature unless another is given; answers the status."""
    good = "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
    signed = {"X-Hub-Signature": good} if signature is None else {}
    signed = {"X-Hub-Signature": signature} if signature else signed
    answer: Response = hub.post("/websub/t0ken", content=body, headers=signed | (headers or {}))
    return answer.status_code


def test_what_we_asked_for_is_confirmed_as_plain_text(sqlite_store: Store, hub: TestClient) -> None:
    keep(sqlite_store, ask(WANTED, NOW))
    answer = verify(hub)
    assert (answer.status_code, answer.text) == (200, "<b>c</b>")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    found = kept(sqlite_store)
    assert found is not None and found.stage is Stage.ALIVE and found.until == NOW + timedelta(days=10)


@pytest.mark.parametrize(
    "changes",
    [{"topic": f"{TOPIC}x"}, {"mode": "unsubscribe"}, {"mode": "publish"}, {"challenge": ""}, {"mode": ""}],
)
def test_nothing_else_is(sqlite_store: Store, hub: TestClient, changes: dict[str, str]) -> None:
    asked = ask(WANTED, NOW)
    keep(sqlite_store, asked)
    assert verify(hub, **changes).status_code == 404
    assert kept(sqlite_store) == asked


def test_neither_is_what_we_have_not_asked_yet_or_long_ago(sqlite_store: Store, hub: TestClient) -> None:
    keep(sqlite_store, WANTED)
    assert verify(hub).status_code == 404
    keep(sqlite_store, replace(ask(WANTED, NOW), asked_at=NOW - timedelta(days=2)))
    assert verify(hub).status_code == 404


def test_a_hub_ends_a_subscription_only_when_we_asked_it_to(alive: Store, hub: TestClient) -> None:
    assert verify(hub, mode="unsubscribe").status_code == 404
    before = kept(alive)
    assert before is not None
    keep(alive, ask(leave(before, NOW), NOW))
    assert verify(hub, mode="subscribe").status_code == 404
    assert verify(hub, mode="unsubscribe").text == "<b>c</b>"
    assert kept(alive) is None
    assert tell(hub) == 404


def test_a_hub_may_refuse_and_the_reason_is_kept(alive: Store, hub: TestClient) -> None:
    told = {"hub.mode": "denied", "hub.topic": TOPIC, "hub.reason": "closed"}
    assert hub.get("/websub/t0ken", params=told | {"hub.topic": "x"}).status_code == 404
    assert hub.get("/websub/t0ken", params=told).status_code == 200
    found = kept(alive)
    assert found is not None and found.trouble == "the hub refuses: closed"


def test_a_signed_notice_makes_its_source_due_at_once(alive: Store, hub: TestClient) -> None:
    assert due(alive, NOW) == []
    assert tell(hub) == 202
    assert due(alive, NOW) == ["feed-1"]
    for kind in (
        "application/rss+xml",
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data",
    ):
        assert tell(hub, headers={"Content-Type": kind}) == 202


def test_a_notice_makes_nobody_look_twice_within_a_minute(alive: Store, hub: TestClient) -> None:
    with alive.writing() as c:
        sources.save_state(c, PollState(source_id="feed-1", polled_at=NOW, next_poll_at=LATER))
    assert tell(hub) == 202
    assert due(alive, NOW + timedelta(seconds=59)) == []
    assert due(alive, NOW + timedelta(seconds=61)) == ["feed-1"]


@pytest.mark.parametrize("signature", ["", "sha256=00", "md5=00", "sha1=", "nonsense", "sha256=" + "0" * 64])
def test_one_without_the_hubs_signature_is_thanked_for_and_ignored(
    alive: Store, hub: TestClient, signature: str
) -> None:
    assert tell(hub, signature) == 202
    assert due(alive, NOW) == []
    with alive.reading() as c:
        push = next(state.push for source, state in sources.every(c) if source.id == "feed-1")
    assert push.until is None
    assert push.trouble == "its notices bear no signature, or a wrong one"


def test_a_body_that_is_too_long_is_refused_told_or_untold(alive: Store, hub: TestClient) -> None:
    assert tell(hub, body=b"x" * (LARGEST_BODY + 1)) == 403

    def pieces() -> Iterator[bytes]:
        for _ in range(7):
            yield b"x" * 1024 * 1024

    assert hub.post("/websub/t0ken", content=pieces()).status_code == 413
    assert due(alive, NOW) == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_a_page_of_another_site_cannot_even_knock(
    alive: Store, hub: TestClient, headers: dict[str, str]
) -> None:
    assert tell(hub, headers=headers) == 403
    assert due(alive, NOW) == []


def test_who_does_not_know_the_address_learns_nothing(alive: Store, hub: TestClient) -> None:
    for token in ("t0ke", "T0KEN", "%F0%9F%98%80", "x" * 5000):
        assert hub.post(f"/websub/{token}", content=BODY).status_code == 404
        assert (
            hub.get(f"/websub/{token}", params={"hub.mode": "denied", "hub.topic": TOPIC}).status_code == 404
        )


def test_the_sources_page_tells_who_pushes(morning: Morning, client: TestClient) -> None:
    hub = hub_of(morning.room)
    keep(morning.room.store, ask(WANTED, NOW))
    verify(hub)
    with morning.room.store.writing() as c:
        state = next(state for source, state in sources.every(c) if source.id == "feed-1")
        push = replace(state.push, hub="https://hub.example/", topic=TOPIC)
        sources.save_state(c, replace(state, push=push, last_new_at=NOW))
    assert "to be pushed by hub.example until 8 Apr 2017, 08:00 UTC, which has told of nothing yet" in (
        client.get("/sources").text
    )
    tell(hub)
    assert "pushed by hub.example until 8 Apr 2017, 08:00 UTC<" in client.get("/sources").text
