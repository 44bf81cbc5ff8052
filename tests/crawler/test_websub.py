"""A subscription from asking to its end, as the W3C Recommendation has it."""

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.websub import (
    LONGEST_LEASE,
    MOST_TRIES,
    SHORTEST_LEASE,
    HubAnswer,
    SignedBody,
    Stage,
    Subscription,
    ask,
    deny,
    form_of,
    give_up,
    is_expected,
    is_given_up,
    leave,
    mistrust,
    next_hub,
    notice,
    take_answer,
    to_next_hub,
    verify,
)

NOW = datetime(2017, 3, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TOPIC = "https://daily.example/feed"
WANTED = Subscription(
    source_id="feed-1", hub="https://hub.example/", topic=TOPIC, token="t", secret="s", step_at=NOW
)
ALIVE = verify(ask(WANTED, NOW), "864000", NOW)


def test_the_form_holds_what_a_hub_needs() -> None:
    assert form_of(WANTED, "https://news.example/websub/t") == {
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.callback": "https://news.example/websub/t",
        "hub.lease_seconds": "864000",
        "hub.secret": "s",
    }
    assert form_of(leave(ALIVE, NOW), "https://news.example/websub/t") == {
        "hub.mode": "unsubscribe",
        "hub.topic": TOPIC,
        "hub.callback": "https://news.example/websub/t",
    }


def test_only_what_we_asked_for_is_confirmed() -> None:
    asked = ask(WANTED, NOW)
    assert is_expected(asked, "subscribe", TOPIC, NOW)
    assert not is_expected(WANTED, "subscribe", TOPIC, NOW)
    assert not is_expected(asked, "unsubscribe", TOPIC, NOW)
    assert not is_expected(asked, "subscribe", f"{TOPIC}/", NOW)
    assert not is_expected(asked, "subscribe", TOPIC, NOW + 2 * DAY)
    leaving = ask(leave(ALIVE, NOW), NOW)
    assert is_expected(leaving, "unsubscribe", TOPIC, NOW)
    assert not is_expected(leaving, "subscribe", TOPIC, NOW)


def test_it_is_renewed_before_the_lease_ends() -> None:
    assert ALIVE.stage is Stage.ALIVE
    assert ALIVE.until == NOW + 10 * DAY
    assert ALIVE.step_at == NOW + 7.5 * DAY
    asked = ask(ALIVE, NOW + 7.5 * DAY)
    assert asked.stage is Stage.ALIVE and asked.until == ALIVE.until
    renewed = verify(asked, "864000", NOW + 7.5 * DAY)
    assert renewed.until == NOW + 17.5 * DAY
    assert (renewed.token, renewed.secret) == (ALIVE.token, ALIVE.secret)


@pytest.mark.parametrize(
    ("told", "granted"),
    [("1", SHORTEST_LEASE), ("9" * 30, LONGEST_LEASE), ("", 10 * DAY), ("-5", 10 * DAY), ("٣", 10 * DAY)],
)
def test_a_lease_is_kept_within_bounds(told: str, granted: timedelta) -> None:
    assert verify(ask(WANTED, NOW), told, NOW).until == NOW + granted


def test_asking_is_repeated_less_and_less_and_given_up_in_words() -> None:
    subscription, now = WANTED, NOW
    while not is_given_up(subscription):
        subscription = ask(subscription, now)
        subscription = take_answer(subscription, HubAnswer(source_id="feed-1", trouble="the hub answers 503"))
        assert subscription.step_at is not None and subscription.step_at > now
        now = subscription.step_at
    assert DAY <= now - NOW <= 4 * DAY
    over = give_up(subscription, now)
    assert over.trouble == f"given up after {MOST_TRIES} tries: the hub answers 503"
    assert over.stage is Stage.OVER and not is_given_up(over)
    assert over.step_at is not None and over.step_at - now >= 7 * DAY
    anew = ask(over, over.step_at)
    assert (anew.stage, anew.tries, anew.trouble) == (Stage.WANTED, 1, None)


def test_of_several_hubs_each_is_asked_until_one_tells_us() -> None:
    hubs = [WANTED.hub, "https://b.example/", "https://c.example/"]
    subscription, now, asked = WANTED, NOW, []
    while not (subscription.hub == hubs[-1] and is_given_up(subscription)):
        subscription = ask(to_next_hub(subscription, hubs, now), now)
        asked.append((subscription.hub, subscription.tries))
        answer = HubAnswer(source_id="feed-1", trouble="no" if subscription.hub == hubs[0] else None)
        subscription = take_answer(subscription, answer, next_hub(subscription, hubs))
        assert subscription.step_at is not None
        # A refusal needs no waiting, a hub that says nothing has its time to confirm.
        assert (subscription.step_at == now) == (subscription.hub == hubs[0])
        now = subscription.step_at
    assert asked == [(hub, number) for number in range(1, MOST_TRIES + 1) for hub in hubs]
    over = give_up(subscription, now)
    assert to_next_hub(over, hubs, now).hub == hubs[0], "after the rest"
    assert to_next_hub(subscription, [hubs[0], hubs[-1]], now) == subscription, "to be given up"


def test_a_hub_that_tells_us_is_kept_and_one_that_refuses_is_left_for_the_next() -> None:
    hubs = [WANTED.hub, "https://b.example/"]
    renewed = ask(to_next_hub(ALIVE, hubs, NOW), NOW)
    assert to_next_hub(renewed, hubs, NOW + DAY) == renewed, "it may be down for an hour"
    turned = to_next_hub(deny(ALIVE, "no", NOW), hubs, NOW + DAY)
    assert (turned.hub, turned.stage, turned.tries, turned.until) == (hubs[1], Stage.WANTED, 0, None)
    assert to_next_hub(deny(ALIVE, "no", NOW), hubs[:1], NOW + DAY).stage is Stage.OVER
    assert to_next_hub(WANTED, hubs, NOW) == WANTED
    leaving = leave(ALIVE, NOW)
    assert to_next_hub(ask(leaving, NOW), hubs, NOW).hub == hubs[0]


def test_a_hub_that_never_comes_to_verify_is_told_of() -> None:
    silent = replace(ask(WANTED, NOW), tries=MOST_TRIES)
    assert "can the callback be reached from outside?" in (give_up(silent, NOW).trouble or "")


def test_what_a_hub_verified_counts_more_than_its_answer() -> None:
    assert take_answer(ALIVE, HubAnswer(source_id="feed-1", trouble="the connection broke")) == ALIVE


def test_a_hub_may_refuse_at_any_time() -> None:
    over = deny(ALIVE, "no such topic", NOW)
    assert over.stage is Stage.OVER and over.until is None
    assert over.trouble == "the hub refuses: no such topic"


def test_each_notice_is_later_than_the_one_before() -> None:
    first = notice(ALIVE, NOW)
    second = notice(first, NOW)
    assert first.noticed_at == NOW
    assert second.noticed_at is not None and second.noticed_at > NOW


def test_of_notices_without_our_secret_one_a_minute_is_remembered() -> None:
    first = mistrust(ALIVE, NOW)
    assert first.mistrusted_at == NOW
    assert mistrust(first, NOW + timedelta(seconds=59)) == first
    assert mistrust(first, NOW + timedelta(seconds=61)) != first


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signature_is_known_by_its_method(method: str) -> None:
    body = b"<feed/>"
    good = hmac.new(b"s", body, getattr(hashlib, method)).hexdigest()
    for header, genuine in (
        (f"{method}={good}", True),
        (f"{method.upper()}={good.upper()}", True),
        (f"{method}={good[:-1]}", False),
        (f"{method}=", False),
        (f"md5={good}", False),
        (good, False),
        ("", False),
        (f"{method}=é{good}", False),
    ):
        signed = SignedBody("s", header)
        signed.take(body[:3])
        signed.take(body[3:])
        assert signed.is_genuine() is genuine, header
    other = SignedBody("another", f"{method}={good}")
    other.take(body)
    assert not other.is_genuine()
