"""The list as CSV (RFC 4180, UTF-8), with cells that no spreadsheet takes for a formula."""

import csv
import io

from aggregator.exports.columns import NAMES, cells
from aggregator.exports.format import Format
from aggregator.records import Listing

# https://owasp.org/www-community/attacks/CSV_Injection, and the full-width forms that Excel folds.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _render(listing: Listing) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(NAMES)
    for position, item in enumerate(listing.items, start=1):
        writer.writerow(map(_guarded, cells(position, item)))
    return out.getvalue().encode()


FORMAT = Format(
    name="csv",
    title="CSV",
    media_type="text/csv; charset=utf-8; header=present",
    file_name="in-the-news.csv",
    render=_render,
)
