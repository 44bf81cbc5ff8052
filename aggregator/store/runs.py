"""The ledger of jobs: how each went."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from aggregator.records import RunReport
from aggregator.store.tables import runs


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
