"""The list as an Excel workbook: text, real dates and links, never a formula."""

import io
from datetime import date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from aggregator.exports.columns import NAMES, cells
from aggregator.exports.format import Format
from aggregator.exports.inert import web_link, xml_text
from aggregator.records import Listing, ListItem

_WIDTHS = (8, 70, 24, 12, 50, 10, 30, 30, 40)
_LONGEST_TEXT = 32_767
_LONGEST_LINK = 2_079
_MOST_LINKS = 65_530
_FIRST_DAY = date(1900, 3, 1)  # Excel's calendar is wrong before


def _write_day(sheet: Worksheet, row: int, day: date | None, style: object) -> None:
    column = NAMES.index("date")
    if day and day >= _FIRST_DAY:
        sheet.write_datetime(row, column, datetime.combine(day, time()), style)
    elif day:
        sheet.write_string(row, column, day.isoformat())


def _write_row(sheet: Worksheet, row: int, item: ListItem, day_style: object) -> None:
    for column, text in enumerate(cells(row, item)):
        if NAMES[column] == "position":
            sheet.write_number(row, column, row)
        elif NAMES[column] != "date":
            sheet.write_string(row, column, xml_text(text)[:_LONGEST_TEXT])
    _write_day(sheet, row, item.day, day_style)
    link = web_link(item.url)
    if link and len(link) <= _LONGEST_LINK and row <= _MOST_LINKS:
        sheet.write_url(row, NAMES.index("url"), link, string=link)


def _render(listing: Listing) -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = listing.changed_at.replace(tzinfo=None)
    book.set_properties({"title": xml_text(listing.form.title), "created": created})
    sheet = book.add_worksheet("In the News")
    head, day_style = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, (name, width) in enumerate(zip(NAMES, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for row, item in enumerate(listing.items, start=1):
        _write_row(sheet, row, item, day_style)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(listing.items), len(NAMES) - 1)
    book.close()
    return out.getvalue()


FORMAT = Format(
    name="xlsx",
    title="Excel workbook",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    file_name="in-the-news.xlsx",
    render=_render,
)
