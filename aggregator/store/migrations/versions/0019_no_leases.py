"""Remove the leases, which nothing takes: one leader runs the jobs, and that lead is a lock."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.columns import Instant, Words

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Remove the table, which is empty."""
    op.drop_table("leases")


def downgrade() -> None:
    """Make it again."""
    op.create_table(
        "leases",
        sa.Column("name", Words, nullable=False),
        sa.Column("holder", Words, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
