"""Asks hubs to tell us of news: which subscriptions to begin, renew, end or give up, and what came of it.

Nothing is asked for unless the settings name an address at which hubs can reach us. What a hub
says to that address is taken by the review page (`review.pages.websub`).
"""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.runs.house import House
from aggregator.store import subscriptions
from aggregator.store.session import Connection
from crawler.clock import read_clock
from crawler.pushes import Offer
from crawler.subscribing import ask_hubs
from crawler.sweep import SweepOrder
from crawler.websub import (
    HubAnswer,
    Stage,
    Subscription,
    ask,
    give_up,
    is_given_up,
    leave,
    next_hub,
    take_answer,
    to_next_hub,
)

MOST_AT_ONCE = 200  # of one run; the others are asked in the next


def subscribe(house: House, now: datetime, stopping: threading.Event | None = None) -> tuple[str, ...]:
    """Ask the hubs that are to be asked now; answers a sentence for each that did not take it in."""
    address = house.settings.websub_callback
    if address is None:
        return ()
    with house.store.reading() as c:
        if _is_idle(c, now):
            return ()
    with house.store.writing() as c:
        asked = _prepare(c, now)
    callbacks = [(each, f"{address.rstrip('/')}/websub/{each.token}") for each in asked]
    order = SweepOrder(sources=(), outlets=house.directory, manners=house.manners, clock=read_clock)
    answers = ask_hubs(callbacks, order, stopping)
    with house.store.writing() as c:
        _keep(c, answers)
    hubs = {each.source_id: each.hub for each in asked}
    return tuple(f"{hubs[each.source_id]}: {each.trouble}" for each in answers if each.trouble)


def _is_idle(c: Connection, now: datetime) -> bool:
    """Whether there is nothing to ask, as at most ticks: writing waits for nobody then."""
    ends, begins = subscriptions.outlived(c), subscriptions.offered(c, 1)
    return not (ends or begins or subscriptions.to_step(c, now, 1) or _refused(c))


def _prepare(c: Connection, now: datetime) -> Sequence[Subscription]:
    """Write down what is about to be asked, because a hub may verify before it answers."""
    for each in subscriptions.outlived(c):
        _end(c, each, now)
    for source_id, offer in subscriptions.offered(c, MOST_AT_ONCE):
        subscriptions.save(c, _open(source_id, offer, now))
    for each in _refused(c):
        subscriptions.save(c, _turn(c, each, now))
    asked = []
    for each in [_turn(c, each, now) for each in subscriptions.to_step(c, now, MOST_AT_ONCE)]:
        if is_given_up(each):
            _give_up(c, each, now)
            continue
        asked.append(ask(each, now))
        subscriptions.save(c, asked[-1])
    return asked


def _open(source_id: str, offer: Offer, now: datetime) -> Subscription:
    return Subscription(
        source_id=source_id,
        hub=offer.hub,
        topic=offer.topic,
        token=secrets.token_urlsafe(32),
        secret=secrets.token_urlsafe(32),
        step_at=now,
    )


def _refused(c: Connection) -> Sequence[Subscription]:
    """Those that a hub refused, or that were given up, although there is a hub that was not asked."""
    over = subscriptions.refused(c)
    return [each for each in over if next_hub(each, subscriptions.hubs_of(c, each.source_id))]


def _turn(c: Connection, subscription: Subscription, now: datetime) -> Subscription:
    """To the hub that is to be asked; what another one knew, our address and secret, it does not learn."""
    turned = to_next_hub(subscription, subscriptions.hubs_of(c, subscription.source_id), now)
    if turned.hub == subscription.hub:
        return subscription
    return replace(turned, token=secrets.token_urlsafe(32), secret=secrets.token_urlsafe(32))


def _end(c: Connection, subscription: Subscription, now: datetime) -> None:
    """A living one is ended at its hub first; of another the hub knows nothing."""
    if subscription.stage is Stage.ALIVE:
        subscriptions.save(c, leave(subscription, now))
    else:
        subscriptions.forget(c, subscription)


def _give_up(c: Connection, subscription: Subscription, now: datetime) -> None:
    """A hub that does not let us go lets the lease run out."""
    if subscription.stage is Stage.LEAVING:
        subscriptions.forget(c, subscription)
    else:
        subscriptions.save(c, give_up(subscription, now))


def _keep(c: Connection, answers: Sequence[HubAnswer]) -> None:
    for answer in answers:
        known = subscriptions.by_source(c, answer.source_id)
        if known:
            hubs = subscriptions.hubs_of(c, answer.source_id)
            subscriptions.save(c, take_answer(known, answer, next_hub(known, hubs)))
