"""The tables of people: users, sessions, invitations, readers, what they keep; others are in `tables.py`."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, UniqueConstraint

from aggregator.store.columns import Instant, Words, instant, number, packed, words
from aggregator.store.tables import metadata

users = Table(
    "users",
    metadata,
    words("name", key=True),
    words("role"),
    words("password_hash"),
    instant("made_at"),
    Column("preferences", JSON, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    words("digest", key=True),
    Column("user_name", Words, ForeignKey("users.name"), nullable=False, index=True),
    instant("opened_at"),
    instant("seen_at"),
)

login_failures = Table(
    "login_failures",
    metadata,
    number(),
    Column("account", Words, nullable=False, index=True),
    Column("address", Words, nullable=False, index=True),
    instant("at"),
)

invitations = Table(
    "invitations",
    metadata,
    words("digest", key=True),
    words("role"),
    words("made_by"),
    instant("expires_at"),
)

saved_views = Table(
    "saved_views",
    metadata,
    words("campaign"),
    words("name"),
    words("query"),
    words("saved_by"),
    PrimaryKeyConstraint("campaign", "name"),
)

audit = Table(
    "audit", metadata, number(), words("by"), words("what"), instant("at"), Column("campaign", Words)
)

drafts = Table(
    "drafts",
    metadata,
    number(),
    words("name"),
    words("kind"),
    packed("record"),
    instant("kept_at"),
    UniqueConstraint("name"),
)

outlet_names = Table(
    "outlet_names",
    metadata,
    words("outlet", key=True),
    words("name"),
    words("said_by"),
    instant("said_at"),
)

proposal_answers = Table(
    "proposal_answers",
    metadata,
    number(),
    words("subject"),
    Column("refused", Boolean, nullable=False),
    words("by"),
    instant("at"),
    words("note"),
    Index(None, "subject", "id"),
)

digest_readers = Table(
    "digest_readers",
    metadata,
    words("campaign"),
    words("address"),
    words("token"),
    Column("left_at", Instant),
    PrimaryKeyConstraint("campaign", "address"),
    UniqueConstraint("token"),
)
