"""Restoring as a command does it: a backup is only read, and older tables are brought up to date."""

from pathlib import Path

import pytest

from aggregator import runs, settings
from aggregator.settings import Settings
from aggregator.store import articles, migrations
from aggregator.store.session import Store
from tests.aggregator.samples import NOON, make_article, take_in


@pytest.fixture
def told(tmp_path: Path) -> Settings:
    """Settings whose database is not there yet."""
    (tmp_path / "settings.toml").write_text(
        '[who]\norganisation = "Rivers"\ncontact = "mailto:ana@campaign.example"\n', encoding="utf-8"
    )
    database = tmp_path / "data" / "inthenews.sqlite3"
    return settings.load(tmp_path, {"INTHENEWS_DATABASE": f"sqlite:///{database}"})


def test_a_backup_is_only_read_and_may_have_any_name(
    told: Settings, sqlite_store: Store, tmp_path: Path
) -> None:
    take_in(sqlite_store, *map(make_article, (1, 2, 3)))
    (tmp_path / "where nobody can write").mkdir()
    backup = tmp_path / "where nobody can write" / "monday? #1 100%.sqlite3"
    sqlite_store.backup(backup)
    before = backup.read_bytes()
    assert runs.restore(told, backup, NOON) is None
    assert backup.read_bytes() == before and list(backup.parent.iterdir()) == [backup]
    store = Store.open(told.database)
    with store.reading() as c:
        assert articles.count(c) == 3
    store.close()
    assert runs.restore(told, backup, NOON) != runs.restore(told, backup, NOON), "nothing is written over"


def test_tables_of_an_older_version_are_brought_up_to_date(told: Settings, tmp_path: Path) -> None:
    older = Store.of_file(tmp_path / "older.sqlite3")
    with older.writing() as c:
        migrations.upgrade(c, migrations.known()[-3])
    older.close()
    runs.restore(told, older.file, NOON)
    Store.create(told.database).close()
    assert Store(told.database).revision() == migrations.newest()
