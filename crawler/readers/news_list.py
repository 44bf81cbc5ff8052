"""An "in the news" page as somebody keeps it -> its lines: headline, outlet, day, and a link if there is one.

Text is read in the two-line form (headline, then `Outlet, 3.28.2017`), a web page by its links and in
that form. What is not such a line is the page's furniture. Tables are read elsewhere; nothing is fetched.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby

from crawler.dates import read_stamp
from crawler.readers import press_page
from crawler.readers.links import LinkBook
from crawler.readers.press_page import Item, Line, dated, outlet_of
from crawler.readers.webpage import parse
from crawler.records import Page
from crawler.text import one_line

# What stands between an outlet and its day.
_PARTING = re.compile(r"\s*[,|•·–—(]\s*|\s+-\s+")
_LONGEST_OUTLET = 12  # words; "CNN Wire via FOX61 and 6 others" has seven
_LONGEST_DAY = 4
_LONGEST_BYLINE = 300  # characters
_LONGEST_HEADLINE = 500
_DAY = re.compile(r"\d{4}|\d\s?[./-]\s?\d\d?\s?[./-]\s?\d\d")  # what each full day has
_WORD = re.compile(r"[^\W\d_]+")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedLine:
    """One line of such a page: an article as the page tells of it; `number` is its place, from 1.

    One that is not `sure` may be furniture: a link that tells less than others of the page do.
    """

    number: int = 0
    headline: str
    outlet: str = ""
    day: date | None = None
    url: str = ""
    sure: bool = True


def read_text(text: str, *, country: str = "US") -> list[ListedLine]:
    """The lines of a plain text. `country` (ISO 3166) decides whether 3.4.2017 is in March or in April."""
    rows = [one_line(row).strip() for row in text.splitlines()]
    blocks: list[list[str]] = [[]]
    for row in rows:
        if row:
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    if any(_byline(row, country) for row in rows):
        return _numbered(_by_bylines(blocks, country))
    return _numbered(_by_days(blocks, country))


def _by_bylines(blocks: Sequence[Sequence[str]], country: str) -> Iterator[ListedLine]:
    """Each line that tells outlet and day, with the headline above it."""
    above = ""
    for block in blocks:
        told = [_byline(row, country) for row in block]
        at = [place for place, each in enumerate(told) if each]
        for place in at:
            # Of several in a block the row above is the headline; of one, all rows above are.
            rows = block[:place] if len(at) == 1 else block[max(0, place - 1) : place]
            headline = " ".join(rows) if place else above
            if headline and (told_here := told[place]):
                yield ListedLine(headline=headline, outlet=told_here[0], day=told_here[1])
        above = "" if at else " ".join(block)


def _by_days(blocks: Sequence[Sequence[str]], country: str) -> Iterator[ListedLine]:
    """Under headings that are days: headline and outlet, in one block or in two."""
    day, above = None, ""
    for block in blocks:
        if len(block) == 1 and (found := _whole_day(block[0], country)):
            day, above = found, ""
        elif day and len(block) > 1:
            yield ListedLine(headline=block[0], outlet=block[1], day=day)
        elif day and above:
            yield ListedLine(headline=above, outlet=block[0], day=day)
            above = ""
        else:
            above = " ".join(block)


def read_page(body: bytes, *, country: str = "US") -> list[ListedLine]:
    """The lines of a web page, those without a link as well. Raises UnreadableFeed for what is no page."""
    page = Page(requested_url="", final_url="", status=200, headers=(), body=body, fetched_at=_NEVER)
    rows = press_page.lines_of(parse(page), page, LinkBook(""))
    linked = [(item.at, _line(item, country)) for item in _whole_cards(press_page.items(rows), country)]
    found = sorted([*linked, *_unlinked(rows, country)], key=lambda each: each[0])
    return _numbered(_weighed([line for _, line in found]))


def _weighed(lines: Sequence[ListedLine]) -> list[ListedLine]:
    """The lines, those not sure that tell no day or no outlet where others do."""
    days, outlets = any(line.day for line in lines), any(line.outlet for line in lines)
    return [
        replace(line, sure=bool(line.day) if days else bool(line.outlet) if outlets else True)
        for line in lines
    ]


def _whole_cards(found: Iterable[Item], country: str) -> Iterator[Item]:
    """The links that have a headline; of several of one card (picture, headline, "read more") the best."""
    for _, group in groupby(found, key=lambda item: item.url):
        best: list[Item] = []
        for item in group:
            again = best and item.names_itself and best[-1].names_itself and item.details and best[-1].details
            if not best or again:
                best.append(item)
            else:
                best[-1] = max(best[-1], item, key=lambda each: _worth(each, country))
        yield from (item for item in best if item.headline)


def _worth(item: Item, country: str) -> tuple[bool, bool, int]:
    line = _line(item, country)
    return bool(line.outlet and line.day), item.names_itself, len(line.headline)


def _line(item: Item, country: str) -> ListedLine:
    headline = item.headline or ""
    for detail in item.details:
        if told := _byline(detail, country):
            return ListedLine(headline=headline, outlet=told[0], day=told[1], url=item.url)
    outlet, day = outlet_of(item.details, headline), _day(dated(item.details) or "", country)
    return ListedLine(headline=headline, outlet=outlet or "", day=day, url=item.url)


def _unlinked(rows: Sequence[Line], country: str) -> Iterator[tuple[int, ListedLine]]:
    """The lines in the two-line form above which no link stands."""
    for at in range(1, len(rows)):
        above, row = rows[at - 1], rows[at]
        told = None if row.links or above.links else _byline(row.rest, country)
        if told and above.rest and not _byline(above.rest, country):
            yield at, ListedLine(headline=above.rest, outlet=told[0], day=told[1])


def _numbered(lines: Iterable[ListedLine]) -> list[ListedLine]:
    whole = (line for line in lines if len(line.headline) <= _LONGEST_HEADLINE)
    return [replace(line, number=number) for number, line in enumerate(whole, start=1)]


def _byline(row: str, country: str) -> tuple[str, date] | None:
    """Outlet and day where the row tells these and nothing else."""
    if len(row) > _LONGEST_BYLINE or not _DAY.search(row):
        return None
    for parting in reversed(list(_PARTING.finditer(row))):
        outlet, rest = row[: parting.start()].strip(), row[parting.end() :].rstrip(" ).")
        if outlet and len(outlet.split()) <= _LONGEST_OUTLET and (day := _whole_day(rest, country)):
            return outlet, day
    return None


def _whole_day(text: str, country: str) -> date | None:
    """The day, where the text is no more than one: of words at most a month's and a weekday's name."""
    if len(text) > _LONGEST_BYLINE or len(text.split()) > _LONGEST_DAY or len(_WORD.findall(text)) > 2:
        return None
    return _day(text, country)


def _day(text: str, country: str) -> date | None:
    stamp = read_stamp(text, country=country) if text else None
    return stamp.clock.date() if stamp else None
