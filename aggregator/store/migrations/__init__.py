"""The road from one form of the tables to the next (Alembic); what the tables mean is in `tables.py`.

Each file in `versions/` is one step and one sentence; files are found beside this one, so
that they are there wherever the package is installed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from aggregator.store import crowd_tables, link_tables, people_tables, push_tables, source_tables
from aggregator.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent

# Tables that stand in a file of their own join the others when it is read.
__all__ = [
    "crowd_tables",
    "downgrade",
    "known",
    "link_tables",
    "metadata",
    "newest",
    "people_tables",
    "push_tables",
    "source_tables",
    "upgrade",
]


def known() -> tuple[str, ...]:
    """The steps that this software knows, oldest first."""
    return tuple(sorted(path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*.py")))


def newest() -> str:
    """The step that the tables of this software are at."""
    return known()[-1]


def upgrade(c: Connection, to: str = "head") -> None:
    """Take the tables to a step (the newest), inside the transaction of `c`."""
    from alembic import command  # slow to load, and seldom needed

    command.upgrade(configure(c), to)


def downgrade(c: Connection, to: str) -> None:
    """Take the tables back to a step, inside the transaction of `c`; what later steps added is lost."""
    from alembic import command  # slow to load, and seldom needed

    command.downgrade(configure(c), to)


def configure(c: Connection) -> "Config":
    """What Alembic must know: where the steps are, and the connection to use."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = c
    return config
