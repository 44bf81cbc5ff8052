"""Restoring a backup: the present database is kept whatever its state, and nothing half takes its place."""

from pathlib import Path

import pytest

from aggregator import desk, runs, settings
from aggregator.errors import StoreAway, StoreTooNew, Unusable
from aggregator.settings import Settings
from aggregator.store import articles, migrations
from aggregator.store.leadership import leadership
from aggregator.store.session import Store
from tests.aggregator.samples import NOON, make_article, take_in


@pytest.fixture
def backup(sqlite_store: Store, tmp_path: Path) -> Path:
    """A backup that holds three articles, under a name that an address would be cut at."""
    take_in(sqlite_store, *map(make_article, (1, 2, 3)))
    path = tmp_path / "monday? #1 100%.sqlite3"
    sqlite_store.backup(path)
    return path


@pytest.fixture
def told(tmp_path: Path) -> Settings:
    """Settings whose database is not there yet."""
    (tmp_path / "settings.toml").write_text(
        '[who]\norganisation = "Rivers"\ncontact = "mailto:ana@campaign.example"\n', encoding="utf-8"
    )
    database = tmp_path / "data" / "inthenews.sqlite3"
    return settings.load(tmp_path, {"INTHENEWS_DATABASE": f"sqlite:///{database}"})


def how_many(told: Settings) -> int:
    """How many articles the restored database holds, after it was opened as any command opens it."""
    store = Store.create(told.database)
    with store.reading() as c:
        found = articles.count(c)
    store.close()
    return found


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(".leader")}


def test_a_backup_is_put_where_nothing_is(told: Settings, backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    kept = runs.restore(told, backup, NOON)
    assert kept is None
    assert how_many(told) == 3
    assert backup.read_bytes() == before, "a backup may lie where nobody can write"


def test_the_present_database_is_kept_whole(told: Settings, backup: Path) -> None:
    present = Store.create(told.database)
    take_in(present, make_article(7))
    desk.accept(present, "sanctuary", [make_article(7).key], desk.Signature(by="Ana", at=NOON))
    kept = runs.restore(told, backup, NOON)
    assert how_many(told) == 3
    aside = Store.open(f"sqlite:///{kept}")
    assert [entry.headline for entry in desk.entries(aside, "sanctuary")] == [make_article(7).headline]
    aside.close()
    assert runs.restore(told, backup, NOON) != kept, "twice in a second writes over nothing"


def test_a_broken_database_can_be_restored_and_is_kept_as_it_is(told: Settings, backup: Path) -> None:
    file = Store(told.database).file
    file.parent.mkdir()
    broken = backup.read_bytes()[:40_960] + b"\xff" * 40_960
    file.write_bytes(broken)
    kept = runs.restore(told, backup, NOON)
    assert kept is not None and kept.read_bytes() == broken
    assert how_many(told) == 3


def test_a_backup_of_an_older_version_is_brought_up_to_date(told: Settings, tmp_path: Path) -> None:
    older = Store.of_file(tmp_path / "older.sqlite3")
    with older.writing() as c:
        migrations.upgrade(c, migrations.known()[-3])
    older.close()
    runs.restore(told, older.file, NOON)
    assert how_many(told) == 0
    assert Store(told.database).revision() == migrations.newest()


def test_what_is_no_backup_changes_nothing(told: Settings, tmp_path: Path) -> None:
    Store.create(told.database).close()
    file = Store(told.database).file
    here, before = names(file.parent), file.read_bytes()
    wrong, empty, newer = (tmp_path / name for name in ("wrong", "empty", "newer"))
    wrong.write_bytes(b"no database at all" * 100)
    empty.touch()
    store = Store.create(f"sqlite:///{newer}")
    with store.writing() as c:
        c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    for path, error in ((wrong, StoreAway), (empty, Unusable), (newer, StoreTooNew)):
        with pytest.raises(error, match=path.name):
            runs.restore(told, path, NOON)
    assert (names(file.parent), file.read_bytes()) == (here, before)


def test_a_database_in_use_is_not_taken_away_from_under_the_scheduler(told: Settings, backup: Path) -> None:
    running = leadership(Store.create(told.database))
    assert running.take()
    with pytest.raises(Unusable, match="stop it first"):
        runs.restore(told, backup, NOON)
    running.release()
    runs.restore(told, backup, NOON)
