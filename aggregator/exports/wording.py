"""The words around an entry: its day in the campaign's form, its byline, its identity in feeds."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import groupby

from aggregator.dayforms import day_text
from aggregator.exports.inert import encodable
from aggregator.records import ListForm, Listing, ListItem

_IDS = uuid.UUID("9f1f3a52-1d0a-5f0e-8f0c-6f8f0b6f5f3a")

DEFAULT_TITLE = "In the News"


def via(outlets: tuple[str, ...]) -> str:
    """Who carried copies, in words: "via FOX61 and 6 others"."""
    if not outlets:
        return ""
    if len(outlets) == 1:
        return f"via {outlets[0]}"
    if len(outlets) == 2:
        return f"via {outlets[0]} and {outlets[1]}"
    return f"via {outlets[0]} and {len(outlets) - 1} others"


def source(item: ListItem, form: ListForm) -> str:
    """The outlet, and where the form asks for carriers: who wrote it, via the outlet and the others."""
    if not form.carriers:
        return item.outlet
    if item.wire:
        return f"{item.wire} {via((item.outlet, *item.also_in))}"
    return f"{item.outlet} {via(item.also_in)}".rstrip()


def shown_day(item: ListItem, form: ListForm) -> str:
    """The day beside the outlet; empty where it is unknown or stands above as a heading."""
    return day_text(item.day, form.date) if item.day and not form.group_by_day else ""


def byline(item: ListItem, form: ListForm) -> str:
    """The second line of an entry: "NBC News, 3.28.2017"."""
    return ", ".join(part for part in (source(item, form), shown_day(item, form)) if part)


def title(listing: Listing) -> str:
    """The list's title, for formats that cannot do without one."""
    return listing.form.title or DEFAULT_TITLE


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs, as blank lines part them."""
    return [part.strip() for part in re.split(r"\r?\n[ \t]*\r?\n", text) if part.strip()]


def groups(listing: Listing) -> Iterator[tuple[str, list[ListItem]]]:
    """The entries under their headings: one group without heading unless the form groups by day."""
    if not listing.form.group_by_day:
        yield "", list(listing.items)
        return
    for day, items in groupby(listing.items, key=lambda item: item.day):
        yield heading(day, listing.form), list(items)


def heading(day: date | None, form: ListForm) -> str:
    """What stands above the entries of a day where the form groups by day."""
    return day_text(day, form.date) if day else "Without a date"


def noon(day: date) -> datetime:
    """The instant that feeds give for a day: noon UTC, which is that day nearly everywhere."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def stable_id(*names: str) -> str:
    """An identity for feeds that stays the same: a URN made of the names."""
    return uuid.uuid5(_IDS, encodable("\n".join(names))).urn
