"""Jobs on what is kept: bring the tables up to date, copy, restore, forget what is past its time."""

import shutil
from datetime import datetime
from pathlib import Path

from aggregator import rejudge
from aggregator.errors import Unusable
from aggregator.records import RunReport
from aggregator.runs.house import House
from aggregator.settings import Settings
from aggregator.store import pruning
from aggregator.store.session import Store


def upgrade(settings: Settings) -> Store:
    """The store with its tables up to date. Raises StoreAway, StoreTooNew."""
    return Store.create(settings.database)


def backup(house: House, path: Path) -> None:
    """Copy the database while it is in use. Raises StoreAway, Unusable where there is a file already."""
    try:
        house.store.backup(path)
    except FileExistsError as error:
        raise Unusable(str(error)) from error


def restore(settings: Settings, path: Path, now: datetime) -> Path:
    """Put a backup in the database's place; answers where the present one was moved to.

    The backup is opened and checked first. Raises StoreAway, StoreTooNew, Unusable.
    """
    store = Store(settings.database)
    if not store.is_sqlite:
        raise Unusable(f"{store.name}: PostgreSQL is restored by `pg_restore`, not by us")
    if not path.is_file():
        raise Unusable(f"{path}: there is no such backup")
    backup = Store.open(f"sqlite:///{path}")
    backup.close()
    kept = store.file.with_name(f"{store.file.name}.before-restore-{now:%Y%m%dT%H%M%S}")
    if store.file.exists():
        store.backup(kept)
    part = store.file.with_name(f".{store.file.name}.part")
    shutil.copyfile(path, part)
    for suffix in ("-wal", "-shm"):
        store.file.with_name(store.file.name + suffix).unlink(missing_ok=True)
    part.replace(store.file)
    return kept


def prune(house: House, now: datetime) -> RunReport:
    """Forget pages and articles past their retention that matter to no campaign and no decision.

    Of the others, those are made findable by their words that are not yet.
    """
    gone = pruning.prune(house.store, now - house.settings.retention)
    rejudge.index(house.store)
    counts = {"pages": gone.pages, "looks_at_sources": gone.polls, "articles": gone.articles}
    return RunReport(job="prune", started=now, ended=now, counts=counts)
