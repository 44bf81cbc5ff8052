"""Keep when members were told instead of their place, articles' addresses, what very large stories are."""

import json
import zlib
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Integer, LargeBinary, PrimaryKeyConstraint

from aggregator.store.columns import Words

revision = "0017"
down_revision = "0016"

BATCH = 200
SKETCHES = sa.text(
    "SELECT article_key, record FROM sketches WHERE article_key > :after ORDER BY article_key LIMIT :size"
)
CURRENT = sa.text(
    "SELECT articles.key, record FROM articles JOIN article_versions ON article_versions.id = version_id "
    "WHERE articles.key > :after ORDER BY articles.key LIMIT :size"
)
TELL = sa.text("UPDATE members SET told = :told WHERE article_key = :key")
ADDRESS = sa.text("UPDATE articles SET url = :url, outlet_slug = :outlet_slug WHERE key = :key")
PLACES = sa.text(
    "UPDATE members SET position = (SELECT count(*) FROM members AS other WHERE other.story_id = "
    "members.story_id AND (other.told, other.article_key) < (members.told, members.article_key))"
)


def upgrade() -> None:
    """A member's place is where its time stands among the others'; a newcomer moves nobody."""
    c = op.get_bind()
    op.add_column("articles", Column("url", Words, nullable=False, server_default=""))
    op.add_column("articles", Column("outlet_slug", Words))
    op.add_column("members", Column("told", Words, nullable=False, server_default=""))
    fill(c, SKETCHES, TELL, ("told",))
    fill(c, CURRENT, ADDRESS, ("url", "outlet_slug"))
    op.drop_index("ix_members_story_id_position", "members")
    op.drop_column("members", "position")
    op.create_index("ix_members_story_id_told", "members", ["story_id", "told"])
    add_crowds()


def add_crowds() -> None:
    """Two tables, empty: what they hold is made when a large story is next looked at."""
    op.create_table(
        "crowds",
        Column("story_id", Words, nullable=False),
        Column("size", Integer, nullable=False),
        Column("first_told", Words, nullable=False),
        Column("first_key", Words, nullable=False),
        Column("original", Words),
        Column("mentioned", Boolean),
        Column("desks", LargeBinary),
        ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_crowds_story_id_stories"),
        PrimaryKeyConstraint("story_id", name="pk_crowds"),
    )
    op.create_table(
        "crowd_words",
        Column("story_id", Words, nullable=False),
        Column("words", Words, nullable=False),
        ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_crowd_words_story_id_stories"),
        PrimaryKeyConstraint("story_id", "words", name="pk_crowd_words"),
    )


def downgrade() -> None:
    """Number the members of each story again."""
    op.drop_table("crowd_words")
    op.drop_table("crowds")
    op.add_column("members", Column("position", Integer, nullable=False, server_default="0"))
    op.execute(PLACES)
    op.drop_index("ix_members_story_id_told", "members")
    op.drop_column("members", "told")
    op.create_index("ix_members_story_id_position", "members", ["story_id", "position"])
    op.drop_column("articles", "outlet_slug")
    op.drop_column("articles", "url")


def fill(c: sa.Connection, query: sa.TextClause, change: sa.TextClause, names: tuple[str, ...]) -> None:
    """Write what each record says under these names into its row."""
    for batch in batches(c, query):
        records = [(key, json.loads(zlib.decompress(packed))) for key, packed in batch]
        c.execute(change, [{"key": key, **{name: told.get(name) for name in names}} for key, told in records])


def batches(c: sa.Connection, query: sa.TextClause) -> Iterator[list[tuple[str, bytes]]]:
    """Keys with their records, a few hundred in memory at once."""
    after = ""
    while batch := [tuple(row) for row in c.execute(query, {"after": after, "size": BATCH})]:
        yield batch
        after = batch[-1][0]
