"""What points to articles: which were seen before, which still wait to be read, how each ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Row, bindparam, func, or_, select, union_all, update

from aggregator.store import rows
from aggregator.store.packing import pack, unpack
from aggregator.store.rows import KEYS
from aggregator.store.tables import article_addresses, leads, sightings
from crawler import urls
from crawler.records import Find, FindOutcome, Lead
from crawler.text import fold

WAITING, DONE, FAILED, UNRESOLVED = "waiting", "done", "failed", "unresolved"
MOST_ATTEMPTS = 9  # with pauses of an hour, two, four … : ten days, so that an outlet may be down for a week
MOST_MISSES = 3  # of a page that is not found: feeds tell of pages before all servers have them
FIRST_PAUSE = timedelta(hours=1)
REREAD_PAUSE = timedelta(hours=6)
# How long, and at what pauses, we go on to look for the page behind a link that hides it.
LONGEST_UNRESOLVED = timedelta(days=30)
FIRST_RESOLVE_PAUSE = timedelta(minutes=15)
LONGEST_RESOLVE_PAUSE = timedelta(days=1)

SEEN: CompoundSelect[Any] = union_all(
    select(leads.c.key).where(leads.c.key.in_(KEYS)),
    select(article_addresses.c.url_key).where(
        article_addresses.c.was_read, article_addresses.c.url_key.in_(KEYS)
    ),
)
BEFORE = select(leads.c.attempts, leads.c.status).where(leads.c.key == bindparam("key"))
CLOSE = (
    update(leads)
    .where(leads.c.key == bindparam("lead_key"))
    .values(
        {
            name: bindparam(name)
            for name in ("status", "attempts", "next_try_at", "ended_at", "outcome", "reason", "article_key")
        }
    )
)


def keep(c: Connection, found: Sequence[Lead], now: datetime) -> list[Lead]:
    """Keep the leads and give back, in their order, those to read: unseen ones, and changed ones.

    Unseen is a lead whose page was neither asked for nor read before; changed, one of which
    the same source now tells another headline. A second source that points to the same page
    is kept as a sighting.
    """
    by_key: dict[str, Lead] = {}
    for lead in found:
        by_key.setdefault(urls.key(lead.url), lead)
    seen = seen_keys(c, list(by_key))
    changed = reopen(c, {key: lead for key, lead in by_key.items() if key in seen}, now)
    unseen = {key: lead for key, lead in by_key.items() if key not in seen}
    rows.add_missing(c, leads, [lead_row(key, lead) for key, lead in unseen.items()])
    rows.put(c, sightings, [sighting_row(key, lead) for key, lead in by_key.items() if key in changed])
    rows.add_missing(c, sightings, [sighting_row(key, lead) for key, lead in by_key.items()])
    return [lead for key, lead in by_key.items() if key in unseen or key in changed]


def reopen(c: Connection, seen: Mapping[str, Lead], now: datetime) -> set[str]:
    """Let those leads wait again of which their source tells another headline than before.

    A source that goes to and fro between two headlines makes us read its page a few times
    a day, not at every look.
    """
    told: set[str] = set()
    for batch in rows.batches(seen):
        query = select(sightings.c.lead_key, sightings.c.source_id, sightings.c.headline)
        for row in c.execute(query.where(sightings.c.lead_key.in_(batch))):
            lead = seen[row.lead_key]
            if row.source_id == lead.source_id and is_another(row.headline, lead.headline):
                told.add(row.lead_key)
    rested = (leads.c.status == DONE) & (leads.c.ended_at <= now - REREAD_PAUSE)
    changed: set[str] = set()
    for batch in rows.batches(sorted(told)):
        changed.update(c.scalars(select(leads.c.key).where(rested, leads.c.key.in_(batch))))
    for key in changed:
        again = {"status": WAITING, "attempts": 0, "next_try_at": None, "record": pack(seen[key])}
        c.execute(update(leads).where(leads.c.key == key).values(again))
    return changed


def is_another(before: str | None, now: str | None) -> bool:
    """Whether a source's headline really changed, and not only its quotation marks or blanks."""
    return bool(before and now and fold(before) != fold(now))


def seen_keys(c: Connection, keys: Sequence[str]) -> set[str]:
    """Those keys that stand for a lead we have, or an address at which we really read an article.

    An address that a page only claims (its canonical link) is not enough: a site that
    names one address on all its pages would make us lose all but one.
    """
    return {key for batch in rows.batches(keys) for key in c.scalars(SEEN, {"keys": batch})}


def lead_row(key: str, lead: Lead) -> dict[str, Any]:
    """A new lead as the table has it: waiting."""
    return {
        "key": key,
        "source_id": lead.source_id,
        "record": pack(lead),
        "found_at": lead.found_at,
        "status": WAITING,
        "attempts": 0,
        "reason": "",
    }


def sight(c: Connection, lead: Lead) -> None:
    """Remember that the lead's source pointed to its page, whoever found it first."""
    rows.add_missing(c, sightings, [sighting_row(urls.key(lead.url), lead)])


def sighting_row(key: str, lead: Lead) -> dict[str, Any]:
    """That this source pointed to this page."""
    return {
        "lead_key": key,
        "source_id": lead.source_id,
        "seen_at": lead.found_at,
        "headline": lead.headline,
    }


def waiting(c: Connection, now: datetime, limit: int) -> list[Lead]:
    """The leads to read now, oldest first: never read, or due for another try."""
    is_due = or_(leads.c.next_try_at.is_(None), leads.c.next_try_at <= now)
    query = select(leads.c.record).where(leads.c.status == WAITING, is_due)
    return [unpack(Lead, packed) for packed in c.scalars(query.order_by(leads.c.id).limit(limit))]


def close(c: Connection, find: Find, now: datetime) -> bool:
    """Note how a lead ended; answers whether that is news, and not told again.

    LATER waits for another try, each pause twice the one before; then it failed. Where the outlet only
    wants to be left alone `until` then, it was no try. So does, a few times, what is not found (404).
    HIDDEN waits to be resolved, when something is known of it. A lead that was never kept (a URL added
    by hand) is kept first.
    """
    key = urls.key(find.lead.url)
    before = c.execute(BEFORE, {"key": key}).first()
    if before is None:
        rows.add_missing(c, leads, [lead_row(key, find.lead)])
        sight(c, find.lead)
    put_off = find.outcome is FindOutcome.LATER and find.until is not None
    attempts = (before.attempts if before else 0) + (not put_off)
    again = put_off or attempts < _most_attempts(find)
    given_up = find.outcome is FindOutcome.LATER and not again
    hidden = find.outcome is FindOutcome.HIDDEN and find.article is not None
    change = {
        "lead_key": key,
        "status": WAITING if again else FAILED if given_up else UNRESOLVED if hidden else DONE,
        "attempts": 0 if hidden else attempts,
        "next_try_at": _next_try(find, attempts, now) if again else now if hidden else None,
        "ended_at": None if again or hidden else now,
        "outcome": find.outcome.value,
        "reason": find.reason,
        "article_key": find.article.key if find.article else None,
    }
    c.execute(CLOSE, change)
    return before is None or before.status != DONE


def _most_attempts(find: Find) -> int:
    if find.outcome is FindOutcome.LATER:
        return MOST_ATTEMPTS
    is_missing = find.outcome is FindOutcome.GONE and find.page is not None and find.page.status == 404
    return MOST_MISSES if is_missing else 0


def _next_try(find: Find, attempts: int, now: datetime) -> datetime:
    return find.until or now + FIRST_PAUSE * 2 ** (attempts - 1)


def unresolved(c: Connection, now: datetime, limit: int) -> list[tuple[str, Lead]]:
    """(key, lead) of those whose link hides the page and that are due, the longest overdue first."""
    query = select(leads.c.key, leads.c.record).where(
        leads.c.status == UNRESOLVED, leads.c.next_try_at <= now
    )
    found = c.execute(query.order_by(leads.c.next_try_at, leads.c.id).limit(limit))
    return [(row.key, unpack(Lead, row.record)) for row in found]


def never_read(c: Connection, since: datetime, limit: int) -> list[Lead]:
    """The newest leads since then whose pages were asked for and did not come."""
    asked = leads.c.status.in_([WAITING, FAILED]) & (leads.c.attempts > 0) & (leads.c.found_at >= since)
    query = select(leads.c.record).where(asked, leads.c.outcome == FindOutcome.LATER.value)
    return [unpack(Lead, packed) for packed in c.scalars(query.order_by(leads.c.id.desc()).limit(limit))]


def count_unresolved(c: Connection) -> int:
    """How many leads wait for the page behind their link."""
    return c.scalar(select(func.count()).select_from(leads).where(leads.c.status == UNRESOLVED)) or 0


def resolve(c: Connection, key: str, article_key: str, reason: str, now: datetime) -> None:
    """Note that the page behind a link was found: it is this article's."""
    told = {"status": DONE, "outcome": "resolved", "reason": reason, "article_key": article_key}
    c.execute(update(leads).where(leads.c.key == key).values(**told, ended_at=now, next_try_at=None))


def postpone(c: Connection, keys: Sequence[str], now: datetime) -> None:
    """Look for the pages behind these links later, each pause twice the one before; in 30 days no more."""
    for batch in rows.batches(keys):
        these = leads.c.key.in_(batch) & (leads.c.status == UNRESOLVED)
        old = these & (leads.c.found_at <= now - LONGEST_UNRESOLVED)
        c.execute(update(leads).where(old).values(status=FAILED, ended_at=now, next_try_at=None))
        for row in c.execute(select(leads.c.key, leads.c.attempts).where(these)).all():
            pause = min(FIRST_RESOLVE_PAUSE * 2 ** min(row.attempts, 10), LONGEST_RESOLVE_PAUSE)
            again = {"attempts": row.attempts + 1, "next_try_at": now + pause}
            c.execute(update(leads).where(leads.c.key == row.key).values(**again))


def find(c: Connection, url: str) -> Row[Any] | None:
    """What is known of the lead with this address: status, attempts, outcome, reason, article_key …"""
    return c.execute(select(leads).where(leads.c.key == urls.key(url))).first()


def some(c: Connection, keys: Sequence[str]) -> dict[str, Lead]:
    """The leads with these keys, as their first source told them."""
    return {
        row.key: unpack(Lead, row.record)
        for batch in rows.batches(keys)
        for row in c.execute(select(leads.c.key, leads.c.record).where(leads.c.key.in_(batch)))
    }


def sources_of(c: Connection, url: str) -> list[str]:
    """The ids of all sources that pointed to this address, the first one first."""
    query = select(sightings.c.source_id).where(sightings.c.lead_key == urls.key(url))
    return list(c.scalars(query.order_by(sightings.c.seen_at, sightings.c.source_id)))
