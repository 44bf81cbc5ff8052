"""Note the articles with which more hangs together than they were given time for."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.columns import Words

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "unsettled",
        sa.Column("article_key", Words, nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["articles.key"], name="fk_unsettled_article_key_articles"),
        sa.PrimaryKeyConstraint("article_key", name="pk_unsettled"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("unsettled")
