"""Make the table of what people want outlets to be called."""

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint

from aggregator.store.columns import Instant, Words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "outlet_names",
        Column("outlet", Words, nullable=False),
        Column("name", Words, nullable=False),
        Column("said_by", Words, nullable=False),
        Column("said_at", Instant, nullable=False),
        PrimaryKeyConstraint("outlet", name="pk_outlet_names"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("outlet_names")
