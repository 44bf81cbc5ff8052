"""Make the tables of what people decided, and the ledgers of the jobs."""

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
)

from aggregator.store.columns import Instant, Words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; those that are pointed to first."""
    make_decisions()
    make_campaigns()
    make_ledgers()


def downgrade() -> None:
    """Remove the tables; those that point to others first."""
    for name in (
        "leases",
        "deliveries",
        "runs",
        "campaign_versions",
        "campaigns",
        "undone",
        "decision_subjects",
        "decisions",
    ):
        op.drop_table(name)


def make_decisions() -> None:
    """What people decided."""
    op.create_table(
        "decisions",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("campaign", Words),
        Column("verdict", Words, nullable=False),
        Column("by", Words, nullable=False),
        Column("at", Instant, nullable=False),
        Column("corrections", JSON, nullable=False),
        Column("note", Words, nullable=False),
        PrimaryKeyConstraint("id", name="pk_decisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_campaign_id", "decisions", ["campaign", "id"])
    op.create_table(
        "decision_subjects",
        Column("decision_id", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("subject", Words, nullable=False),
        Column("along", Boolean, nullable=False),
        ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_decision_subjects_decision_id"),
        PrimaryKeyConstraint("decision_id", "position", name="pk_decision_subjects"),
    )
    op.create_index("ix_decision_subjects_subject", "decision_subjects", ["subject"])
    op.create_table(
        "undone",
        Column("decision_id", Integer, nullable=False),
        ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_undone_decision_id"),
        PrimaryKeyConstraint("decision_id", name="pk_undone"),
    )


def make_campaigns() -> None:
    """Campaigns and their versions."""
    op.create_table(
        "campaigns",
        Column("slug", Words, nullable=False),
        Column("version", Integer, nullable=False),
        Column("retired_at", Instant),
        PrimaryKeyConstraint("slug", name="pk_campaigns"),
    )
    op.create_table(
        "campaign_versions",
        Column("slug", Words, nullable=False),
        Column("version", Integer, nullable=False),
        Column("record", LargeBinary, nullable=False),
        Column("saved_by", Words, nullable=False),
        Column("saved_at", Instant, nullable=False),
        ForeignKeyConstraint(["slug"], ["campaigns.slug"], name="fk_campaign_versions_slug"),
        PrimaryKeyConstraint("slug", "version", name="pk_campaign_versions"),
    )


def make_ledgers() -> None:
    """How the jobs went."""
    op.create_table(
        "runs",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("job", Words, nullable=False),
        Column("started", Instant, nullable=False),
        Column("ended", Instant, nullable=False),
        Column("counts", JSON, nullable=False),
        Column("troubles", JSON, nullable=False),
        PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_job_id", "runs", ["job", "id"])
    op.create_table(
        "deliveries",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("campaign", Words, nullable=False),
        Column("target", Words, nullable=False),
        Column("digest", Words, nullable=False),
        Column("sent_at", Instant, nullable=False),
        Column("outcome", Words, nullable=False),
        PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_campaign_target_id", "deliveries", ["campaign", "target", "id"])
    op.create_table(
        "leases",
        Column("name", Words, nullable=False),
        Column("holder", Words, nullable=False),
        Column("until", Instant, nullable=False),
        PrimaryKeyConstraint("name", name="pk_leases"),
    )
