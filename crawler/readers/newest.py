"""Cuts a very long source to its newest items before the costly part of reading them. Pure.

Reading 50,000 items takes longer than a worker is given, and then none of them would be kept.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")

MOST_ITEMS = 2_000  # of one answer
_UNDATED = datetime.max.replace(tzinfo=UTC)  # it may be the newest: it is not the first to go


def keep_newest(
    items: Sequence[T], instant_of: Callable[[T], datetime | None], most: int = MOST_ITEMS
) -> Sequence[T]:
    """The newest `most` items; the same items in the same order where there are no more than that.

    Whether a source begins with its oldest or its newest item, its dates tell. Items without one
    stay in the source's order, before all others.
    """
    if len(items) <= most:
        return items
    return sorted(items, key=lambda item: instant_of(item) or _UNDATED, reverse=True)[:most]


def tell_left_out(count: int, kept: int) -> tuple[str, ...]:
    """A sentence on what was cut off, if anything was."""
    return (f"{count - kept} older items left out: more than {kept} at once",) if count > kept else ()
