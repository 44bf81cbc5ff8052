"""Puts articles into their stories, together with the neighbours that may be the same story.

It asks for the grouping of what is near and keeps it; which articles are one story is judged
by `Judges`, what people wished by `replay`, which stories are kin by `linking`.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from aggregator.judges import Judges
from aggregator.linking import link
from aggregator.records import Joined, Story
from aggregator.replay import Wishes, wishes
from aggregator.shelf import Shelf
from aggregator.store import decisions, entries, stories
from aggregator.store.session import Connection
from aggregator.store.stories import Saved
from crawler.records import Article


def take_in(c: Connection, article: Article, judges: Judges, now: datetime) -> None:
    """Keep what grouping needs of a new or changed article, and put it into its story.

    The desks are brought up to date for its story as well as for those that change.
    """
    shelf = Shelf(c, judges)
    shelf.keep(article)
    _group(shelf, [article.key], decisions.wished(c), now)


def resketch(c: Connection, articles: Iterable[Article], judges: Judges) -> None:
    """Keep what grouping needs of these articles, made anew; their stories stay as they are."""
    shelf = Shelf(c, judges)
    for article in articles:
        shelf.keep(article)


def place(c: Connection, keys: Collection[str], judges: Judges, now: datetime) -> set[str]:
    """Put these articles into their stories, and anew those that they were in one story with.

    Answers the ids of the stories that changed. The desks are brought up to date for these
    and for the stories that hold the articles now. Of a large story only the named articles
    are placed; it takes them in, or lets them go.
    """
    return _group(Shelf(c, judges), keys, wishes(decisions.about_stories(c)), now)


def _group(shelf: Shelf, keys: Collection[str], wanted: Wishes, now: datetime) -> set[str]:
    """Group anew what is near these articles; the ids of the stories that changed."""
    c, judges = shelf.c, shelf.judges
    known = set(keys) - shelf.fresh
    changed: set[str] = set()
    made: set[str] = set()
    placed: set[str] = set()
    anew: dict[str, set[str]] = {}
    together = stories.fellows(c, known, judges.most_members) if known else set()
    for key, sketch in shelf.some(together | set(keys)).items():
        if key not in placed:
            around = tuple(judges.place(sketch, shelf, wanted))
            placed.update(*map(keys_of, around))
            saved = _save(shelf, around, now)
            shelf.replace(saved.changed, around)
            changed |= saved.changed
            made |= saved.made
            for each in around:
                if isinstance(each, Joined):
                    anew.setdefault(each.id, set()).update(keys_of(each))
    touched = changed | {home.id for home in shelf.homes(keys).values()}
    link(shelf, touched, entries.refresh(c, touched, made, anew), made)
    return changed


def keys_of(story: Story | Joined) -> set[str]:
    """The articles of a story, or those that it took in."""
    return {member.article_key for member in story.members}


def _save(shelf: Shelf, around: Iterable[Story | Joined], now: datetime) -> Saved:
    """Make these stories hold."""
    whole = [each for each in around if isinstance(each, Story)]
    joined = [each for each in around if isinstance(each, Joined)]
    first = stories.save(shelf.c, whole, now, shelf.fresh, shelf.read())
    others = [stories.join(shelf.c, each, now, shelf.fresh) for each in joined]
    return Saved(
        first.changed.union(*(each.changed for each in others)),
        first.made.union(*(each.made for each in others)),
    )
