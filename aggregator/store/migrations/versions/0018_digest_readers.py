"""Add who gets a campaign's digest by mail, and who wants no more of it."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.columns import Instant, Words

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "digest_readers",
        sa.Column("campaign", Words, nullable=False),
        sa.Column("address", Words, nullable=False),
        sa.Column("token", Words, nullable=False),
        sa.Column("left_at", Instant),
        sa.PrimaryKeyConstraint("campaign", "address", name="pk_digest_readers"),
        sa.UniqueConstraint("token", name="uq_digest_readers_token"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("digest_readers")
