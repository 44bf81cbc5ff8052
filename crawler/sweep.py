"""Runs one sweep: due sources -> leads -> pages -> articles -> sink, and tells how it went.

What is found is kept by the sink, item by item, so that a killed sweep loses nothing. The process
is `spiders.child`'s or `spiders.here`'s affair; when to sweep is left to others.
"""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.politeness.robots_answer import RobotsAnswer
from crawler.records import PollOutcome
from crawler.spiders.child import run_errand
from crawler.spiders.crawling import Ended, Errand
from crawler.spiders.here import run_here
from crawler.spiders.order import LeadFollowed, Progress, Sink, SourcePolled, SweepOrder

__all__ = [
    "LeadFollowed",
    "Progress",
    "Sink",
    "SourcePolled",
    "SweepOrder",
    "SweepReport",
    "Trouble",
    "run_sweep",
]

_WELL = (PollOutcome.NEW, PollOutcome.UNCHANGED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """A source that could not be read, and why."""

    source_id: str
    url: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepReport:
    """How a sweep went.

    `counts` has the keys sources, leads, new_leads, pages, and "poll: <outcome>" and
    "find: <outcome>" for each outcome that occurred; "left" are the leads that a sweep which did not
    come to its end, or would only have waited on, leaves to the next one. `ended` says whether it was "done",
    "stopped" (by us or by the clock), "interrupted" (by Ctrl-C) or "broken"; `broken` tells then
    what broke.
    `robots` is for the next SweepOrder, so that each robots.txt is asked for once a day.
    """

    started_at: datetime
    ended_at: datetime
    ended: str
    counts: Mapping[str, int]
    troubles: tuple[Trouble, ...] = ()
    broken: str | None = None
    robots: Mapping[str, RobotsAnswer] = field(default_factory=dict)


def run_sweep(
    order: SweepOrder,
    sink: Sink,
    on_progress: Callable[[Progress], None] = lambda _: None,
    stopping: threading.Event | None = None,
    *,
    here: bool = False,
) -> SweepReport:
    """Sweep, and tell how it went; an interrupt (Ctrl-C, or `stopping`) finishes the item in hand first.

    With `here` in this very process, which can do so but once.
    """
    started_at = order.clock()
    tally = _Tally(on_progress, order.robots)
    ended = Ended()
    if order.sources or sink.waiting(1):  # a tick with nothing to do costs no process
        errand = Errand(spider="crawler.spiders.sweeper.Sweeper", order=order, more={"sink": sink})
        ended = run_here(errand, tally.take) if here else run_errand(errand, tally.take, stopping)
    if ended.rested or ended.stopped or ended.broken:
        tally.leave(len(sink.waiting(order.most_pages)))
    return tally.report(started_at, order.clock(), ended)


class _Tally:
    """Counts what is told."""

    def __init__(self, on_progress: Callable[[Progress], None], robots: Mapping[str, RobotsAnswer]) -> None:
        self._robots = dict(robots)
        self._on_progress = on_progress
        self._counts: Counter[str] = Counter(sources=0, leads=0, new_leads=0, pages=0)
        self._troubles: list[Trouble] = []

    def take(self, event: Progress | RobotsAnswer) -> None:
        """One event from the child."""
        if isinstance(event, RobotsAnswer):
            self._robots[event.origin] = event
            return
        if isinstance(event, SourcePolled):
            self._counts.update(sources=1, leads=event.leads, new_leads=event.new)
            self._counts[f"poll: {event.outcome}"] += 1
            if event.outcome not in _WELL:
                words = event.trouble or event.outcome
                self._troubles.append(Trouble(source_id=event.source_id, url=event.url, words=words))
        else:
            self._counts["pages"] += 1
            self._counts[f"find: {event.outcome}"] += 1
        self._on_progress(event)

    def leave(self, leads: int) -> None:
        """So many are left to the next sweep."""
        if leads:
            self._counts["left"] = leads

    def report(self, started_at: datetime, ended_at: datetime, ended: Ended) -> SweepReport:
        """The closing report."""
        return SweepReport(
            started_at=started_at,
            ended_at=ended_at,
            ended=_name_end(ended),
            counts=dict(self._counts),
            troubles=tuple(self._troubles),
            broken=ended.broken,
            robots={origin: answer for origin, answer in self._robots.items() if answer.is_fresh(ended_at)},
        )


def _name_end(ended: Ended) -> str:
    if ended.broken:
        return "broken"
    if not ended.stopped:
        return "done"
    return "interrupted" if ended.interrupted else "stopped"
