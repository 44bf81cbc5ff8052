"""How a subscription to a hub goes on: what is asked, what hub and callback may say (W3C WebSub). Pure.

Asking is left to `spiders.herald`, remembering to whoever is given the Subscription back.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(days=10)  # what we ask for; the hub decides
SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=5), timedelta(days=30)
FIRST_PAUSE = timedelta(hours=1)
MOST_TRIES = 6  # an hour, two, four … : two and a half days
REST = timedelta(days=30)  # after giving up
PATIENCE = timedelta(days=1)  # how long after our asking a hub may come to verify
METHODS = ("sha1", "sha256", "sha384", "sha512")  # WebSub, 8.1


class Mode(StrEnum):
    """What a hub is asked for."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


class Stage(StrEnum):
    """How far a subscription has come."""

    WANTED = "wanted"
    ALIVE = "alive"
    LEAVING = "leaving"
    OVER = "over"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """Our dealings with one hub about one source.

    `token` is the unguessable part of the callback's address, `secret` what notices are signed
    with. `asked_at` is when we last asked; `step_at` when we ask (again); `until` the end of the
    lease; `noticed_at` the newest notice with a good signature, `mistrusted_at` the newest with a
    bad one or none. `trouble` says in words why it is not alive.
    """

    source_id: str
    hub: str
    topic: str
    token: str
    secret: str
    stage: Stage = Stage.WANTED
    tries: int = 0
    asked_at: datetime | None = None
    step_at: datetime | None = None
    until: datetime | None = None
    noticed_at: datetime | None = None
    mistrusted_at: datetime | None = None
    trouble: str | None = None

    @property
    def mode(self) -> Mode:
        """What is asked for at this stage."""
        return Mode.UNSUBSCRIBE if self.stage is Stage.LEAVING else Mode.SUBSCRIBE


@dataclass(frozen=True, kw_only=True, slots=True)
class HubForm:
    """A form to send to a hub about a source."""

    source_id: str
    hub: str
    form: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HubAnswer:
    """What a hub answered to our asking: `trouble` is None where it took it in (it verifies later)."""

    source_id: str
    trouble: str | None = None


def form_of(subscription: Subscription, callback: str) -> dict[str, str]:
    """The form that a hub is sent (5.1: subscriber sends subscription request)."""
    form = {
        "hub.mode": subscription.mode.value,
        "hub.topic": subscription.topic,
        "hub.callback": callback,
    }
    if subscription.mode is Mode.SUBSCRIBE:
        form["hub.lease_seconds"] = str(int(LEASE.total_seconds()))
        form["hub.secret"] = subscription.secret
    return form


def ask(subscription: Subscription, now: datetime) -> Subscription:
    """Before the hub is asked: it may come to verify before it has answered."""
    if subscription.stage is Stage.OVER:
        subscription = replace(subscription, stage=Stage.WANTED, tries=0, trouble=None)
    pause = FIRST_PAUSE * 2**subscription.tries
    return replace(subscription, tries=subscription.tries + 1, asked_at=now, step_at=now + pause)


def is_given_up(subscription: Subscription) -> bool:
    """Whether it is time to ask again, but it was asked often enough."""
    return subscription.tries >= MOST_TRIES and subscription.stage is not Stage.OVER


def give_up(subscription: Subscription, now: datetime) -> Subscription:
    """Leave the hub alone for a month; the source is looked at in its own rhythm."""
    why = subscription.trouble or "it never came to verify; can the callback be reached from outside?"
    words = f"given up after {subscription.tries} tries: {why.removeprefix('given up after ')}"
    return replace(subscription, stage=Stage.OVER, trouble=words, step_at=now + REST)


def leave(subscription: Subscription, now: datetime) -> Subscription:
    """To be ended at the hub, at once."""
    return replace(subscription, stage=Stage.LEAVING, tries=0, step_at=now, trouble=None)


def take_answer(subscription: Subscription, answer: HubAnswer, next_hub: str | None = None) -> Subscription:
    """After the hub answered; what it verified meanwhile counts more than its answer.

    Where it refuses to begin and there is a next one, that one is asked without a pause.
    """
    if not subscription.tries:
        return subscription
    at_once = answer.trouble and next_hub and subscription.stage is Stage.WANTED
    step_at = subscription.asked_at if at_once else subscription.step_at
    return replace(subscription, trouble=answer.trouble, step_at=step_at)


def next_hub(subscription: Subscription, hubs: Sequence[str]) -> str | None:
    """The hub after this one in its source's order, None after the last."""
    after = hubs[hubs.index(subscription.hub) + 1 :] if subscription.hub in hubs else ()
    return next(iter(after), None)


def to_next_hub(subscription: Subscription, hubs: Sequence[str], now: datetime) -> Subscription:
    """The subscription at the hub that is asked now, of those that its source names: one of them is enough.

    It is the same one as long as it has not failed us, then the next; after the last the first again,
    until the last was asked often enough, and after the rest from the first on.
    """
    following = next_hub(subscription, hubs)
    if len(hubs) < 2 or subscription.hub not in hubs:
        return subscription
    if subscription.stage is Stage.OVER:
        return _turn_to(subscription, following or hubs[0], 0, now)
    if subscription.stage is not Stage.WANTED or not subscription.tries:
        return subscription
    if following:
        return _turn_to(subscription, following, subscription.tries - 1, now)
    return (
        subscription
        if is_given_up(subscription)
        else _turn_to(subscription, hubs[0], subscription.tries, now)
    )


def _turn_to(subscription: Subscription, hub: str, tries: int, now: datetime) -> Subscription:
    """To a hub that knows nothing of us."""
    return Subscription(
        source_id=subscription.source_id,
        hub=hub,
        topic=subscription.topic,
        token=subscription.token,
        secret=subscription.secret,
        tries=tries,
        step_at=now,
    )


def is_expected(subscription: Subscription, mode: str, topic: str, now: datetime) -> bool:
    """Whether a hub that comes to verify has been asked just this by us (5.3: verification of intent)."""
    asked = subscription.asked_at is not None and now - subscription.asked_at <= PATIENCE
    return asked and mode == subscription.mode and topic == subscription.topic


def verify(subscription: Subscription, lease_seconds: str, now: datetime) -> Subscription:
    """The subscription is alive for the time that the hub grants; renewed when a quarter of it is left."""
    seconds = int(lease_seconds[:12]) if lease_seconds.isascii() and lease_seconds.isdigit() else None
    granted = timedelta(seconds=seconds) if seconds else LEASE
    lease = min(max(granted, SHORTEST_LEASE), LONGEST_LEASE)
    return replace(
        subscription,
        stage=Stage.ALIVE,
        tries=0,
        until=now + lease,
        step_at=now + lease * 3 / 4,
        trouble=None,
    )


def deny(subscription: Subscription, reason: str, now: datetime) -> Subscription:
    """The hub does not want us, or no longer (5.2)."""
    words = f"the hub refuses: {reason[:200] or 'it gives no reason'}"
    return replace(subscription, stage=Stage.OVER, trouble=words, until=None, step_at=now + REST)


def notice(subscription: Subscription, now: datetime) -> Subscription:
    """The hub told of news. Each notice is later than the one before, so that none hides behind it."""
    before = subscription.noticed_at
    return replace(subscription, noticed_at=max(now, before + timedelta.resolution) if before else now)


def mistrust(subscription: Subscription, now: datetime) -> Subscription:
    """Somebody sent a notice without the hub's signature; one a minute is remembered."""
    before = subscription.mistrusted_at
    if before and now - before < timedelta(minutes=1):
        return subscription
    return replace(subscription, mistrusted_at=now)


class SignedBody:
    """A notice's body, taken piece by piece, and the signature that its sender claims (X-Hub-Signature)."""

    def __init__(self, secret: str, header: str) -> None:
        method, _, self._claimed = header.strip().partition("=")
        known = method.lower() in METHODS
        self._mac = hmac.new(secret.encode(), digestmod=method.lower()) if known else None

    def take(self, piece: bytes) -> None:
        """The next piece of the body."""
        if self._mac:
            self._mac.update(piece)

    def is_genuine(self) -> bool:
        """Whether who sent it knows the secret; compared in constant time."""
        if self._mac is None:
            return False
        claimed = self._claimed.strip().lower().encode("utf-8", "replace")
        return hmac.compare_digest(self._mac.hexdigest().encode(), claimed)
