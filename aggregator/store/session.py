"""Opens the database and gives out connections; what is read or written is left to the nouns.

SQLite (WAL) and PostgreSQL behave alike: a reading transaction sees one state and cannot
write; a writing transaction is the only one of its kind while it lasts. SQLite does that
by BEGIN IMMEDIATE, PostgreSQL by an advisory lock: the transactions take milliseconds,
and what one of them reads (the stories near a new article, the newest decision) is still
true when it writes.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, table, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.sql import column

from aggregator.errors import StoreAway, StoreDamaged, StoreTooNew
from aggregator.store import migrations

__all__ = ["Connection", "Store"]

BUSY_SECONDS = 30
# Any number will do, as long as all writers of one database use the same.
WRITER_LOCK = 0x1_7E5
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class Store:
    """One database by its URL. It may be pickled and sent to another process: only the URL travels."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._address = read_url(url)
        self._engine: Engine | None = None
        self._process = 0

    @classmethod
    def open(cls, url: str) -> "Store":
        """The store at this URL, whose tables are there and of this version.

        Raises StoreAway (no database there, no tables yet, or older ones), StoreTooNew.
        """
        store = cls(url)
        store.check()
        return store

    @classmethod
    def of_file(cls, path: Path) -> "Store":
        """The store in an SQLite file, whatever its name is made of; nothing is looked at yet."""
        return cls(URL.create("sqlite", database=str(path)).render_as_string(hide_password=False))

    @classmethod
    def create(cls, url: str) -> "Store":
        """The store at this URL after `upgrade`; for the entry points."""
        store = cls(url)
        store.upgrade()
        return store

    def __getstate__(self) -> dict[str, str]:
        return {"url": self.url}

    def __setstate__(self, state: dict[str, str]) -> None:
        self.__init__(state["url"])  # type: ignore[misc]

    @property
    def name(self) -> str:
        """The address as it may be shown: without a password, wherever in it one stands."""
        hidden = dict.fromkeys((name for name in self._address.query if "password" in name), "hidden")
        return self._address.update_query_dict(hidden).render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file beside us."""
        return self._address.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self._address.database or "")

    @property
    def engine(self) -> Engine:
        """The pool of connections of this process: connections must not cross a fork."""
        if self._engine is None or self._process != os.getpid():
            self._engine = make_engine(self._address)
            self._process = os.getpid()
        return self._engine

    def close(self) -> None:
        """Give all connections back."""
        if self._engine is not None and self._process == os.getpid():
            self._engine.dispose()
        self._engine = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and cannot write."""
        with self._door(), self.engine.connect() as c:
            c = c.execution_options(**READING[self._address.get_backend_name()])
            with c.begin():
                yield c

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[Connection]:
        """The one writing transaction of its time: all of it is kept, or nothing.

        `durable` waits until the disk has it: for what people decide. What the crawler
        finds outlives a killed process either way, and after a power cut comes again.
        """
        with self._door(writes=True), self.engine.connect() as c:
            c = c.execution_options(house_mode="durable" if durable else "writing")
            with c.begin():
                if not self.is_sqlite:
                    c.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER_LOCK})
                yield c

    def revision(self) -> str | None:
        """The migration that the tables are at; None where there are no tables yet."""
        with self._door(), self.engine.connect() as c:
            if not inspect(c).has_table("alembic_version"):
                return None
            return c.scalar(select(column("version_num")).select_from(table("alembic_version")))

    def known_revision(self) -> str | None:
        """The same, of this version or an older one. Raises StoreTooNew, StoreAway."""
        revision = self.revision()
        if revision is not None and revision not in migrations.known():
            raise StoreTooNew(
                f"{self.name}: written by a newer version of this software (tables {revision}, "
                f"known up to {migrations.newest()}); install that version, or restore a backup"
            )
        return revision

    def check(self, *, older: bool = False) -> None:
        """Raise StoreTooNew or StoreAway unless the tables are of this version, or an `older` one."""
        if self.is_sqlite and not self.file.exists():
            raise StoreAway(f"{self.name}: there is no such file; `inthenews db upgrade` makes it")
        revision = self.known_revision()
        if older and revision is None:
            raise StoreDamaged(f"{self.name}: there are no tables of ours")
        if not older and revision != migrations.newest():
            raise StoreAway(f"{self.name}: the tables are older than this software; `inthenews db upgrade`")

    def check_pages(self) -> None:
        """Look at every page of an SQLite file; raises StoreDamaged where one is not as it should be."""
        with self._door(), self.engine.connect() as c:
            found = c.scalar(text("PRAGMA quick_check(1)"))
        if found != "ok":
            raise StoreDamaged(f"{self.name}: {found}")

    def upgrade(self) -> None:
        """Make or upgrade the tables in one transaction; an existing SQLite file is copied first."""
        if self.is_sqlite:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        revision = self.known_revision()
        if revision == migrations.newest():
            return
        if revision is not None and self.is_sqlite:
            self.backup(free_name(self.file.with_name(f"{self.file.name}.before-{migrations.newest()}")))
        with self.writing(durable=True) as c:
            migrations.upgrade(c)

    def backup(self, path: Path) -> None:
        """Write a whole and consistent copy while others go on reading and writing.

        The path holds the whole copy or nothing. Raises FileExistsError rather than write over anything,
        OSError where nothing can be written; StoreAway on PostgreSQL, whose own tool does it better.
        """
        if not self.is_sqlite:
            raise StoreAway(f"{self.name}: PostgreSQL is backed up by `pg_dump --format=custom`, not by us")
        if path.exists():
            raise FileExistsError(f"{path}: there is something already; name a new file")
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        part.touch(exist_ok=False)
        try:
            with self._door(), self.engine.connect() as c:
                c = c.execution_options(house_mode="alone")
                c.execute(text("VACUUM INTO :path"), {"path": str(part)})
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _door(self, *, writes: bool = False) -> Iterator[None]:
        """Turn what a database says when it is away into StoreAway; our own mistakes pass."""
        try:
            yield
        except PoolTimeout as error:
            raise StoreAway(f"{self.name}: too many connections at once; try again") from error
        except DBAPIError as error:
            reason = str(error.orig).strip().splitlines()[0]
            if is_damage(error):
                advice = "`inthenews db restore BACKUP` puts a backup in its place"
                raise StoreDamaged(f"{self.name}: the file is damaged ({reason}); {advice}") from error
            if is_locked_away(error) and (writes or error.statement is None):
                advice = "this user must be able to write the file and its folder"
                raise StoreAway(
                    f"{self.name}: the database cannot be written ({reason}); {advice}"
                ) from error
            if not is_away(error):
                raise
            raise StoreAway(f"{self.name}: the database does not answer: {reason}") from error


READING: dict[str, dict[str, Any]] = {
    "sqlite": {"house_mode": "reading"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

# SQLite's primary result codes for which a person, not a programmer, must do something.
SQLITE_AWAY = (
    "SQLITE_BUSY",
    "SQLITE_CANTOPEN",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_LOCKED",
    "SQLITE_PERM",
)


def is_away(error: DBAPIError) -> bool:
    """Whether the database is out of reach, rather than our SQL wrong.

    PostgreSQL: no connection, or the classes 53 (out of resources), 57 (shut down by
    its operator) and 58 (its system failed) of https://www.postgresql.org/docs/current/errcodes-appendix.html
    """
    code = getattr(error.orig, "sqlite_errorname", None)
    if code is not None:
        return str(code).startswith(SQLITE_AWAY)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"
    return error.connection_invalidated or str(state)[:2] in ("08", "53", "57", "58")


def is_damage(error: DBAPIError) -> bool:
    """Whether the file is no SQLite database, or no whole one."""
    code = str(getattr(error.orig, "sqlite_errorname", ""))
    return code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def is_locked_away(error: DBAPIError) -> bool:
    """Whether SQLite may not write; where we asked it to read only, that is our own mistake."""
    return str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_READONLY")


def read_url(url: str) -> URL:
    """The address in the form that SQLAlchemy takes, with our drivers."""
    try:
        address = make_url(url)
        backend = address.drivername.partition("+")[0]
        return address.set(drivername=DRIVERS[backend])
    except (ArgumentError, NoSuchModuleError, KeyError) as error:
        kind = f"{url.partition('://')[0]}://…" if "://" in url else "this"  # the rest may be a password
        raise StoreAway(f"{kind} is no database address; write sqlite:///file or postgresql://…") from error


def make_engine(address: URL) -> Engine:
    """A pool of connections, prepared so that both databases behave alike."""
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def prepare_sqlite(connection: Any, _record: object) -> None:
    """Leave beginning and ending to us, and set what SQLite forgets with each connection."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")


def begin_sqlite(c: Connection) -> None:
    """Begin as `reading` or `writing` asks.

    A transaction that reads first and writes later would fail at once, whatever the
    timeout, when another wrote in between; BEGIN IMMEDIATE waits its turn instead.
    "alone" is for statements that bear no transaction.
    """
    mode = c.get_execution_options().get("house_mode")
    writes = mode in ("writing", "durable")
    if c.info.pop("house_mode", None) != mode:  # a connection stays as it was set
        c.exec_driver_sql(f"PRAGMA query_only = {'ON' if mode == 'reading' else 'OFF'}")
        c.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if mode == 'durable' else 'NORMAL'}")
    c.info["house_mode"] = mode
    if mode != "alone":
        c.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def free_name(path: Path) -> Path:
    """The path itself, or with the first number behind it that is free."""
    numbered = (path.with_name(f"{path.name}.{number}") for number in range(1, 10_000))
    return path if not path.exists() else next(other for other in numbered if not other.exists())
