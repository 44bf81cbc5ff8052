"""Whether a source is pushed to us by a hub, so that we may look less often ourselves. Pure.

A subscription alone is not believed: many feeds name a hub that nobody tells of news. We look less
once a notice has come, and in the source's own rhythm again as soon as a piece came without one.
What a hub and we say to each other stands in `websub`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SAFETY_PACE = timedelta(hours=6)  # how often we look at a source that is pushed
LATE = timedelta(minutes=15)  # a piece older than this should have been told of


@dataclass(frozen=True, kw_only=True, slots=True)
class Push:
    """What a source offers of pushing, and how it goes.

    `hub`, the `others` it names and `topic` are what the source told last (hub "": it offers none any
    more). `heeded_at` is the newest notice that we looked because of; `missed_at` when a piece was found
    that nobody told of. The rest is our subscription's: the hub that is `asked`, alive `until`, its newest
    notice `noticed_at`, and its `trouble`.
    """

    hub: str | None = None
    others: tuple[str, ...] = ()
    topic: str | None = None
    heeded_at: datetime | None = None
    missed_at: datetime | None = None
    asked: str | None = None
    until: datetime | None = None
    noticed_at: datetime | None = None
    trouble: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A hub that tells of news of a topic, and others that do, as the source itself says (WebSub, 4)."""

    hub: str
    topic: str
    others: tuple[str, ...] = ()


def is_pushed(push: Push, now: datetime) -> bool:
    """Whether the hub is known to tell us of what is new."""
    if push.until is None or push.until <= now or push.noticed_at is None:
        return False
    return push.missed_at is None or push.noticed_at > push.missed_at


def heed(push: Push) -> Push:
    """After a look: the notices that were known before it are done with."""
    return replace(push, heeded_at=push.noticed_at) if push.noticed_at else push


def is_due(push: Push) -> bool:
    """Whether there is a notice that no look has heeded."""
    return push.noticed_at is not None and (push.heeded_at is None or push.noticed_at > push.heeded_at)


def note_news(push: Push, offer: Offer | None, newest: datetime | None, at: datetime) -> Push:
    """After a look that found something: what the source offers now, and whether it came unannounced.

    `newest` is the date of a piece that is newer than all before, None where there is none.
    """
    if newest is not None and push.noticed_at and push.noticed_at < newest < at - LATE:
        push = replace(push, missed_at=at) if is_pushed(push, at) else push
    if offer is None:
        return replace(push, hub="", others=(), topic=None) if push.hub else push
    return replace(push, hub=offer.hub, others=offer.others, topic=offer.topic)


def pause_while_pushed(pause: timedelta, push: Push, now: datetime) -> timedelta:
    """The pause to make: long while the hub tells us, but never beyond the end of its lease."""
    if push.until is None or not is_pushed(push, now):
        return pause
    return max(pause, min(SAFETY_PACE, push.until - now))
