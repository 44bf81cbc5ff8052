"""Dates that a page tells only to today's readers: "3 hours ago", "6月24日 16時15分", "5 Nov, 7:40 pm".

They are read against the time of the fetch, as a last resort and never surer than a day.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from crawler import dates
from crawler.dates import Stamp
from crawler.extraction import vocabulary
from crawler.records import Precision

_LONGEST = 60
_UNITS = tuple(
    (
        timedelta(minutes=minutes),
        vocabulary.any_of(name, r"(\d{1,3}|\ban?\b|\buna?\b|\beine[rn]?\b)\s*(?:{})"),
    )
    for name, minutes in (("minutes", 1), ("hours", 60), ("days", 24 * 60))
)
_AGO = vocabulary.any_of("ago", r"(?:^|(?<=\W)|(?<=\d)|(?<=[\u3040-\uffff]))(?:{})(?:\W|$)")
_MONTH_DAY = re.compile(r"(?<![年\d])(\d{1,2})\s?([月월])\s?(\d{1,2})\s?[日일]")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)(?!\s?[:.]\d)")
_DAY_AND_WORD = re.compile(r"(?<!\d)(\d{1,2}\D{1,4}[^\W\d_]{3,})")
_YEAR = re.compile(r"\d{4}")


def read_recent(text: str, language: str | None, country: str | None, now: datetime) -> Stamp | None:
    """The day that a short line tells as seen from `now`, None where it tells none."""
    if len(text) > _LONGEST or _YEAR.search(text):
        return None
    if _AGO.search(text):
        return next(_before(text, now), None)
    for year in (now.year, now.year - 1):
        for whole in _with_year(text, year):
            stamp = dates.read_stamp(whole, language=language, country=country)
            if (
                stamp
                and stamp.clock.year == year
                and stamp.clock < now.replace(tzinfo=None) + timedelta(days=1)
            ):
                return Stamp(stamp.clock.replace(hour=0, minute=0, second=0), Precision.DAY)
    return None


def _before(text: str, now: datetime) -> Iterator[Stamp]:
    for unit, pattern in _UNITS:
        for found in pattern.finditer(text):
            count = int(found[1]) if found[1].isdecimal() else 1
            day = (now - count * unit).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
            yield Stamp(day, Precision.DAY)


def _with_year(text: str, year: int) -> Iterator[str]:
    """The line with the year put where its language may have it; only lines that name a month by a word."""
    if _MONTH_DAY.search(text):
        yield _MONTH_DAY.sub(rf"{year}年\1月\3日", text, count=1)
    elif _DAY_AND_WORD.search(text) or _DAY.search(text):
        yield _DAY_AND_WORD.sub(rf"\1 {year}", text, count=1)
        yield _DAY.sub(rf"\1 {year}", text, count=1)
