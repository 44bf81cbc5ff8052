"""Gathers what is known here that may matter to a page, for `proof` to hold the page against it.

It reads the store and changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from aggregator import notices
from aggregator.listing import compose, member_keys
from aggregator.matching.needs import AnyOf, Need, need_of_rule
from aggregator.proof import Knowledge, Proof, proofread
from aggregator.proof.meaning import LEAST
from aggregator.proof.proposing import propose
from aggregator.records import Campaign, Decision, Entry, Status, Verdict
from aggregator.replay import standing
from aggregator.rules import Phrase
from aggregator.store import articles, campaigns, decisions, outlet_names, search, stories
from aggregator.store import entries as desks
from aggregator.store.entries import View
from aggregator.store.session import Connection, Store
from aggregator.wording import long_day
from crawler.outlets import Directory
from crawler.readers.news_list import ListedLine
from crawler.text import fold

# Entries of which every form of the headline is recognised, though misspelt: those that are accepted, and
# so many of the newest. Of all others it is the headlines and outlets by which they are searched.
MOST_BESIDE = 5_000
# Articles with just the words of some line, at whatever desk.
MOST_STRANGERS = 500
_TOGETHER = 50  # lines that are looked for in one search


def proofread_page(
    store: Store,
    directory: Directory,
    campaign: str,
    lines: Sequence[ListedLine],
    most_beside: int = MOST_BESIDE,
) -> Proof:
    """Hold the lines of a page against what is known. Raises UnknownSubject."""
    with store.reading() as c:
        known = gather(c, directory, campaigns.get(c, campaign), lines, most_beside)
    lost = notices.of_lost_pages(store, [entry.article.url for entry in known.entries])
    return proofread(lines, replace(known, lost=lost))


def gather(
    c: Connection, directory: Directory, campaign: Campaign, lines: Sequence[ListedLine], most_beside: int
) -> Knowledge:
    """What is known of these lines: by their links, at the desk, and among all articles by their words."""
    addresses = {line.url: keys[0] for line in lines if line.url and (keys := articles.known_as(c, line.url))}
    accepted = desks.all_of(c, campaign.slug, Status.ACCEPTED)
    beside = desks.find(c, campaign.slug, View(limit=most_beside))
    found = desks.of_stories(c, campaign, dict.fromkeys([*accepted, *beside]))
    if len(beside) == most_beside:
        found |= desks.of_stories(c, campaign, _spelt_nearly_so(c, campaign, lines, found))
    near = {*addresses.values(), *_named_so(c, lines, found.values())}
    homes = stories.of_articles(c, sorted(near))
    found |= desks.of_stories(c, campaign, sorted(set(homes.values()) - found.keys()))
    at_desk = {key for entry in found.values() for key in member_keys(entry)}
    taken = decisions.of_campaign(c, campaign.slug)
    entries = list(found.values())
    return Knowledge(
        campaign=campaign,
        listing=compose(campaign, entries, taken),
        entries=entries,
        directory=directory,
        addresses=addresses,
        strangers=outlet_names.apply(c, articles.some(c, sorted(near - at_desk))),
        former=_former(c, entries),
        decided=_decided(entries, taken),
    )


def _spelt_nearly_so(
    c: Connection, campaign: Campaign, lines: Iterable[ListedLine], found: Mapping[str, Entry]
) -> list[str]:
    """The stories beside those found of which a headline is much like one that none of these bears."""
    others = {
        story_id: text for story_id, text in desks.texts(c, campaign.slug).items() if story_id not in found
    }
    places = propose(_unknown(lines, found.values()), list(others.values()), desks.PARTING, LEAST)
    ids = list(others)
    return [ids[place] for place in sorted(places)]


def _unknown(lines: Iterable[ListedLine], found: Iterable[Entry]) -> list[str]:
    """The headlines that no entry bears just so."""
    known = {fold(text) for each in found for text in (each.headline, each.article.headline)}
    return [line.headline for line in lines if fold(line.headline) not in known]


def _named_so(c: Connection, lines: Iterable[ListedLine], found: Iterable[Entry]) -> list[str]:
    """The articles that have all words of a headline which no entry bears just so."""
    needs = (need_of_rule(Phrase(headline)) for headline in _unknown(lines, found))
    asked = (need for need in needs if need is not None)
    keys: set[str] = set()
    for together in _batches(asked):
        keys |= search.candidates(c, AnyOf(together))
    return sorted(keys)[:MOST_STRANGERS]


def _batches(needs: Iterator[Need]) -> Iterator[tuple[Need, ...]]:
    while together := tuple(islice(needs, _TOGETHER)):
        yield together


def _former(c: Connection, entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """The headlines that the pages of these entries had before the ones they have now, by key."""
    now = {each.key: each.headline for entry in entries for each in entry.carriers}
    now |= {entry.article.key: entry.article.headline for entry in entries}
    told = articles.headlines(c, now)
    return {key: before for key, every in told.items() if (before := tuple(every - {now[key]}))}


def _decided(entries: Iterable[Entry], taken: Iterable[Decision]) -> dict[str, str]:
    """What a person last said of each story that is not on the list: who, when, why."""
    home = {key: entry.story.id for entry in entries for key in member_keys(entry)}
    told: dict[str, str] = {}
    for decision in standing(taken):
        if decision.verdict in (Verdict.REJECT, Verdict.LATER):
            why = f": {decision.note}" if decision.note else ""
            word = f"{decision.verdict} said {decision.by} on {long_day(decision.at.date())}{why}"
            told |= {home[key]: word for key in decision.subjects if key in home}
    return told
