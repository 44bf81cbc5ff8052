"""When a source's permanent move is believed: the same new address told three times over three days. Pure.

A permanent redirect (301, 308) is the word of the server that we asked. What a feed says of its own
address (`itunes:new-feed-url`, Atom's `self`) is not: whoever may write into a feed could lead us away.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

ENOUGH_LOOKS = 3
ENOUGH_TIME = timedelta(days=3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """What we know of a source's move; the address that is told now is `PollState.moved_to`.

    `told` counts the good looks in a row at which the outlet told that address, `since` is the time
    of the first. `address` is where the source is asked since it moved (None: at its own address),
    `at` the time when that last changed. A person may have `declined` an address.
    """

    told: int = 0
    since: datetime | None = None
    address: str | None = None
    at: datetime | None = None
    declined: str | None = None


def address_of(url: str, move: Move) -> str:
    """Where a source of this address is asked now."""
    return move.address if move.address and move.address != move.declined else url


def told_again(move: Move, before: str | None, told: str | None, at: datetime) -> Move:
    """The move after a good look at which the outlet told a new address, or (None) told none."""
    if move.address is not None and move.address == move.declined:
        move = turned_back(move, at)
    if told in (None, move.declined, move.address):
        return replace(move, told=0) if move.told else move
    move = replace(move, told=move.told + 1) if told == before else replace(move, told=1, since=at)
    if move.told < ENOUGH_LOOKS or move.since is None or at - move.since < ENOUGH_TIME:
        return move
    return replace(move, told=0, address=told, at=at)


def turned_back(move: Move, at: datetime) -> Move:
    """The move after a look at which the new address was no source at all: back to its own."""
    return replace(move, told=0, address=None, at=at) if move.address else replace(move, told=0)
