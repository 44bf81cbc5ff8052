"""What lies beside a source's state: where it moved, which hub it offers, how our subscription goes.

Whether a move or a push is believed is `crawler.moves`' and `crawler.pushes`' to say.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update
from sqlalchemy.sql import ColumnElement, FromClause

from aggregator.errors import UnknownSubject
from aggregator.store import rows
from aggregator.store.push_tables import declined_moves, hub_offers, moves, subscriptions
from aggregator.store.source_tables import poll_states, sources
from crawler.moves import Move
from crawler.pushes import Push
from crawler.records import PollState
from crawler.websub import Stage

# A notice makes a source due, but nobody can make us look more often than this.
LEAST_PAUSE_SECONDS = 60

COLUMNS = (
    moves.c.told.label("move_told"),
    moves.c.since.label("move_since"),
    moves.c.address.label("move_address"),
    moves.c.at.label("move_at"),
    declined_moves.c.address.label("move_declined"),
    hub_offers.c.hub,
    hub_offers.c.topic,
    hub_offers.c.heeded_at,
    hub_offers.c.missed_at,
    subscriptions.c.hub.label("push_hub"),
    subscriptions.c.stage.label("push_stage"),
    subscriptions.c.until.label("push_until"),
    subscriptions.c.noticed_at,
    subscriptions.c.mistrusted_at,
    subscriptions.c.trouble.label("push_trouble"),
)


def beside(table: FromClause) -> FromClause:
    """Sources joined with what lies beside them."""
    for each in (moves, declined_moves, hub_offers, subscriptions):
        table = table.outerjoin(each, each.c.source_id == sources.c.id)
    return table


def is_told_of(before: datetime) -> ColumnElement[bool]:
    """That there is a notice which no look has heeded, and the last look was before this time."""
    unheeded = or_(hub_offers.c.heeded_at.is_(None), subscriptions.c.noticed_at > hub_offers.c.heeded_at)
    rested = or_(poll_states.c.polled_at.is_(None), poll_states.c.polled_at <= before)
    return and_(subscriptions.c.noticed_at.is_not(None), unheeded, rested)


def read_move(row: Row[Any]) -> Move:
    """What is known of a source's move."""
    return Move(
        told=row.move_told or 0,
        since=row.move_since,
        address=row.move_address,
        at=row.move_at,
        declined=row.move_declined,
    )


def read_push(row: Row[Any]) -> Push:
    """What is known of a source's push. A hub whose notices cannot be trusted pushes nothing."""
    trusted = row.mistrusted_at is None or (row.noticed_at and row.noticed_at > row.mistrusted_at)
    alive = row.push_stage == Stage.ALIVE and trusted
    hubs = (row.hub or "").split()
    return Push(
        hub=row.hub and hubs[0],
        others=tuple(hubs[1:]),
        topic=row.topic,
        heeded_at=row.heeded_at,
        missed_at=row.missed_at,
        asked=row.push_hub,
        until=row.push_until if alive else None,
        noticed_at=row.noticed_at,
        trouble=row.push_trouble if trusted else "its notices bear no signature, or a wrong one",
    )


def save(c: Connection, state: PollState) -> None:
    """Remember what a look found; most sources never moved and offer no hub, and cost nothing here."""
    move, push = state.move, state.push
    if move.since or move.address or move.at:
        row = {"told": move.told, "since": move.since, "address": move.address, "at": move.at}
        rows.put(c, moves, [{"source_id": state.source_id, **row}])
    if push.hub is not None or push.heeded_at:
        offer = {"hub": " ".join(filter(None, (push.hub, *push.others))), "topic": push.topic}
        times = {"heeded_at": push.heeded_at, "missed_at": push.missed_at}
        rows.put(c, hub_offers, [{"source_id": state.source_id, **offer, **times}])


def decline_move(c: Connection, source_id: str, by: str, at: datetime) -> str:
    """A person wants a source asked at its own address, and not where it moved: answers that address.

    It is looked at at once. Raises UnknownSubject where it has not moved.
    """
    known = select(func.coalesce(moves.c.address, poll_states.c.moved_to)).select_from(
        poll_states.outerjoin(moves, moves.c.source_id == poll_states.c.source_id)
    )
    address: str | None = c.scalar(known.where(poll_states.c.source_id == source_id))
    if address is None:
        raise UnknownSubject(f"the source {source_id!r} has not moved")
    row = {"source_id": source_id, "address": address, "declined_by": by, "declined_at": at}
    rows.put(c, declined_moves, [row])
    c.execute(update(poll_states).where(poll_states.c.source_id == source_id).values(next_poll_at=at))
    return address


def allow_move(c: Connection, source_id: str) -> None:
    """A person has nothing against the source's move any more. Raises UnknownSubject where nobody had."""
    change = delete(declined_moves).where(declined_moves.c.source_id == source_id)
    if c.execute(change).rowcount == 0:
        raise UnknownSubject(f"nobody declined a move of the source {source_id!r}")
