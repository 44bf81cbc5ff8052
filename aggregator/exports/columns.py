"""The columns of the spreadsheet formats; their names and order are promised in docs/exports.md."""

from aggregator.exports.inert import encodable
from aggregator.records import ListItem

NAMES = ("position", "headline", "outlet", "date", "url", "language", "also_in", "note", "key")


def cells(position: int, item: ListItem) -> tuple[str, ...]:
    """One entry's cells as text, in the order of NAMES; days are ISO 8601."""
    day = item.day.isoformat() if item.day else ""
    language = item.language or ""
    also = "; ".join(item.also_in)
    row = (str(position), item.headline, item.outlet, day, item.url, language, also, item.note, item.key)
    return tuple(map(encodable, row))
