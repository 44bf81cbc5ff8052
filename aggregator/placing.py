"""Puts articles into their stories, together with the neighbours that may be the same story.

It fetches the neighbours, asks for the grouping and keeps it; which articles are one
story is judged by `Judges`, what people wished by `replay`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from aggregator.records import Campaign, Decision, Exclusion, Mention, Story
from aggregator.replay import Wishes, wishes
from aggregator.store import decisions, entries, stories
from aggregator.store.packing import pack_json, unpack_json
from aggregator.store.session import Connection
from crawler.records import Article


class Matcher(Protocol):
    """Says of an article what it is to each campaign."""

    def judge(self, article: Article) -> Sequence[Mention | Exclusion]:
        """One judgement a campaign."""
        ...


class Sketch(Protocol):
    """What grouping needs of an article; articles that may be one story share an index key."""

    @property
    def index_keys(self) -> frozenset[str]:
        """The keys under which its neighbours find it."""
        ...

    def to_json(self) -> Mapping[str, Any]:
        """The sketch as JSON values."""
        ...


@dataclass(frozen=True, kw_only=True)
class Judges:
    """Who judges: functions of modules, so that they can be sent to another process.

    `matcher` makes a Matcher of campaigns; `sketch` makes of an article what `group` needs,
    and `read_sketch` makes it again of what `to_json` wrote; `group` makes stories of
    sketches and the wishes of people.
    """

    matcher: Callable[[Sequence[Campaign]], Matcher]
    sketch: Callable[[Article], Sketch]
    read_sketch: Callable[[Mapping[str, Any]], Any]
    group: Callable[[Sequence[Any], Wishes], Iterable[Story]]


def keep_sketch(c: Connection, article: Article, judges: Judges) -> None:
    """Keep what grouping needs of the article."""
    sketch = judges.sketch(article)
    stories.save_sketch(c, article.key, pack_json(sketch.to_json()), sketch.index_keys)


def place(c: Connection, keys: Iterable[str], judges: Judges, now: datetime) -> set[str]:
    """Group these articles anew with all their neighbours; answers the ids of the stories that changed.

    The desks are brought up to date for these stories only: whoever changed an article or
    a decision refreshes the entry of its story himself.
    """
    near, wanted = neighbourhood(c, keys)
    packed = stories.sketches_of(c, near)
    sketches = [judges.read_sketch(unpack_json(packed[key])) for key in sorted(packed)]
    changed = stories.save(c, judges.group(sketches, wishes(wanted)), now)
    entries.refresh(c, changed)
    return changed


def neighbourhood(c: Connection, keys: Iterable[str]) -> tuple[set[str], list[Decision]]:
    """The articles, all that share an index key with them, all members of the stories of these.

    Beside them the standing decisions of people on what is one story that name any of them.

    Articles that a person put into one story with any of them belong to it as well, and
    so on until nothing is added.
    """
    near = stories.fellows(c, {other for key in keys for other in stories.candidates(c, key)})
    while True:
        wanted = decisions.wishes_about(c, near)
        named = {key for decision in wanted for key in decision.subjects}
        if named <= near:
            return near, wanted
        near = stories.fellows(c, near | named)
