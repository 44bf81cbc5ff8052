"""The tables of what lies beside a source's state: its move, the hubs it offers, our subscription to one.

`hub_offers.hub` holds the addresses of all of them, in the source's order, with a blank between.
"""

from sqlalchemy import Column, Table, UniqueConstraint

from aggregator.store.columns import Instant, Words, whole, words
from aggregator.store.tables import metadata

moves = Table(
    "moves",
    metadata,
    words("source_id", key=True),
    whole("told"),
    Column("since", Instant),
    Column("address", Words),
    Column("at", Instant),
)

declined_moves = Table(
    "declined_moves",
    metadata,
    words("source_id", key=True),
    words("address"),
    words("declined_by"),
    Column("declined_at", Instant, nullable=False),
)

hub_offers = Table(
    "hub_offers",
    metadata,
    words("source_id", key=True),
    words("hub"),
    Column("topic", Words),
    Column("heeded_at", Instant),
    Column("missed_at", Instant),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    words("source_id", key=True),
    words("hub"),
    words("topic"),
    words("token"),
    words("secret"),
    words("stage"),
    whole("tries"),
    Column("asked_at", Instant),
    Column("step_at", Instant),
    Column("until", Instant),
    Column("noticed_at", Instant),
    Column("mistrusted_at", Instant),
    Column("trouble", Words),
    UniqueConstraint("token"),
)
