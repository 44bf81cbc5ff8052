"""A backup in the place of a database: whatever state that is in, and only while nobody has it open."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from aggregator.errors import StoreTooNew, Unusable
from aggregator.store.restoring import check_backup, put_in_place
from aggregator.store.session import Store
from aggregator.store.source_tables import holds
from tests.aggregator.samples import NOON


def make(path: Path, domain: str) -> Path:
    """A closed database that holds this."""
    store = Store.create(f"sqlite:///{path}")
    with store.writing() as c:
        c.execute(insert(holds), [{"domain": domain, "until": NOON}])
    store.close()
    return path


def held(path: Path) -> list[str]:
    """What it holds."""
    store = Store.open(f"sqlite:///{path}")
    with store.reading() as c:
        found = list(c.scalars(select(holds.c.domain)))
    store.close()
    return found


def set_revision(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as c, c:
        c.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_what_was_there_is_kept_beside_it(tmp_path: Path) -> None:
    file, backup = make(tmp_path / "news.db", "now.example"), make(tmp_path / "backup.db", "then.example")
    assert put_in_place(backup, file, tmp_path / "kept.db") == tmp_path / "kept.db"
    assert (held(file), held(tmp_path / "kept.db"), held(backup)) == (
        ["then.example"],
        ["now.example"],
        ["then.example"],
    )
    assert put_in_place(backup, file, tmp_path / "kept.db") == tmp_path / "kept.db.1"


def test_where_nothing_was_there_nothing_is_kept(tmp_path: Path) -> None:
    backup = make(tmp_path / "backup.db", "then.example")
    assert put_in_place(backup, tmp_path / "data" / "news.db", tmp_path / "kept.db") is None
    assert held(tmp_path / "data" / "news.db") == ["then.example"]


@pytest.mark.parametrize("left", [0.4, 0], ids=["torn off", "no database at all"])
def test_a_damaged_database_is_replaced_and_kept_as_it_lies(tmp_path: Path, left: float) -> None:
    file, backup = make(tmp_path / "news.db", "now.example"), make(tmp_path / "backup.db", "then.example")
    whole = file.read_bytes()
    torn = whole[: int(len(whole) * left)] or b"a shopping list" * 100
    file.write_bytes(torn)
    file.with_name("news.db-wal").write_bytes(b"its journal")
    put_in_place(backup, file, tmp_path / "kept.db")
    assert held(file) == ["then.example"]
    assert (tmp_path / "kept.db").read_bytes() == torn


def test_a_database_that_somebody_has_open_is_left_alone(tmp_path: Path) -> None:
    file, backup = make(tmp_path / "news.db", "now.example"), make(tmp_path / "backup.db", "then.example")
    desk = Store.open(f"sqlite:///{file}")
    with pytest.raises(Unusable, match="another process has it open"):
        put_in_place(backup, file, tmp_path / "kept.db")
    desk.close()
    assert held(file) == ["now.example"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.db", "news.db"]


def test_only_a_whole_database_of_ours_is_a_backup(tmp_path: Path) -> None:
    whole = make(tmp_path / "backup.db", "then.example")
    check_backup(whole)
    (tmp_path / "torn.db").write_bytes(whole.read_bytes()[:20_000])
    (tmp_path / "list.db").write_text("a shopping list" * 100)
    (tmp_path / "empty.db").write_bytes(b"")
    for name in ("torn.db", "list.db", "empty.db", "none.db"):
        with pytest.raises(Unusable, match=r"no backup that can be used|no such backup"):
            check_backup(tmp_path / name)


def test_a_backup_of_an_older_version_is_good_and_one_of_a_newer_is_not(tmp_path: Path) -> None:
    backup = make(tmp_path / "backup.db", "then.example")
    set_revision(backup, "0001")
    check_backup(backup)
    set_revision(backup, "9999")
    with pytest.raises(StoreTooNew):
        check_backup(backup)
