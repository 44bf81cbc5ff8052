"""The road from one form of the tables to the next (Alembic); what the tables mean is in `tables.py`.

Each file in `versions/` is one step and one sentence; files are found beside this one, so
that they are there wherever the package is installed.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from aggregator.store.link_tables import links
from aggregator.store.people_tables import users

HERE = Path(__file__).parent

# All tables: some stand in files of their own, and join the others when these are read.
metadata = users.metadata
assert links.metadata is metadata


def known() -> tuple[str, ...]:
    """The steps that this software knows, oldest first."""
    return tuple(sorted(path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*.py")))


def newest() -> str:
    """The step that the tables of this software are at."""
    return known()[-1]


def upgrade(c: Connection, to: str = "head") -> None:
    """Take the tables to a step (the newest), inside the transaction of `c`."""
    command.upgrade(configure(c), to)


def downgrade(c: Connection, to: str) -> None:
    """Take the tables back to a step, inside the transaction of `c`; what later steps added is lost."""
    command.downgrade(configure(c), to)


def configure(c: Connection) -> Config:
    """What Alembic must know: where the steps are, and the connection to use."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = c
    return config
