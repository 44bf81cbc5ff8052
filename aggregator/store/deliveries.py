"""What was sent where; whether to send again is the publisher's question."""

from sqlalchemy import Connection, insert, select

from aggregator.records import Delivery
from aggregator.store.tables import deliveries


def note(c: Connection, campaign: str, delivery: Delivery) -> None:
    """Write down that a rendered listing was sent, and how that went."""
    line = {
        "campaign": campaign,
        "target": delivery.target,
        "digest": delivery.digest,
        "sent_at": delivery.sent_at,
        "outcome": delivery.outcome,
    }
    c.execute(insert(deliveries), [line])


def history(c: Connection, campaign: str, target: str | None = None, limit: int = 50) -> list[Delivery]:
    """The newest deliveries of a campaign, to one target or to all."""
    query = select(deliveries).where(deliveries.c.campaign == campaign)
    if target is not None:
        query = query.where(deliveries.c.target == target)
    return [
        Delivery(target=row.target, digest=row.digest, sent_at=row.sent_at, outcome=row.outcome)
        for row in c.execute(query.order_by(deliveries.c.id.desc()).limit(limit))
    ]
