"""Tells where people and the machine disagree about what is one story: the person wins, and both should know.

What they disagree on is judged by `Judges`; here it is put into words for a desk or a command.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from aggregator.judges import Conflict, Judges
from aggregator.records import Entry
from aggregator.replay import wishes
from aggregator.shelf import Shelf
from aggregator.store import articles, decisions, outlet_names
from aggregator.store.session import Connection, Store
from crawler.records import Article


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """Articles on which people and the machine disagree, and how, as a sentence."""

    articles: tuple[Article, ...]
    reason: str


def disagreements(c: Connection, judges: Judges, among: Collection[str] | None = None) -> list[Conflict]:
    """Where the machine would not do what people wished of stories, or two wishes exclude each other.

    With `among`, only where one of these articles is concerned.
    """
    wanted = wishes(decisions.about_stories(c))
    sets = [set(keys) for keys in (*wanted.together, *wanted.apart)]
    named = {key for keys in sets if among is None or not keys.isdisjoint(among) for key in keys}
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
        each.story.id: tuple(
            notice(one, each.article.key, known) for one in near if one.keys & members[each.story.id]
        )
        for each in found
    }
    return [replace(each, notices=(*each.notices, *told[each.story.id])) for each in found]


def notice(dispute: Conflict, shown: str, known: dict[str, Article]) -> str:
    """A dispute as the entry that shows this article tells it."""
    others = [known[key] for key in sorted(dispute.keys - {shown}) if key in known]
    named = " and ".join(f"{article.outlet}, “{article.headline}”" for article in others)
    return f"{named}: {dispute.reason}"
