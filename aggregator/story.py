"""The records of stories: their members, and which other stories they are kin to. They do nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Relation(StrEnum):
    """How a member belongs to its story; the last three, how one story is kin to another."""

    ORIGINAL = "original"
    SAME_PAGE = "same page"
    UPDATE = "updated version"
    COPY = "syndicated copy"
    REWRITE = "rewrite"
    TRANSLATION = "other language"
    RELATED = "related event"


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """An article's place in a story, and why it is there, with figures; members are in the order of `told`.

    `told` is the instant at which it was published, else first seen (ISO, UTC).
    """

    article_key: str
    relation: Relation
    reason: str
    told: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One story and the articles that are it. `shown` is the article key that the list shows."""

    id: str
    members: tuple[Member, ...]
    shown: str
    shown_because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """A page that carries a story besides the one that is shown."""

    key: str
    outlet: str
    headline: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Crowd:
    """A story of so many articles that it takes a copy in without being looked through.

    `first` is when its first member was told, and that member's key; `original` the article that the
    others are copies of, None where it was not seen.
    """

    id: str
    size: int
    first: tuple[str, str]
    original: str | None
    shown: str
    shown_because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """What a story of very many articles is after these `members` joined it, or came again.

    `retold` is another one whose place is told anew: what was taken for the original so far.
    """

    crowd: Crowd
    members: tuple[Member, ...]
    retold: tuple[Member, ...] = ()

    @property
    def id(self) -> str:
        """The story's id."""
        return self.crowd.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Two stories, by their ids, that are kin and stay two; `one` comes from `other` where it is a rewrite.

    A machine judgement between the articles that stand for the stories; `strength` is 0 to 1.
    """

    one: str
    other: str
    relation: Relation
    reason: str
    strength: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """A story that is kin to an entry's, as the desk shows it. `key` is the article it shows.

    `comes_from_it` says that the entry is second-hand news from this story.
    """

    story: str
    relation: Relation
    reason: str
    key: str
    headline: str
    outlet: str
    url: str
    day: date | None = None
    language: str | None = None
    comes_from_it: bool = False
