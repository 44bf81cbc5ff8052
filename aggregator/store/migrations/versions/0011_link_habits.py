"""Add what the links of each site turned out to be."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.columns import Instant, Words

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "link_habits",
        sa.Column("site", Words, nullable=False),
        sa.Column("feature", Words, nullable=False),
        sa.Column("value", Words, nullable=False),
        sa.Column("articles", sa.Float, nullable=False),
        sa.Column("others", sa.Float, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("site", "feature", "value", name="pk_link_habits"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("link_habits")
