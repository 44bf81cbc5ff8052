"""The page as it should be: its lines in their order as the list has them, and what it lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aggregator.listing import make_item
from aggregator.proof.findings import Checked, Kind, Knowledge
from aggregator.records import Entry, Listing, ListItem

# Lines that do not belong on the page: said already, no coverage, or kept off by a person.
_LEFT_OUT = {Kind.TWICE, Kind.OWN, Kind.REJECTED}


def item_of(entry: Entry, known: Knowledge) -> ListItem:
    """The entry as the list has it, or would."""
    listed = (item for item in known.listing.items if item.key == entry.article.key)
    return next(listed, None) or make_item(known.campaign, entry, 0)


def correct(checked: Iterable[Checked], missing: Sequence[ListItem], known: Knowledge) -> Listing:
    """The corrected page as a listing, to be rendered by the exports."""
    lines = [_item(each, known) for each in checked if not _LEFT_OUT & {one.kind for one in each.findings}]
    lacking = {item.key for item in missing}
    behind: dict[str, list[ListItem]] = {}
    anchor = ""
    for item in known.listing.items:
        if item.key in lacking:
            behind.setdefault(anchor, []).append(item)
        else:
            anchor = item.key
    items = [*behind.get("", ())]
    for line in lines:
        items += [line, *behind.get(line.key, ())]
    return replace(known.listing, items=tuple(items))


def _item(each: Checked, known: Knowledge) -> ListItem:
    if each.entry:
        return item_of(each.entry, known)
    line = each.line
    return ListItem(
        headline=line.headline,
        outlet=line.outlet,
        day=line.day,
        url=line.url,
        key=f"line {line.number}",
    )
