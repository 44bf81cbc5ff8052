"""Where we look and what we remember of each look; when to look again is `cadence`'s to say."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from aggregator.errors import UnknownSubject
from aggregator.store import following, rows
from aggregator.store.source_tables import poll_states, polls, sources
from crawler.records import Poll, PollState, Source, SourceKind


def source_row(source: Source) -> dict[str, Any]:
    """A source as the table has it."""
    return {
        "id": source.id,
        "kind": source.kind.value,
        "url": source.url,
        "outlet": source.outlet,
        "every_seconds": None if source.every is None else source.every.total_seconds(),
        "enabled": source.enabled,
    }


def read_source(row: Row[Any]) -> Source:
    """A source of the table."""
    return Source(
        id=row.id,
        kind=SourceKind(row.kind),
        url=row.url,
        outlet=row.outlet,
        every=None if row.every_seconds is None else timedelta(seconds=row.every_seconds),
        enabled=row.enabled and row.paused_at is None,
    )


def register(c: Connection, configured: Iterable[Source]) -> None:
    """Make the configured sources these. One that left the files is no longer due, its history stays."""
    c.execute(update(sources).where(sources.c.configured).values(configured=False))
    rows.put(c, sources, [source_row(source) | {"configured": True} for source in configured])


def add(c: Connection, source: Source, by: str, at: datetime) -> None:
    """Add a source by hand; if it is there already, it now also belongs to whoever added it."""
    known = c.execute(select(sources.c.configured).where(sources.c.id == source.id)).first()
    row = source_row(source) | {"added_by": by, "added_at": at, "paused_by": None, "paused_at": None}
    rows.put(c, sources, [row | {"configured": bool(known and known.configured)}])


def remove(c: Connection, source: Source) -> None:
    """Take back what was added by hand; what the source brought stays. Raises UnknownSubject."""
    change = update(sources).where(sources.c.id == source.id, sources.c.added_by.is_not(None))
    if c.execute(change.values(added_by=None, added_at=None)).rowcount == 0:
        raise UnknownSubject(f"{source.url} was not added by hand; take it out of its file, or pause it")


def pause(c: Connection, source_id: str, by: str | None, at: datetime | None) -> None:
    """Stop looking at a source, or (with None) go on. Raises UnknownSubject."""
    change = update(sources).where(sources.c.id == source_id).values(paused_by=by, paused_at=at)
    if c.execute(change).rowcount == 0:
        raise UnknownSubject(f"there is no source {source_id!r}")


def every(c: Connection) -> list[tuple[Source, PollState]]:
    """All sources that are in the files or were added by hand, with what we remember of them."""
    ours = or_(sources.c.configured, sources.c.added_by.is_not(None))
    found = c.execute(joined().where(ours).order_by(sources.c.url, sources.c.id))
    return [(read_source(row), read_state(row)) for row in found]


def due(c: Connection, now: datetime) -> list[tuple[Source, PollState]]:
    """The sources to look at now, the longest overdue first; the one place that knows what due means."""
    query = joined().where(
        or_(sources.c.configured, sources.c.added_by.is_not(None)),
        sources.c.enabled,
        sources.c.paused_at.is_(None),
        or_(
            poll_states.c.next_poll_at.is_(None),
            poll_states.c.next_poll_at <= now,
            following.is_told_of(now - timedelta(seconds=following.LEAST_PAUSE_SECONDS)),
        ),
    )
    longest_first = (poll_states.c.next_poll_at.is_not(None), poll_states.c.next_poll_at, sources.c.id)
    return [(read_source(row), read_state(row)) for row in c.execute(query.order_by(*longest_first))]


def joined() -> Any:
    """Sources beside their states."""
    state = [column for column in poll_states.c if column.name != "source_id"]
    with_states = sources.outerjoin(poll_states, poll_states.c.source_id == sources.c.id)
    return select(sources, *state, *following.COLUMNS).select_from(following.beside(with_states))


def read_state(row: Row[Any]) -> PollState:
    """The state beside a source; that of one never looked at is empty."""
    return PollState(
        source_id=row.id,
        etag=row.etag,
        last_modified=row.last_modified,
        body_digest=row.body_digest,
        polled_at=row.polled_at,
        next_poll_at=row.next_poll_at,
        last_new_at=row.last_new_at,
        failures=row.failures or 0.0,
        trouble=row.trouble,
        moved_to=row.moved_to,
        items_per_day=row.items_per_day,
        hours=tuple(row.hours or ()),
        move=following.read_move(row),
        push=following.read_push(row),
    )


def save_state(c: Connection, state: PollState) -> None:
    """Remember a source's state."""
    names = [column.name for column in poll_states.c]
    rows.put(c, poll_states, [{name: getattr(state, name) for name in names}])
    following.save(c, state)


def note_poll(c: Connection, poll: Poll, unseen: int, now: datetime) -> None:
    """Write one look into the ledger, from which a source's health is told."""
    line = {
        "source_id": poll.source.id,
        "at": poll.state.polled_at or now,
        "outcome": poll.outcome.value,
        "leads": len(poll.leads),
        "unseen": unseen,
        "problems": list(poll.problems),
    }
    c.execute(insert(polls), [line])


def history(c: Connection, source_id: str, limit: int = 50) -> Sequence[Row[Any]]:
    """The newest looks at a source: at, outcome, leads, unseen, problems."""
    query = select(polls).where(polls.c.source_id == source_id)
    return c.execute(query.order_by(polls.c.at.desc(), polls.c.id.desc()).limit(limit)).all()


def paused(c: Connection) -> dict[str, str]:
    """Who paused which source: source id -> name."""
    query = select(sources.c.id, sources.c.paused_by).where(sources.c.paused_at.is_not(None))
    return {row.id: row.paused_by or "" for row in c.execute(query)}
