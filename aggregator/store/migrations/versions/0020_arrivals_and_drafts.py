"""Add when a mention came to the desk, the campaign of a line of the audit, and drafts that stay."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.columns import Instant, Words

revision = "0020"
down_revision = "0019"

# Until now the desk took an entry to have come when its first article was found. Context came to few desks.
FILL = """
UPDATE mentions SET came_at = (SELECT first_seen FROM articles WHERE articles.key = mentions.article_key)
WHERE tier <> 'context'
"""


def upgrade() -> None:
    """Add the columns and the table; what is there already came when its article was first seen."""
    op.add_column("mentions", sa.Column("came_at", Instant))
    op.execute(FILL)
    op.add_column("audit", sa.Column("campaign", Words))
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", Words, nullable=False),
        sa.Column("kind", Words, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.UniqueConstraint("name", name="uq_drafts_name"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("drafts")
    op.drop_column("audit", "campaign")
    op.drop_column("mentions", "came_at")
