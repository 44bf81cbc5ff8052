"""Pages are kept as zstd from here on: those there are stay as they are, older software stays out."""

import zlib

import sqlalchemy as sa
from alembic import op

from aggregator.store.packing import unpack_bytes

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Change nothing: both forms can be read."""


def downgrade() -> None:
    """Write the pages as they were written before."""
    c = op.get_bind()
    pages = sa.table("pages", sa.column("key"), sa.column("body"))
    for key in c.scalars(sa.select(pages.c.key)).all():
        this = pages.c.key == key
        body = unpack_bytes(c.execute(sa.select(pages.c.body).where(this)).scalar_one())
        c.execute(sa.update(pages).where(this).values(body=zlib.compress(body, 1)))
