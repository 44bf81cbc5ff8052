"""The road from one form of the tables to the next (Alembic); what the tables mean is in `tables.py`.

Each file in `versions/` is one step and one sentence; files are found beside this one, so
that they are there wherever the package is installed.
"""

from pathlib import Path

from sqlalchemy import Connection

HERE = Path(__file__).parent


def known() -> tuple[str, ...]:
    """The steps that this software knows, oldest first, without loading Alembic (half a second)."""
    return tuple(sorted(path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*.py")))


def newest() -> str:
    """The step that the tables of this software are at."""
    return known()[-1]


def upgrade(c: Connection) -> None:
    """Take the tables to the newest step, inside the transaction of `c`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = c
    command.upgrade(config, "head")
