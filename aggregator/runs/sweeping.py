"""The jobs that go out: sweep the sources that are due, add pages by address."""

import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from aggregator import rejudge, resolving
from aggregator.errors import Unusable
from aggregator.records import RunReport
from aggregator.runs.basket import Basket
from aggregator.runs.house import House
from aggregator.runs.pushing import subscribe
from aggregator.store import habits, runs, sources
from crawler.clock import read_clock
from crawler.habits import Habits
from crawler.outlets import BY_HAND, source_id
from crawler.records import Find, FindOutcome, Lead, Poll, PollOutcome, PollState, Source, SourceKind
from crawler.sweep import Progress, SweepOrder, SweepReport, run_sweep
from crawler.urls import registrable_domain, resolve

Tell = Callable[[Progress], None]

_BY_HAND = Source(
    id=source_id(SourceKind.MANUAL, BY_HAND), kind=SourceKind.MANUAL, url=BY_HAND, enabled=False
)


def silent(event: Progress) -> None:
    """Tell nobody."""


def sweep(
    house: House,
    now: datetime,
    tell: Tell = silent,
    *,
    everything: bool = False,
    stopping: threading.Event | None = None,
) -> RunReport:
    """Look at the sources that are due (or all that are not paused), read what is new, take it in.

    Then the hubs that sources offer are asked to push, if the settings say where they reach us.
    """
    with house.store.reading() as c:
        known = [(source, state) for source, state in sources.every(c) if source.enabled]
        due = known if everything else sources.due(c, now)
    report = _go_out(house, "sweep", due, tell, stopping)
    resolved = resolving.resolve(house.store, house.judges, report.ended)
    refused = subscribe(house, report.ended, stopping)
    settled = rejudge.settle(house.store, house.judges, report.ended, stopping)
    counts = {**report.counts, "resolved": resolved.found, "settled": settled}
    return replace(report, counts=counts, troubles=report.troubles + refused)


def add(house: House, urls: Sequence[str], now: datetime, tell: Tell = silent) -> RunReport:
    """Fetch pages by address, through the same gate, and take them in.

    An address that is known already is not fetched again; the report says so. Raises
    Unusable for what is no address.
    """
    for url in urls:
        if resolve("", url) is None:
            raise Unusable(f"{url!r} is no web address; it must begin with http:// or https://")
    leads = tuple(Lead(url=url, source_id=_BY_HAND.id, found_at=now) for url in urls)
    state = PollState(source_id=_BY_HAND.id, polled_at=now)
    poll = Poll(source=_BY_HAND, outcome=PollOutcome.NEW, state=state, leads=leads)
    unseen = {lead.url for lead in house.intake().keep_poll(poll)}
    report = _go_out(house, "add", [], tell, None)
    known = (f"{url} is known already: `inthenews why {url}`" for url in urls if url not in unseen)
    return replace(report, troubles=(*report.troubles, *known))


def look_at(house: House, urls: Sequence[str], now: datetime) -> list[Find]:
    """Fetch pages by address, through the same gate, and read them; nothing is kept."""
    leads = tuple(Lead(url=url, source_id=_BY_HAND.id, found_at=now) for url in urls)
    order = SweepOrder(sources=(), outlets=house.directory, manners=house.manners, clock=read_clock)
    with tempfile.TemporaryDirectory(prefix="inthenews-") as folder:
        basket = Basket(store=house.store, now=now, folder=Path(folder), leads=leads)
        run_sweep(order, basket)
        return basket.finds()


def _go_out(
    house: House,
    job: str,
    due: Sequence[tuple[Source, PollState]],
    tell: Tell,
    stopping: threading.Event | None,
) -> RunReport:
    order = SweepOrder(
        sources=tuple(due),
        outlets=house.directory,
        manners=house.manners,
        clock=read_clock,
        robots=house.robots,
        mailboxes=house.settings.mailboxes,
        habits=_habits_of(house, due),
    )
    swept = run_sweep(order, house.intake(), tell, stopping, here=house.alone)
    house.robots.clear()  # what is a day old goes: each sweep's process is handed all of it
    house.robots.update(swept.robots)
    troubles = [f"{trouble.url}: {trouble.words}" for trouble in swept.troubles]
    if swept.broken:
        troubles.append(
            f"the sweep broke off: {swept.broken}; what was found is kept, the next sweep goes on"
        )
    report = RunReport(
        job=job,
        started=swept.started_at,
        ended=swept.ended_at,
        counts=_count(swept),
        troubles=tuple(troubles),
    )
    if any(report.counts.values()) or report.troubles:
        with house.store.writing() as c:
            runs.note(c, report)
    return report


def _habits_of(house: House, due: Sequence[tuple[Source, PollState]]) -> dict[str, Habits]:
    """What links turned out to be, for the sites whose section pages are looked at now."""
    sites = {registrable_domain(source.url) for source, _ in due if source.kind is SourceKind.SECTION}
    with house.store.reading() as c:
        return {site: habits.of_site(c, site) for site in sites}


def _count(swept: SweepReport) -> dict[str, int]:
    """What people ask of a sweep, under stable names."""
    polls = {outcome: swept.counts.get(f"poll: {outcome}", 0) for outcome in PollOutcome}
    finds = {outcome: swept.counts.get(f"find: {outcome}", 0) for outcome in FindOutcome}
    return {
        "sources": swept.counts["sources"],
        "unchanged": polls[PollOutcome.UNCHANGED],
        "sources_failed": len(swept.troubles),
        "new_leads": swept.counts["new_leads"],
        "articles": finds[FindOutcome.READ],
        "not_articles": finds[FindOutcome.NOT_AN_ARTICLE],
        "blocked": finds[FindOutcome.BLOCKED],
        "unreadable": finds[FindOutcome.UNREADABLE],
        "gone": finds[FindOutcome.GONE],
        "later": finds[FindOutcome.LATER],
        "left_for_next_sweep": swept.counts.get("left", 0),
        "hidden": finds[FindOutcome.HIDDEN],
        "broken": int(swept.broken is not None),
        "interrupted": int(swept.ended == "interrupted"),
    }
