"""The job that looks again at what is published: what changed, what is gone. It removes nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

from aggregator import desk
from aggregator.notices import address_of
from aggregator.records import Entry, RunReport, Status
from aggregator.runs.house import House
from aggregator.runs.sweeping import look_at
from aggregator.store import lost_pages, pages
from aggregator.store.articles import Change
from aggregator.store.entries import View
from aggregator.wording import link_of
from crawler.records import Access, Find, FindOutcome
from crawler.urls import resolve

EVERY = timedelta(days=7)
MOST_AT_ONCE = 50  # pages of one run; the others have their turn the next day
MOST_ACCEPTED = 10_000


def check_links(house: House, now: datetime) -> RunReport:
    """Look again at the pages of accepted entries, each once a week, by the same gate as all.

    A changed headline or text becomes a notice at the desk; so does a page that is gone, or shut,
    until it opens again: it is looked at every day. Where a person put a link in the place of the
    article's address, that page is looked at, and only whether it opens: it need not be the article.
    """
    due = _due(house, now)
    finds = look_at(house, list(due), now)
    counts = {"looked_at": len(finds), "changed": 0, "gone": 0}
    lost = {find.lead.url: trouble for find in finds if (trouble := _say_trouble(find))}
    opened = [find for find in finds if find.outcome is FindOutcome.READ and find.lead.url not in lost]
    for find in opened:
        counts["changed"] += _keep(house, find, due[find.lead.url]) is Change.CHANGED
    counts["gone"] = sum(find.outcome is FindOutcome.GONE for find in finds)
    with house.store.writing() as c:
        lost_pages.note(
            c, {each: trouble for url, trouble in lost.items() for each in _addresses_of(due[url])}, now
        )
        lost_pages.clear(c, [each for find in opened for each in _addresses_of(due[find.lead.url])])
    troubles = (f"{due[url].outlet}, {due[url].headline}: {trouble}: {url}" for url, trouble in lost.items())
    return RunReport(job="check links", started=now, ended=now, counts=counts, troubles=tuple(troubles))


def _due(house: House, now: datetime) -> dict[str, Entry]:
    """The accepted entries whose page has not answered for a week, by its address; the longest ago first."""
    accepted = View(status=Status.ACCEPTED, limit=MOST_ACCEPTED)
    found = {
        address_of(entry): entry
        for campaign in house.campaigns()
        for entry in desk.entries(house.store, campaign.slug, accepted)
        if resolve("", address_of(entry)) is not None  # a clip on paper has no page
    }
    with house.store.reading() as c:
        answered = pages.fetched_at(c, found)
    last = {url: answered.get(url, entry.article.first_seen) for url, entry in found.items()}
    due = sorted((at, url) for url, at in last.items() if now - at >= EVERY)
    return {url: found[url] for _, url in due[:MOST_AT_ONCE]}


def _keep(house: House, find: Find, entry: Entry) -> Change | None:
    """Keep what the article's page says now; of a person's own link, that its page answered."""
    if not entry.link:
        return house.intake().keep_again(find)
    if find.page:
        with house.store.writing() as c:
            pages.keep(c, replace(find.page, final_url=entry.link))  # asked for by this address again
    return None


def _addresses_of(entry: Entry) -> set[str]:
    """Where the page was looked at, and the address that its outlet gives it, which is published."""
    return {entry.link} if entry.link else {entry.article.url, link_of(entry.article)}


def _say_trouble(find: Find) -> str:
    """What is wrong with the page, or nothing."""
    if find.outcome is FindOutcome.LATER:
        return ""  # a busy site is asked again the next day
    if find.outcome is not FindOutcome.READ:
        return find.reason or str(find.outcome)
    shut = find.article is not None and find.article.access in (Access.BLOCKED, Access.UNREADABLE)
    return "the page is shut now" if shut else ""
