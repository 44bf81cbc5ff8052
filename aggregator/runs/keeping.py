"""Jobs on what is kept: bring the tables up to date, copy, restore, forget what is past its time."""

from datetime import datetime
from pathlib import Path

from aggregator import rejudge
from aggregator.errors import Unusable
from aggregator.records import RunReport
from aggregator.runs.house import House
from aggregator.settings import Settings
from aggregator.store import pruning, restoring
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
    except OSError as error:
        raise Unusable(f"{path}: no backup can be written there: {error.strerror}") from error


def restore(settings: Settings, path: Path, now: datetime) -> Path | None:
    """Put a backup in the database's place; answers where what was there lies now, None if there was none.

    The backup is looked through first; one with older tables is upgraded when it is next opened, as any
    database is. Raises StoreAway, StoreTooNew, Unusable.
    """
    store = Store(settings.database)
    if not store.is_sqlite:
        raise Unusable(f"{store.name}: PostgreSQL is restored by `pg_restore`, not by us")
    if store.file.exists() and path.exists() and path.samefile(store.file):
        raise Unusable(f"{path}: this is the database itself, not a backup of it")
    restoring.check_backup(path)
    kept = store.file.with_name(f"{store.file.name}.before-restore-{now:%Y%m%dT%H%M%S}")
    try:
        return restoring.put_in_place(path, store.file, kept)
    except OSError as error:
        raise Unusable(
            f"{store.file}: nothing is restored: {error.strerror}; free space or rights"
        ) from error


def prune(house: House, now: datetime) -> RunReport:
    """Forget pages and articles past their retention that matter to no campaign and no decision.

    Of the others, those are made findable by their words that are not yet.
    """
    gone = pruning.prune(house.store, now - house.settings.retention)
    rejudge.index(house.store)
    counts = {"pages": gone.pages, "looks_at_sources": gone.polls, "articles": gone.articles}
    return RunReport(job="prune", started=now, ended=now, counts=counts)
