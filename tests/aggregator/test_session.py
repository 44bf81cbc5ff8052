"""Opening a database: transactions, upgrades, backups, and what is said when it is away."""

import pickle
import sqlite3
import zlib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, insert, select, text
from sqlalchemy.exc import DBAPIError

from aggregator.errors import StoreAway, StoreDamaged, StoreTooNew
from aggregator.store import migrations, pages
from aggregator.store.migrations import metadata
from aggregator.store.session import Store
from aggregator.store.source_tables import holds
from aggregator.store.tables import pages as pages_table
from crawler.records import Page
from tests.aggregator.samples import NOON
from tests.conftest import run_alone


def add_hold(store: Store, domain: str) -> None:
    """Write something."""
    with store.writing() as c:
        c.execute(insert(holds), [{"domain": domain, "until": NOON}])


def domains(store: Store) -> list[str]:
    """Read it again."""
    with store.reading() as c:
        return list(c.scalars(select(holds.c.domain)))


def test_what_is_written_is_read_again(store: Store) -> None:
    add_hold(store, "a.example")
    assert domains(store) == ["a.example"]


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as c:
        c.execute(insert(holds), [{"domain": "a.example", "until": NOON}])
        raise ZeroDivisionError
    assert domains(store) == []


def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError), store.reading() as c:
        c.execute(insert(holds), [{"domain": "a.example", "until": NOON}])
    add_hold(store, "b.example")
    assert domains(store) == ["b.example"]


def test_reading_sees_one_state_while_others_write(store: Store) -> None:
    with store.reading() as c:
        before = list(c.scalars(select(holds.c.domain)))
        add_hold(store, "a.example")
        assert list(c.scalars(select(holds.c.domain))) == before == []
    assert domains(store) == ["a.example"]


def test_times_come_back_as_aware_utc(store: Store) -> None:
    add_hold(store, "a.example")
    with store.reading() as c:
        until = c.scalar(select(holds.c.until))
    assert until == NOON and until.utcoffset() == NOON.utcoffset()


def test_text_that_no_database_takes_is_kept_without_it(store: Store) -> None:
    add_hold(store, "nul\0 and \ud800")
    assert domains(store) == ["nul and ?"]


def test_decisions_reach_the_disk_and_finds_may_wait(sqlite_store: Store) -> None:
    with sqlite_store.writing(durable=True) as c:
        assert c.scalar(text("PRAGMA synchronous")) == 2
    with sqlite_store.writing() as c:
        assert c.scalar(text("PRAGMA synchronous")) == 1
        assert c.scalar(text("PRAGMA foreign_keys")) == 1
        assert c.scalar(text("PRAGMA journal_mode")) == "wal"


def test_a_store_travels_by_its_address_only(store: Store) -> None:
    add_hold(store, "a.example")
    other = pickle.loads(pickle.dumps(store))
    assert domains(other) == ["a.example"]
    other.close()


def test_a_password_is_never_shown() -> None:
    assert "secret" not in Store("postgresql://ana:secret@db.example/news").name
    assert "secret" not in Store("postgresql://db.example/news?user=ana&password=secret").name


@pytest.mark.parametrize("wrong", ["postgresqll://ana:secret@db.example/news", "postgresql:/ana:secret@db"])
def test_a_password_in_a_wrong_address_is_not_repeated(wrong: str) -> None:
    with pytest.raises(StoreAway, match="no database address") as told:
        Store(wrong)
    assert "secret" not in str(told.value)


def is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    """The full-text table of SQLite and the index in its place are known to `store.search` alone."""
    return not (name or "").startswith("words_found")


def test_the_migrations_make_the_tables_of_the_code(store: Store) -> None:
    with store.reading() as c:
        context = MigrationContext.configure(c, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, metadata) == []


def test_an_address_that_is_none_is_refused_in_words() -> None:
    for url in ("", "no address", "mysql://db.example/news"):
        with pytest.raises(StoreAway, match="no database address"):
            Store(url)


def test_a_missing_file_is_away_and_not_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(StoreAway, match="db upgrade"):
        Store.open(f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_away(tmp_path: Path) -> None:
    (tmp_path / "news.db").write_text("This is a shopping list. " * 100)
    with pytest.raises(StoreAway, match="not a database"):
        Store.open(f"sqlite:///{tmp_path}/news.db")


def test_a_database_that_may_not_be_written_is_away_and_says_who_may_help(sqlite_store: Store) -> None:
    add_hold(sqlite_store, "a.example")
    locked = Store(f"sqlite:///file:{sqlite_store.file}?mode=ro&uri=true")
    with pytest.raises(StoreAway, match=r"cannot be written .* its folder"):
        add_hold(locked, "b.example")
    assert domains(locked) == ["a.example"]
    locked.close()


def test_a_server_that_does_not_answer_is_away(tmp_path: Path) -> None:
    with pytest.raises(StoreAway, match="does not answer"):
        Store.open(f"postgresql://nobody@/news?host={tmp_path}")


def test_a_database_without_tables_is_away(postgres_url: URL) -> None:
    run_alone(postgres_url, "CREATE DATABASE bare")
    store = Store(postgres_url.set(database="bare").render_as_string(hide_password=False))
    with pytest.raises(StoreAway, match="db upgrade"):
        store.check()
    store.close()


def test_a_newer_schema_is_refused_and_left_alone(store: Store) -> None:
    with store.writing() as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for enter in (store.check, store.upgrade):
        with pytest.raises(StoreTooNew, match="newer version"):
            enter()
    assert store.revision() == "9999"


def test_upgrading_twice_changes_nothing(store: Store) -> None:
    add_hold(store, "a.example")
    store.upgrade()
    assert store.revision() == migrations.newest()
    assert domains(store) == ["a.example"]


def test_an_existing_file_is_copied_before_it_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    store = Store(f"sqlite:///{path}")
    with store.writing() as c:
        migrations.upgrade(c, "0001")
        c.execute(insert(holds), [{"domain": "a.example", "until": NOON}])
    store.upgrade()
    assert domains(store) == ["a.example"]
    store.close()
    [copy] = tmp_path.glob("*.before-*")
    with sqlite3.connect(copy) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert old.execute("SELECT domain FROM holds").fetchall() == [("a.example",)]


def test_a_failed_upgrade_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    store = Store(f"sqlite:///{path}")
    with store.writing() as c:
        migrations.upgrade(c, "0001")
        c.execute(text("CREATE TABLE decisions (somebody_elses INTEGER)"))
    with pytest.raises(DBAPIError):
        store.upgrade()
    assert store.revision() == "0001"
    with store.reading() as c:
        tables = set(c.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    assert "mentions" not in tables
    store.close()


def test_every_step_can_be_taken_back(store: Store) -> None:
    with store.writing() as c:
        migrations.downgrade(c, "base")
        migrations.upgrade(c)
        assert compare_metadata(MigrationContext.configure(c, opts={"include_name": is_ours}), metadata) == []


def test_pages_are_read_however_they_were_packed_and_packed_as_before_when_taken_back(store: Store) -> None:
    page = Page(
        requested_url="https://a.example/1",
        final_url="https://a.example/1",
        status=200,
        headers=(),
        body=b"<p>a page</p>" * 50,
        fetched_at=NOON,
    )
    with store.writing() as c:
        pages.keep(c, page)
        migrations.downgrade(c, "0014")
        assert zlib.decompress(c.scalars(select(pages_table.c.body)).one()) == page.body
        migrations.upgrade(c)
        assert pages.find(c, page.final_url) == page


def test_a_connection_changes_between_reading_deciding_and_finding(sqlite_store: Store) -> None:
    modes = []
    for durable in (False, True, False):
        assert domains(sqlite_store) == []
        with sqlite_store.writing(durable=durable) as c:
            modes.append([c.scalar(text(f"PRAGMA {name}")) for name in ("query_only", "synchronous")])
        with sqlite_store.reading() as c:
            modes.append([c.scalar(text("PRAGMA query_only"))])
    assert modes == [[0, 1], [1], [0, 2], [1], [0, 1], [1]]


def test_a_backup_holds_everything_and_writes_over_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    add_hold(sqlite_store, "a.example")
    copy = tmp_path / "copy.db"
    sqlite_store.backup(copy)
    restored = Store.open(f"sqlite:///{copy}")
    assert domains(restored) == ["a.example"]
    restored.close()
    with pytest.raises(FileExistsError):
        sqlite_store.backup(copy)


def test_a_backup_that_cannot_be_written_leaves_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sqlite_store.backup(tmp_path / "none" / "copy.db")
    (tmp_path / "news.db").write_text("This is a shopping list. " * 100)
    with pytest.raises(StoreDamaged):
        Store(f"sqlite:///{tmp_path}/news.db").backup(tmp_path / "copy.db")
    assert not [path.name for path in tmp_path.iterdir() if "copy" in path.name]


def test_postgresql_is_backed_up_by_its_own_tool(postgres_store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreAway, match="pg_dump"):
        postgres_store.backup(tmp_path / "copy")


def test_a_server_that_restarts_loses_nothing_and_is_found_again(
    postgres_store: Store, postgres_url: URL
) -> None:
    add_hold(postgres_store, "before.example")
    others = "pid <> pg_backend_pid() AND backend_type = 'client backend'"
    end_all = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
    with pytest.raises(StoreAway, match="does not answer"), postgres_store.writing() as c:
        c.execute(insert(holds), [{"domain": "meanwhile.example", "until": NOON}])
        run_alone(postgres_url, end_all)
        c.execute(insert(holds), [{"domain": "never.example", "until": NOON}])
    add_hold(postgres_store, "after.example")
    assert domains(postgres_store) == ["before.example", "after.example"]


def test_a_full_disk_is_said_in_one_line_and_leaves_nothing_half_written(sqlite_store: Store) -> None:
    add_hold(sqlite_store, "a.example")
    with pytest.raises(StoreAway, match="full"), sqlite_store.writing() as c:
        pages = c.scalar(text("PRAGMA page_count"))
        c.execute(text(f"PRAGMA max_page_count = {pages}"))
        for number in range(10_000):
            c.execute(insert(holds), [{"domain": f"{number}.example", "until": NOON}])
    assert domains(sqlite_store) == ["a.example"]
