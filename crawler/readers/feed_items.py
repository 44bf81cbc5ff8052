"""What a feed holds, whichever parser read it. A record only."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item as the feed wrote it: links unresolved, markup unstripped, dates as text, the best first."""

    link: str | None
    title: str = ""
    summary: str = ""
    dates: tuple[str, ...] = ()
    guid: str | None = None
    outlet: str = ""
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
