"""What somebody brings to be proofread -> the lines of a page: a web page, plain text or a table; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aggregator.errors import Unusable
from aggregator.proof import Proof
from aggregator.records import ListForm
from aggregator.review.pasted import guess_columns, read_rows, read_table
from crawler.errors import UnreadableFeed
from crawler.readers.news_list import ListedLine, read_page, read_text
from crawler.text.crowds import flat, uncrowded

LARGEST = 2 * 1024 * 1024
MOST_LINES = 2_000
_MARKUP = re.compile(
    rb"<(?:!doctype|html|body|main|article|section|div|p|ul|ol|li|table|h[1-6]|a\s)\b[^<]*>", re.IGNORECASE
)
_LONGEST_HEAD = 4_000  # bytes of a line that may name the columns of a table
# In which export the corrected page is written: that of its own kind.
_FORMAT = {"text": "text", "page": "html", "table": "csv"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The lines of a page, what kind of file it was, and what in it could not be read."""

    kind: str
    lines: tuple[ListedLine, ...]
    troubles: tuple[str, ...] = ()


def read_sheet(content: bytes, form: ListForm) -> Sheet:
    """Read a page that somebody keeps. Raises Unusable where it is too large or holds no lines.

    Whether 3.4.2017 is in March or in April is as the campaign's own form of dates has it.
    """
    if len(content) > LARGEST:
        raise Unusable("This page is larger than 2 MiB.")
    content = content.replace(b"\0", b"")  # which no database takes
    country = "GB" if 0 <= form.date.find("D") < form.date.find("M") else "US"
    sheet = _read(content, country)
    if not sheet.lines:
        raise Unusable(
            "No lines were found: write a headline, below it “Outlet, 3.28.2017”, and a blank line; "
            "or bring a web page with links, or a CSV file with the columns headline and outlet."
        )
    if len(sheet.lines) > MOST_LINES:
        raise Unusable(f"This page has {len(sheet.lines)} lines; {MOST_LINES} can be read at once.")
    return sheet


def _read(content: bytes, country: str) -> Sheet:
    """As a table, as a web page, else as text: text may hold a word in <brackets>."""
    if _is_table(content[:_LONGEST_HEAD].decode("utf-8-sig", "replace")):
        return _read_table(content)
    if _MARKUP.search(content) and (lines := _read_markup(content, country)):
        return Sheet(kind="page" if any(line.url for line in lines) else "text", lines=tuple(lines))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable("This file is not UTF-8; save it as UTF-8 text.") from error
    return Sheet(kind="text", lines=tuple(read_text(text, country=country)))


def _read_markup(content: bytes, country: str) -> list[ListedLine]:
    thinned = flat(uncrowded(content.decode("latin-1"))).encode("latin-1")  # what chokes parsers
    try:
        return read_page(thinned, country=country)
    except UnreadableFeed as error:
        raise Unusable(f"This page cannot be read: {error}.") from error


def _is_table(text: str) -> bool:
    """Whether the first line names the columns of a table."""
    head = text.lstrip().partition("\n")[0].strip()
    names = [name.strip(' "') for name in re.split(r"[,;\t]", head)]
    columns = guess_columns(names)
    return len(names) > 1 and bool(columns["headline"] and columns["outlet"])


def _read_table(content: bytes) -> Sheet:
    names, rows = read_table(content)
    clips, troubles = read_rows(rows, guess_columns(names))
    lines = [
        ListedLine(number=number, headline=clip.headline, outlet=clip.outlet, day=clip.day, url=clip.url)
        for number, clip in enumerate(clips, start=1)
    ]
    told = tuple(f"row {row}: {trouble}" for row, trouble in troubles)
    return Sheet(kind="table", lines=tuple(lines), troubles=told)


def corrected_format(sheet: Sheet) -> str:
    """The export in which the corrected page is written."""
    return _FORMAT[sheet.kind]


def follow_up(proof: Proof) -> Sequence[str]:
    """The commands by which a person takes up what the page has and the list has not."""
    repairs = [each.repair for line in proof.wrong for each in line.findings if each.repair]
    return list(dict.fromkeys(repairs))
