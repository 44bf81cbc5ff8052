"""Make the table of the words by which articles are found again."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR

from aggregator.store.columns import Words

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table; in SQLite the words themselves lie in a full-text table beside it."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "article_words",
        Column("id", Integer, nullable=False),
        Column("article_key", Words, nullable=False),
        Column("version_id", Integer, nullable=False),
        Column("form", Integer, nullable=False),
        Column("words", Text().with_variant(TSVECTOR(), "postgresql")),
        PrimaryKeyConstraint("id", name="pk_article_words"),
        UniqueConstraint("article_key", name="uq_article_words_article_key"),
        ForeignKeyConstraint(["article_key"], ["articles.key"], name="fk_article_words_article_key_articles"),
        ForeignKeyConstraint(
            ["version_id"], ["article_versions.id"], name="fk_article_words_version_id_article_versions"
        ),
        sqlite_autoincrement=True,
    )
    if on_sqlite:
        op.execute(
            "CREATE VIRTUAL TABLE words_found USING fts5("
            "words, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\")"
        )
    else:
        op.create_index("words_found", "article_words", ["words"], postgresql_using="gin")


def downgrade() -> None:
    """Remove what was made."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE words_found")
    op.drop_table("article_words")
