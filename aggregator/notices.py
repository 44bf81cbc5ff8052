"""What a person should know of entries beside what stands in them: disputes over stories, lost pages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aggregator import disputes
from aggregator.judges import Judges
from aggregator.records import Entry
from aggregator.store import lost_pages
from aggregator.store.session import Store
from aggregator.wording import long_day


def noted(store: Store, found: Sequence[Entry], judges: Judges) -> list[Entry]:
    """The entries with these notices behind their own."""
    lost = of_lost_pages(store, map(address_of, found))
    return [
        replace(entry, notices=(*entry.notices, lost[address_of(entry)]))
        if address_of(entry) in lost
        else entry
        for entry in disputes.noted(store, found, judges)
    ]


def address_of(entry: Entry) -> str:
    """Where the entry is read: the link that a person put in its place, else the article's address."""
    return entry.link or entry.article.url


def of_lost_pages(store: Store, addresses: Iterable[str]) -> dict[str, str]:
    """For each of these addresses that could not be opened when it was looked at again, a sentence."""
    with store.reading() as c:
        lost = lost_pages.some(c, addresses)
    return {
        url: f"The page has not opened since {long_day(page.since.date())}: {page.reason}"
        for url, page in lost.items()
    }
