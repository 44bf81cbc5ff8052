"""The clock. Only entry points read it, or hand this function on; everybody else is told the time."""

from datetime import UTC, datetime


def read_clock() -> datetime:
    """Now, as an aware UTC time."""
    return datetime.now(UTC)
