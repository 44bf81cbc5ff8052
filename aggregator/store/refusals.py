"""What an error of a database means: out of reach, damaged, not to be written, or a mistake of ours."""

from sqlalchemy.exc import DBAPIError

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
