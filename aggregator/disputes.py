"""Tells where people and the machine disagree about what is one story: the person wins, and both should know.

What they disagree on is judged by `Judges`; here it is put into words for a desk or a command.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aggregator.judges import Conflict, Judges
from aggregator.records import Entry
from aggregator.replay import wishes
from aggregator.shelf import Shelf
from aggregator.store import articles, decisions, outlet_names
from aggregator.store.session import Connection, Store
from aggregator.wording import count
from crawler.records import Article

# Wishes about what a page of the desk shows that are looked at: each costs comparing two texts.
MOST_AT_ONCE = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """Articles on which people and the machine disagree, and how, as a sentence."""

    articles: tuple[Article, ...]
    reason: str


def disagreements(c: Connection, judges: Judges, among: Collection[str] | None = None) -> list[Conflict]:
    """Where the machine would not do what people wished of stories, or two wishes exclude each other.

    With `among`, only where one of these articles is concerned, and of many wishes about them the first.
    """
    wanted = wishes(decisions.about_stories(c))
    sets = [set(keys) for keys in (*wanted.together, *wanted.apart)]
    if among is not None:
        sets = [keys for keys in sets if not keys.isdisjoint(among)][:MOST_AT_ONCE]
    named = {key for keys in sets for key in keys}
    found = judges.conflicts(list(Shelf(c, judges).some(named).values()), wanted)
    return [each for each in found if among is None or not each.keys.isdisjoint(among)]


def every(store: Store, judges: Judges) -> list[Dispute]:
    """All disputes, with the articles that each is about."""
    with store.reading() as c:
        found = disagreements(c, judges)
        known = outlet_names.apply(c, articles.some(c, {key for each in found for key in each.keys}))
    return [
        Dispute(articles=tuple(known[key] for key in sorted(each.keys) if key in known), reason=each.reason)
        for each in found
    ]


def noted(store: Store, found: Sequence[Entry], judges: Judges) -> list[Entry]:
    """The entries, with a notice for each dispute about one of their articles."""
    members = {each.story.id: {one.article_key for one in each.story.members} for each in found}
    with store.reading() as c:
        near = disagreements(c, judges, set().union(*members.values()))
        known = outlet_names.apply(c, articles.some(c, {key for each in near for key in each.keys}))
    told = {
        each.story.id: notices([one for one in near if one.keys & members[each.story.id]], each, known)
        for each in found
    }
    return [replace(each, notices=(*each.notices, *told[each.story.id])) for each in found]


def notices(near: Sequence[Conflict], entry: Entry, known: Mapping[str, Article]) -> Iterator[str]:
    """An entry's disputes as it tells them: one sentence for all of a kind, with the figures of the first."""
    kinds: dict[str, list[Conflict]] = {}
    for each in near:
        kinds.setdefault(each.reason.partition(":")[0], []).append(each)
    for of_kind in kinds.values():
        keys = sorted({key for each in of_kind for key in each.keys} - {entry.article.key})
        there = [known[key] for key in keys if key in known]
        more = f" and {count(len(there) - 1, 'other')}" if len(there) > 1 else ""
        who = f"{there[0].outlet}, “{there[0].headline}”{more}: " if there else ""
        yield f"{who}{of_kind[0].reason}"
