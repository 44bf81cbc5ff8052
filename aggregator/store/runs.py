"""The ledger of jobs and the leases that keep two of a kind from running at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select

from aggregator.records import RunReport
from aggregator.store import rows
from aggregator.store.tables import leases, runs


def note(c: Connection, report: RunReport) -> None:
    """Write down how a job went."""
    line = {
        "job": report.job,
        "started": report.started,
        "ended": report.ended,
        "counts": dict(report.counts),
        "troubles": list(report.troubles),
    }
    c.execute(insert(runs), [line])


def newest(c: Connection, job: str | None = None, limit: int = 50) -> list[RunReport]:
    """The newest reports, of one job or of all."""
    query = select(runs) if job is None else select(runs).where(runs.c.job == job)
    return [read_report(row) for row in c.execute(query.order_by(runs.c.id.desc()).limit(limit))]


def read_report(row: Row[Any]) -> RunReport:
    """A report of the table."""
    return RunReport(
        job=row.job,
        started=row.started,
        ended=row.ended,
        counts=row.counts,
        troubles=tuple(row.troubles),
    )


def lease(c: Connection, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take or prolong the lease `name`; False while somebody else holds it and it has not run out."""
    known = c.execute(select(leases).where(leases.c.name == name)).first()
    if known and known.holder != holder and known.until > now:
        return False
    rows.put(c, leases, [{"name": name, "holder": holder, "until": until}])
    return True


def release(c: Connection, name: str, holder: str, now: datetime) -> None:
    """Give a lease back, and clear away those that ran out."""
    mine = (leases.c.name == name) & (leases.c.holder == holder)
    c.execute(delete(leases).where(or_(mine, leases.c.until <= now)))
