"""What a feed holds, whichever parser read it: records, and how much of a summary is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.text import plain

_MAIL = re.compile(r"[^\s@()<>]+@[^\s@()<>]+\s*(?:\(([^()]*)\))?")
LONGEST_SUMMARY = 2_000  # characters: a summary, not a whole article


def make_summary(markup: str) -> str | None:
    """The beginning of what a feed tells of an item; two thirds of markup are more than any of them has."""
    return plain(markup[: 3 * LONGEST_SUMMARY])[:LONGEST_SUMMARY] or None


def name_author(told: str) -> str:
    """The name in `mail@outlet.example (Name)`, as RSS 2.0 wants it; an address alone is nobody's name."""
    found = _MAIL.fullmatch(told.strip())
    return (found[1] or "").strip() if found else told


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
