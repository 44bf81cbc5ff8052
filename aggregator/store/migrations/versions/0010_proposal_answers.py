"""Make the table of what people answered to proposals: which outlet to watch, which source to leave."""

from alembic import op
from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint

from aggregator.store.columns import Instant, Words

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "proposal_answers",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("subject", Words, nullable=False),
        Column("refused", Boolean, nullable=False),
        Column("by", Words, nullable=False),
        Column("at", Instant, nullable=False),
        Column("note", Words, nullable=False),
        PrimaryKeyConstraint("id", name="pk_proposal_answers"),
    )
    op.create_index("ix_proposal_answers_subject_id", "proposal_answers", ["subject", "id"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("proposal_answers")
