"""Our subscriptions to hubs as they stand; what follows from a hub's word, `crawler.websub` says."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, or_, select

from aggregator.store import rows
from aggregator.store.push_tables import hub_offers, subscriptions
from aggregator.store.source_tables import sources
from crawler.pushes import Offer
from crawler.websub import Stage, Subscription

_NAMES = [field.name for field in fields(Subscription)]


def by_token(c: Connection, token: str) -> Subscription | None:
    """The subscription whose callback has this token."""
    row = c.execute(select(subscriptions).where(subscriptions.c.token == token)).first()
    return read(row) if row else None


def by_source(c: Connection, source_id: str) -> Subscription | None:
    """The subscription about this source."""
    row = c.execute(select(subscriptions).where(subscriptions.c.source_id == source_id)).first()
    return read(row) if row else None


def save(c: Connection, subscription: Subscription) -> None:
    """Keep a subscription as it stands."""
    rows.put(c, subscriptions, [asdict(subscription) | {"stage": subscription.stage.value}])


def forget(c: Connection, subscription: Subscription) -> None:
    """The subscription is no more."""
    c.execute(delete(subscriptions).where(subscriptions.c.source_id == subscription.source_id))


def to_step(c: Connection, now: datetime, limit: int) -> list[Subscription]:
    """Those that somebody should do something about now, the longest waiting first."""
    query = select(subscriptions).where(subscriptions.c.step_at <= now)
    return [read(row) for row in c.execute(query.order_by(subscriptions.c.step_at).limit(limit))]


def offered(c: Connection, limit: int) -> list[tuple[str, Offer]]:
    """What sources that are watched offer, by their ids, where there is no subscription."""
    query = (
        select(hub_offers.c.source_id, hub_offers.c.hub, hub_offers.c.topic)
        .join(sources, sources.c.id == hub_offers.c.source_id)
        .outerjoin(subscriptions, subscriptions.c.source_id == hub_offers.c.source_id)
        .where(hub_offers.c.hub != "", subscriptions.c.source_id.is_(None), _is_watched())
    )
    found = c.execute(query.order_by(hub_offers.c.source_id).limit(limit))
    return [(row.source_id, read_offer(row.hub, row.topic)) for row in found]


def read_offer(hubs: str, topic: str) -> Offer:
    """An offer as the table has it: the addresses of its hubs with a blank between."""
    hub, *others = hubs.split()
    return Offer(hub=hub, others=tuple(others), topic=topic)


def hubs_of(c: Connection, source_id: str) -> Sequence[str]:
    """The hubs that a source names, in its order."""
    told = c.scalar(select(hub_offers.c.hub).where(hub_offers.c.source_id == source_id))
    return (told or "").split()


def refused(c: Connection) -> list[Subscription]:
    """Those that are over although their sources name several hubs."""
    query = select(subscriptions).join(hub_offers, hub_offers.c.source_id == subscriptions.c.source_id)
    is_over = subscriptions.c.stage == Stage.OVER.value
    return [read(row) for row in c.execute(query.where(is_over, hub_offers.c.hub.contains(" ")))]


def tally(c: Connection) -> dict[Stage, int]:
    """How many subscriptions stand at each stage."""
    query = select(subscriptions.c.stage, func.count()).group_by(subscriptions.c.stage)
    return {Stage(row[0]): row[1] for row in c.execute(query)}


def outlived(c: Connection) -> list[Subscription]:
    """Those whose source is not looked at any more, or does not offer this hub or topic any more."""
    query = (
        select(subscriptions, hub_offers.c.hub.label("hubs"), hub_offers.c.topic.label("told"), _is_watched())
        .outerjoin(sources, sources.c.id == subscriptions.c.source_id)
        .outerjoin(hub_offers, hub_offers.c.source_id == subscriptions.c.source_id)
        .where(
            subscriptions.c.stage != Stage.LEAVING.value,
            or_(
                sources.c.id.is_(None),
                ~_is_watched(),
                hub_offers.c.source_id.is_(None),
                hub_offers.c.hub != subscriptions.c.hub,
                hub_offers.c.topic != subscriptions.c.topic,
            ),
        )
    )
    return [read(row) for row in c.execute(query) if not _is_among_several(row)]


def _is_among_several(row: Row[Any]) -> bool:
    """Whether all that is different about the offer is that it names more hubs than this one."""
    *_, is_watched = row
    return bool(is_watched) and row.told == row.topic and row.hub in (row.hubs or "").split()


def _is_watched() -> Any:
    ours = or_(sources.c.configured, sources.c.added_by.is_not(None))
    return ours & sources.c.enabled & sources.c.paused_at.is_(None)


def read(row: Row[Any]) -> Subscription:
    """A subscription of the table."""
    told = {name: getattr(row, name) for name in _NAMES}
    return Subscription(**(told | {"stage": Stage(row.stage)}))
