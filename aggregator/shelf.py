"""The kept sketches and stories as grouping asks for them; what was read once in a transaction is at hand."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from aggregator.judges import Judges
from aggregator.records import Crowd, Joined, Story
from aggregator.store import crowds, sketches, stories
from aggregator.store.packing import pack_json, unpack_json
from aggregator.store.session import Connection
from crawler.records import Article


class Shelf:
    """Sketches and stories of one transaction: nobody else writes while it goes on."""

    def __init__(self, c: Connection, judges: Judges) -> None:
        self.c = c
        self.judges = judges
        self.fresh: set[str] = set()
        self._sketches: dict[str, Any] = {}
        self._numbers: dict[int, str] = {}
        self._homes: dict[str, Story | Crowd] = {}

    def keep(self, article: Article) -> None:
        """Keep the sketch of an article; one that had none is `fresh`, and in no story."""
        sketch = self.judges.sketch(article)
        keys = sketch.index_keys | sketch.kin_keys
        if sketches.keep(self.c, article.key, pack_json(sketch.to_json()), keys):
            self.fresh.add(article.key)
        self._have(article.key, sketch)

    def holding(self, index_keys: frozenset[str]) -> list[Any]:
        """The sketches that hold any of these keys that few hold; the first of many, where most are so."""
        near = sketches.near(self.c, index_keys, self.judges.most_holders, met=self.judges.met)
        self._read(sketches.numbered(self.c, near - self._numbers.keys()))
        return [self._sketches[key] for key in sorted(self._numbers[number] for number in near)]

    def get(self, key: str) -> Any:
        """One article's sketch, or None."""
        return self.some([key]).get(key)

    def some(self, keys: Iterable[str]) -> Mapping[str, Any]:
        """The sketches of these articles, in the order of their keys."""
        wanted = sorted(keys)
        self._read(sketches.some(self.c, [key for key in wanted if key not in self._sketches]))
        return {key: self._sketches[key] for key in wanted if key in self._sketches}

    def homes(self, keys: Iterable[str]) -> dict[str, Story | Crowd]:
        """The stories that hold these articles, by article key; very large ones without their members."""
        wanted = set(keys)
        self._remember(stories.holding(self.c, sorted(wanted - self._homes.keys() - self.fresh)).values())
        if unknown := wanted - self._homes.keys() - self.fresh:
            self._homes |= crowds.holding(self.c, sorted(unknown))
        return {key: self._homes[key] for key in wanted & self._homes.keys()}

    def first_besides(self, story_id: str, key: str) -> tuple[str, str]:
        """When the first of a story's members besides this one was told, and its key."""
        return crowds.first_besides(self.c, story_id, key)

    def read(self) -> dict[str, Story]:
        """The stories that were read or made so far with their members and hold, by id."""
        return {home.id: home for home in self._homes.values() if isinstance(home, Story)}

    def stories(self, ids: Iterable[str]) -> dict[str, Story | Crowd]:
        """The stories of these ids that there are; very large ones without their members."""
        held = {home.id: home for home in self._homes.values()}
        wanted = set(ids)
        found = {story_id: held[story_id] for story_id in wanted & held.keys()}
        if missing := sorted(wanted - found.keys()):
            found |= crowds.some(self.c, missing)
        if missing := sorted(wanted - found.keys()):
            more = stories.some(self.c, missing)
            self._remember(more.values())
            found |= more
        return found

    def replace(self, gone: Collection[str], made: Iterable[Story | Joined]) -> None:
        """These stories hold now, and the others do not any more as they were read."""
        made = list(made)
        now = {each.id: each.crowd for each in made if isinstance(each, Joined)}
        self._homes = {
            key: now.get(home.id, home)
            for key, home in self._homes.items()
            if home.id not in gone or (isinstance(home, Crowd) and home.id in now)
        }
        for each in made:
            if isinstance(each, Story):
                self._remember([each])
            else:
                self._homes |= {member.article_key: each.crowd for member in each.members}

    def _remember(self, found: Iterable[Story]) -> None:
        self._homes.update((member.article_key, story) for story in found for member in story.members)

    def _read(self, packed: Mapping[str, bytes]) -> None:
        for key, record in packed.items():
            self._have(key, _unpack(self.judges.read_sketch, record))

    def _have(self, key: str, sketch: Any) -> None:
        self._sketches[key] = sketch
        self._numbers[sketches.number_of(key)] = key


@lru_cache(maxsize=1_000)
def _unpack(read: Callable[[Mapping[str, Any]], Any], packed: bytes) -> Any:
    """A sketch; those of a story that goes on growing are read again and again."""
    return read(unpack_json(packed))
