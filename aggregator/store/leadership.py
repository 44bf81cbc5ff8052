"""One leader for each database: whoever holds the lock runs the schedule, the others wait.

SQLite: a lock on a file beside the database, which the system takes back when the process
dies. PostgreSQL: an advisory lock, which ends with the connection that holds it.
"""

import fcntl
from typing import IO

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from aggregator.store.session import Store

# Any number will do that no other lock of ours has.
LEADER_LOCK = 0x1_7E6


class FileLeadership:
    """The lead of an SQLite database."""

    def __init__(self, store: Store) -> None:
        self._path = store.file.with_name(store.file.name + ".leader")
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Take or keep the lead; False while another process has it."""
        if self._file is None:
            file = self._path.open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._file = file
        return True

    def release(self) -> None:
        """Give the lead up."""
        if self._file is not None:
            self._file.close()
            self._file = None


class ServerLeadership:
    """The lead of a PostgreSQL database; lost with its connection, and then taken anew."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Take or keep the lead; False while another process has it or the database is away."""
        if self._connection is not None and not self._answers(self._connection, "SELECT 1"):
            self._connection.close()
            self._connection = None
        if self._connection is None:
            self._connection = self._lock()
        return self._connection is not None

    def _lock(self) -> Connection | None:
        try:
            connection = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except DBAPIError:
            return None
        if connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LEADER_LOCK}):
            return connection
        connection.close()
        return None

    @staticmethod
    def _answers(connection: Connection, question: str) -> bool:
        try:
            connection.execute(text(question))
        except DBAPIError:
            connection.invalidate()
            return False
        return True

    def release(self) -> None:
        """Give the lead up: the next one may take it at once."""
        if self._connection is not None:
            # The server lets a closed connection's lock go a moment later, so it is unlocked first.
            self._answers(self._connection, f"SELECT pg_advisory_unlock({LEADER_LOCK})")
            self._connection.close()
            self._connection = None


def leadership(store: Store) -> FileLeadership | ServerLeadership:
    """The lead of this database, not taken yet."""
    return FileLeadership(store) if store.is_sqlite else ServerLeadership(store)
