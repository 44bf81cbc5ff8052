"""Jobs on what is kept: bring the tables up to date, copy, restore, forget what is past its time."""

import shutil
from datetime import datetime
from pathlib import Path

from aggregator import rejudge
from aggregator.errors import StoreAway, StoreTooNew, Unusable
from aggregator.records import RunReport
from aggregator.runs.house import House
from aggregator.settings import Settings
from aggregator.store import pruning
from aggregator.store.leadership import leadership
from aggregator.store.session import Store, free_name

BESIDE = ("-wal", "-shm")  # SQLite's own files beside a database


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

    A copy of the backup is opened and checked first; one of an older version will do, since tables
    are brought up to date when they are next opened. The present database is kept as it is where it
    is broken. Raises StoreAway, StoreTooNew, Unusable.
    """
    store = Store(settings.database)
    if not store.is_sqlite:
        raise Unusable(f"{store.name}: PostgreSQL is restored by `pg_restore`, not by us")
    if not path.is_file():
        raise Unusable(f"{path}: there is no such backup")
    store.file.parent.mkdir(parents=True, exist_ok=True)
    lead = leadership(store)
    if not lead.take():
        raise Unusable(f"{store.name} is in use by `inthenews up` or `schedule`; stop it first")
    try:
        part = _checked_copy(path, store.file.with_name(f".{store.file.name}.part"))
        kept = free_name(store.file.with_name(f"{store.file.name}.before-restore-{now:%Y%m%dT%H%M%S}"))
        if store.file.exists():
            _set_aside(store, kept)
        for suffix in BESIDE:
            _beside(store.file, suffix).unlink(missing_ok=True)
        part.replace(store.file)
        return kept
    finally:
        lead.release()


def _checked_copy(backup: Path, part: Path) -> Path:
    """A copy of the backup that is known to be a database of ours; the backup itself is only read."""
    shutil.copyfile(backup, part)
    copy = Store.of_file(part)
    try:
        revision = copy.known_revision()
    except (StoreAway, StoreTooNew) as error:
        part.unlink()
        raise type(error)(str(error).replace(copy.name, str(backup))) from error
    finally:
        copy.close()
        for suffix in BESIDE:
            _beside(part, suffix).unlink(missing_ok=True)
    if revision is None:
        part.unlink()
        raise Unusable(f"{backup}: this is no backup of ours; it has none of our tables")
    return part


def _set_aside(store: Store, kept: Path) -> None:
    """Keep the present database; of a broken one, which may be why one restores, the files as they are."""
    try:
        store.backup(kept)
    except StoreAway:
        shutil.copyfile(store.file, kept)
        if _beside(store.file, "-wal").exists():
            shutil.copyfile(_beside(store.file, "-wal"), _beside(kept, "-wal"))
    finally:
        store.close()


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


def prune(house: House, now: datetime) -> RunReport:
    """Forget pages and articles past their retention that matter to no campaign and no decision.

    Of the others, those are made findable by their words that are not yet.
    """
    gone = pruning.prune(house.store, now - house.settings.retention)
    rejudge.index(house.store)
    counts = {"pages": gone.pages, "looks_at_sources": gone.polls, "articles": gone.articles}
    return RunReport(job="prune", started=now, ended=now, counts=counts)
