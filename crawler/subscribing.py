"""Asks hubs to tell us of news, in a child process behind the gate; what is asked, `websub` says."""

import threading
from collections.abc import Sequence

from crawler.spiders.child import run_errand
from crawler.spiders.crawling import Errand
from crawler.spiders.order import SweepOrder
from crawler.websub import HubAnswer, HubForm, Subscription, form_of

__all__ = ["ask_hubs"]


def ask_hubs(
    asked: Sequence[tuple[Subscription, str]], order: SweepOrder, stopping: threading.Event | None = None
) -> tuple[HubAnswer, ...]:
    """Send each subscription with its callback's address to its hub; `order` gives manners and clock.

    A hub that is not in the answer was not reached before the errand ended.
    """
    told: list[object] = []
    forms = tuple(
        HubForm(
            source_id=subscription.source_id,
            hub=subscription.hub,
            form=tuple(form_of(subscription, callback).items()),
        )
        for subscription, callback in asked
    )
    if forms:
        errand = Errand(
            spider="crawler.spiders.herald.Herald", order=order, reads=False, more={"forms": forms}
        )
        run_errand(errand, told.append, stopping)
    return tuple(each for each in told if isinstance(each, HubAnswer))
