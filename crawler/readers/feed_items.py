"""What a feed holds, whichever parser read it. A record only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item as the feed wrote it: links unresolved, markup unstripped, dates as text, the best first.

    `instant` is what the parser itself made of the dates (UTC), for spellings only it knows.
    """

    link: str | None
    title: str = ""
    summary: str = ""
    dates: tuple[str, ...] = ()
    instant: datetime | None = None
    guid: str | None = None
    outlet: str = ""
    outlet_url: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A feed: its items in its order, its own address for relative links, and its words on itself."""

    items: tuple[Item, ...]
    base: str | None = None
    language: str | None = None
    next_page: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""
