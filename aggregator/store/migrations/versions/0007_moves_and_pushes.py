"""Make the tables of moved sources, of the hubs that sources offer, and of our subscriptions to them."""

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, UniqueConstraint

from aggregator.store.columns import Instant, Words

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    make_moves()
    make_pushes()


def downgrade() -> None:
    """Remove the tables."""
    for name in ("subscriptions", "hub_offers", "declined_moves", "moves"):
        op.drop_table(name)


def make_moves() -> None:
    """Where sources moved, and which moves a person does not want."""
    op.create_table(
        "moves",
        Column("source_id", Words, nullable=False),
        Column("told", Integer, nullable=False),
        Column("since", Instant),
        Column("address", Words),
        Column("at", Instant),
        PrimaryKeyConstraint("source_id", name="pk_moves"),
    )
    op.create_table(
        "declined_moves",
        Column("source_id", Words, nullable=False),
        Column("address", Words, nullable=False),
        Column("declined_by", Words, nullable=False),
        Column("declined_at", Instant, nullable=False),
        PrimaryKeyConstraint("source_id", name="pk_declined_moves"),
    )


def make_pushes() -> None:
    """Hubs that sources offer, and our subscriptions."""
    op.create_table(
        "hub_offers",
        Column("source_id", Words, nullable=False),
        Column("hub", Words, nullable=False),
        Column("topic", Words),
        Column("heeded_at", Instant),
        Column("missed_at", Instant),
        PrimaryKeyConstraint("source_id", name="pk_hub_offers"),
    )
    op.create_table(
        "subscriptions",
        *(
            Column(name, Words, nullable=False)
            for name in ("source_id", "hub", "topic", "token", "secret", "stage")
        ),
        Column("tries", Integer, nullable=False),
        *(Column(name, Instant) for name in ("asked_at", "step_at", "until", "noticed_at", "mistrusted_at")),
        Column("trouble", Words),
        PrimaryKeyConstraint("source_id", name="pk_subscriptions"),
        UniqueConstraint("token", name="uq_subscriptions_token"),
    )
