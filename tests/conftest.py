"""What several rooms' tests need: a fresh, real database each, cheaply."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, create_engine, delete, make_url, text

from aggregator.store import migrations
from aggregator.store.session import Store
from tests.provide import postgres_server

# The same examples each time, so that what passes here passes everywhere; `pytest --hypothesis-profile
# seeking` looks for new ones.
settings.register_profile("seeking", derandomize=False)
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


# Where the product keeps its database if nothing else is said: it belongs to whoever runs the tests.
THEIRS = Path("data/inthenews.sqlite3")


@pytest.fixture(autouse=True)
def leave_their_data_alone() -> Iterator[None]:
    """No test may write where the product would: one test's articles would be the next one's."""
    before = THEIRS.stat().st_mtime_ns if THEIRS.exists() else None
    yield
    assert (THEIRS.stat().st_mtime_ns if THEIRS.exists() else None) == before, f"{THEIRS} was written to"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables; copying it is cheaper than making it."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    store = Store.create(f"sqlite:///{path}")
    store.close()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    """A real PostgreSQL server for the session.

    Its folder is not one of pytest's: the path of a socket must be short.
    """
    with tempfile.TemporaryDirectory(prefix="pg-") as folder, postgres_server(Path(folder)) as url:
        # Nobody cuts the power in the middle of a test.
        run_alone(make_url(url), "ALTER SYSTEM SET fsync = off")
        run_alone(make_url(url), "SELECT pg_reload_conf()")
        yield make_url(url)


def run_alone(url: URL, statement: str) -> None:
    """Run one statement that bears no transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as c:
        c.execute(text(statement))
    engine.dispose()


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A fresh SQLite database."""
    path = tmp_path / "inthenews.db"
    shutil.copy(sqlite_template, path)
    store = Store.open(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def postgres_store(postgres_url: URL) -> Iterator[Store]:
    """A fresh PostgreSQL database: the tables are emptied, or made anew where a test changed them."""
    store = Store(postgres_url.render_as_string(hide_password=False))
    if store.revision() == migrations.newest():
        empty_tables(store)
    else:
        run_alone(postgres_url, "DROP SCHEMA public CASCADE")
        run_alone(postgres_url, "CREATE SCHEMA public")
        store.upgrade()
    yield store
    store.close()


def empty_tables(store: Store) -> None:
    """Empty all tables and count from one again."""
    with store.writing() as c:
        for table in reversed(migrations.metadata.sorted_tables):
            c.execute(delete(table))
        for name in c.scalars(text("SELECT sequencename FROM pg_sequences")).all():
            c.execute(text(f"ALTER SEQUENCE {name} RESTART"))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A fresh database with all tables: a test that asks for it runs on SQLite and on PostgreSQL."""
    given: Store = request.getfixturevalue("sqlite_store" if request.param == "sqlite" else "postgres_store")
    return given
