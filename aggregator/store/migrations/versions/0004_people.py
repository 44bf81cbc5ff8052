"""Make the tables of people: users, sessions, failed logins, invitations, saved views, the audit."""

from alembic import op
from sqlalchemy import JSON, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint

from aggregator.store.columns import Instant, Words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; those that are pointed to first."""
    make_users()
    make_doors()
    make_notes()


def downgrade() -> None:
    """Remove the tables; those that point to others first."""
    for name in ("audit", "saved_views", "invitations", "login_failures", "sessions", "users"):
        op.drop_table(name)


def make_users() -> None:
    """People, and the browsers in which they are logged in."""
    op.create_table(
        "users",
        Column("name", Words, nullable=False),
        Column("role", Words, nullable=False),
        Column("password_hash", Words, nullable=False),
        Column("made_at", Instant, nullable=False),
        Column("preferences", JSON, nullable=False),
        PrimaryKeyConstraint("name", name="pk_users"),
    )
    op.create_table(
        "sessions",
        Column("digest", Words, nullable=False),
        Column("user_name", Words, nullable=False),
        Column("opened_at", Instant, nullable=False),
        Column("seen_at", Instant, nullable=False),
        ForeignKeyConstraint(["user_name"], ["users.name"], name="fk_sessions_user_name"),
        PrimaryKeyConstraint("digest", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_name", "sessions", ["user_name"])


def make_doors() -> None:
    """How people get in, and how they did not."""
    op.create_table(
        "login_failures",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("account", Words, nullable=False),
        Column("address", Words, nullable=False),
        Column("at", Instant, nullable=False),
        PrimaryKeyConstraint("id", name="pk_login_failures"),
    )
    op.create_index("ix_login_failures_account", "login_failures", ["account"])
    op.create_index("ix_login_failures_address", "login_failures", ["address"])
    op.create_table(
        "invitations",
        Column("digest", Words, nullable=False),
        Column("role", Words, nullable=False),
        Column("made_by", Words, nullable=False),
        Column("expires_at", Instant, nullable=False),
        PrimaryKeyConstraint("digest", name="pk_invitations"),
    )


def make_notes() -> None:
    """What people keep for themselves, and what they did."""
    op.create_table(
        "saved_views",
        Column("campaign", Words, nullable=False),
        Column("name", Words, nullable=False),
        Column("query", Words, nullable=False),
        Column("saved_by", Words, nullable=False),
        PrimaryKeyConstraint("campaign", "name", name="pk_saved_views"),
    )
    op.create_table(
        "audit",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("by", Words, nullable=False),
        Column("what", Words, nullable=False),
        Column("at", Instant, nullable=False),
        PrimaryKeyConstraint("id", name="pk_audit"),
    )
