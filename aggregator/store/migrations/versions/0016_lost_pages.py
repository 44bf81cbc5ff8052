"""Add the published pages that could not be opened when they were looked at again."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.columns import Instant, Words

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "lost_pages",
        sa.Column("key", Words, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_lost_pages"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("lost_pages")
