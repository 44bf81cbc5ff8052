"""Keep the index of stories as numbers, a tenth of its size; it is made anew from the sketches."""

import json
import zlib
from collections.abc import Iterator

import numpy as np
import sqlalchemy as sa
import xxhash
from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, LargeBinary, PrimaryKeyConstraint

from aggregator.store.columns import Words

revision = "0013"
down_revision = "0012"

BATCH = 200
AT_A_DESK = 0x5E71_0A7E_D5C0_11E5
SKETCHES = sa.text(
    "SELECT article_key, record FROM sketches WHERE article_key > :after ORDER BY article_key LIMIT :size"
)
AT_DESKS = sa.text(
    "SELECT DISTINCT fellow.article_key FROM mentions JOIN members ON members.article_key = "
    "mentions.article_key JOIN members AS fellow ON fellow.story_id = members.story_id"
)
NUMBER = sa.text("UPDATE sketches SET number = :number, indexed = :indexed WHERE article_key = :article_key")
ADD = sa.text(
    "INSERT INTO index_keys (index_key, holder) VALUES (:index_key, :holder) ON CONFLICT DO NOTHING"
)
ADD_WORDS = sa.text("INSERT INTO index_keys (index_key, article_key) VALUES (:index_key, :article_key)")


def upgrade() -> None:
    """Make the index anew; which keys an article has there is kept with its sketch."""
    c = op.get_bind()
    op.drop_table("index_keys")
    op.create_table(
        "index_keys",
        Column("index_key", BigInteger, nullable=False),
        Column("holder", BigInteger, nullable=False),
        PrimaryKeyConstraint("index_key", "holder", name="pk_index_keys"),
        sqlite_with_rowid=False,
    )
    op.add_column("sketches", Column("number", BigInteger, nullable=False, server_default="0"))
    op.add_column("sketches", Column("indexed", LargeBinary, nullable=False, server_default=""))
    at_desks = set(c.scalars(AT_DESKS))
    for article_key, keys in kept(c):
        keep(c, article_key, keys, at_desk=article_key in at_desks)
    op.create_index("ix_sketches_number", "sketches", ["number"])


def downgrade() -> None:
    """Make the index of words again."""
    c = op.get_bind()
    op.drop_table("index_keys")
    op.create_table(
        "index_keys",
        Column("index_key", Words, nullable=False),
        Column("article_key", Words, nullable=False),
        ForeignKeyConstraint(["article_key"], ["articles.key"], name="fk_index_keys_article_key"),
        PrimaryKeyConstraint("index_key", "article_key", name="pk_index_keys"),
    )
    for article_key, keys in kept(c):
        if keys:
            c.execute(ADD_WORDS, [{"index_key": key, "article_key": article_key} for key in keys])
    op.create_index("ix_index_keys_article_key", "index_keys", ["article_key"])
    op.drop_index("ix_sketches_number", "sketches")
    op.drop_column("sketches", "indexed")
    op.drop_column("sketches", "number")


def kept(c: sa.Connection) -> Iterator[tuple[str, list[str]]]:
    """Each article with the keys that its sketch names, a few hundred in memory at once."""
    after = ""
    while batch := c.execute(SKETCHES, {"after": after, "size": BATCH}).all():
        for article_key, record in batch:
            told = json.loads(zlib.decompress(record))
            yield article_key, sorted({*told.get("index_keys", ()), *told.get("kin_keys", ())})
        after = batch[-1][0]


def keep(c: sa.Connection, article_key: str, keys: list[str], *, at_desk: bool) -> None:
    """The rows of one article as numbers."""
    holder = number_of(article_key)
    numbers = sorted(map(number_of, keys))
    packed = np.array(numbers, dtype=np.int64).tobytes()
    c.execute(NUMBER, {"article_key": article_key, "number": holder, "indexed": packed})
    if at_desk:
        numbers += [number_of(key) ^ AT_A_DESK for key in keys if key.startswith(("n:", "x:", "u:"))]
    if numbers:
        c.execute(ADD, [{"index_key": number, "holder": holder} for number in numbers])


def number_of(key: str) -> int:
    """The number of a key or an article, as `store.sketches` makes it."""
    number = xxhash.xxh3_64_intdigest(key.encode("utf-8", "replace"))
    return number - 2**64 if number >= 2**63 else number
