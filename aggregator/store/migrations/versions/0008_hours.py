"""Add the hours of the day at which a source brings news."""

from alembic import op
from sqlalchemy import JSON, Column

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column."""
    op.add_column("poll_states", Column("hours", JSON))


def downgrade() -> None:
    """Remove the column."""
    op.drop_column("poll_states", "hours")
