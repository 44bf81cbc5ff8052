"""Add how far each campaign is with matching the stored articles again."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.columns import Words

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "rematches",
        sa.Column("campaign", Words, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("after", Words, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("gained", sa.Integer, nullable=False),
        sa.Column("lost", sa.Integer, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("campaign", name="pk_rematches"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("rematches")
