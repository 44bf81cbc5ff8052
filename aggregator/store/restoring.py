"""Puts a backup in the place of an SQLite database that nobody has open; what was there is kept beside it.

What was there may be damaged: then it is kept as it lies, journal and all.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from aggregator.errors import StoreDamaged, Unusable
from aggregator.store.session import Store, free_name

_JOURNALS = ("-wal", "-shm", "-journal")


def check_backup(path: Path) -> None:
    """Raise unless the file is a whole database of ours, of this version or an older one.

    Raises Unusable, or StoreTooNew.
    """
    if not path.is_file():
        raise Unusable(f"{path}: there is no such backup")
    store = Store.of_file(path)
    try:
        store.check_pages()
        store.check(older=True)
    except StoreDamaged as error:
        raise Unusable(f"{path}: this is no backup that can be used; take another ({error})") from error
    finally:
        store.close()


def put_in_place(backup: Path, file: Path, kept: Path) -> Path | None:
    """The backup becomes the file; answers where what was there lies now, None where there was nothing.

    At every moment there is a whole database at the file's place, or the damaged one. Raises
    Unusable while another process has the database open, whose decisions would be lost.
    """
    part = file.with_name(f".{file.name}.part")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(backup, part)
        before = _keep(file, free_name(kept)) if file.exists() else None
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return before


def _keep(file: Path, kept: Path) -> Path:
    """Give what is there a second name, with its journal where it cannot be worked in."""
    if not _fold_journal(file):
        for journal in _JOURNALS:
            lying = file.with_name(file.name + journal)
            if lying.exists():
                lying.rename(kept.with_name(kept.name + journal))
    try:
        os.link(file, kept)
    except OSError:  # a file system without second names
        shutil.copyfile(file, kept)
    return kept


def _fold_journal(file: Path) -> bool:
    """Work the journal into the file, which only works while nobody else has it open; False if damaged."""
    with closing(sqlite3.connect(file, timeout=0)) as c:
        try:
            c.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise Unusable(
                    f"{file}: another process has it open; stop `inthenews up` and the others first"
                ) from error
            return False
        except sqlite3.DatabaseError:
            return False
    return True
