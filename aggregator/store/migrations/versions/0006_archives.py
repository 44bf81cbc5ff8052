"""Make the table of how far each archive was read."""

from alembic import op
from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint

from aggregator.store.columns import Instant, Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "archives",
        Column("name", Words, nullable=False),
        Column("bytes", BigInteger, nullable=False),
        Column("read_to", BigInteger, nullable=False),
        Column("pages", BigInteger, nullable=False),
        Column("kept", BigInteger, nullable=False),
        Column("ended_at", Instant),
        PrimaryKeyConstraint("name", "bytes", name="pk_archives"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("archives")
