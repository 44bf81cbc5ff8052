"""The days that a line of text shows, in any language and calendar; times of day are `crawler.dates`'."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from crawler import calendars

_MONTH_FIRST = {"US", "PH", "PR", "FM", "PW", "GU"}

_CJK = re.compile(
    r"(?:(令和|平成|民國|民国)\s*(\d{1,3}|元)|(\d{4}))\s*[年년]\s*(\d\d?)\s*[月월]\s*(\d\d?)\s*[日일号號]?"
)
# The year before the first one of a Japanese reign, or of the Republic of China.
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_MONGOLIAN = re.compile(r"(\d{4})\s*оны?\s*(\d\d?)(?:[\s-]*(?:р|д[уү]г[аэ]{2}р))?\s*сарын?\s*(\d\d?)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[./-]\s?(\d\d?)\s?[./-]\s?(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d.])(\d\d?)\s?([./·-])\s?(\d\d?)\s?\2\s?'?(\d{4}|\d\d)(?![\d:])")
_ROMAN = re.compile(
    r"(?<![\d.])(?:(\d\d?)\.?\s?[./-]?\s?([IVX]{1,4})\.?\s?[./-]?\s?(\d{4})|(\d{4})\.\s?([IVX]{1,4})\.\s?(\d\d?))(?!\d)"
)
_ROMAN_MONTHS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NUMBER = re.compile(r"(?<![\d:])\d+(?![\d:])")
_NEAR_MONTH = 18  # characters

# A day, and where the words that show it begin and end.
Shown = tuple[date, int, int]


def shown_in(line: str, language: str | None, country: str | None) -> Iterator[Shown]:
    """Days a line shows, with the place of each, the surest forms first."""
    for found in (*_MONGOLIAN.finditer(line), *_YEAR_FIRST.finditer(line)):
        yield from _if_day(found.groups(), language, found.span())
    for found in _CJK.finditer(line):
        era, of_era, year, month, day = found.groups()
        counted = _ERAS[era] + (1 if of_era == "元" else int(of_era)) if era else year
        yield from _if_day((counted, month, day), language, found.span())
    yield from _worded_days(line, language)
    for found in _YEAR_LAST.finditer(line):
        first, _, second, year = found.groups()
        day, month = int(first), int(second)
        if month > 12 or (day <= 12 and month_comes_first(language, country)):
            day, month = month, day
        yield from _if_day((_whole_year(year), month, day), language, found.span())
    for found in _ROMAN.finditer(line):
        day, month, year = found[1] or found[6], found[2] or found[5], found[3] or found[4]
        if month in _ROMAN_MONTHS:
            yield from _if_day((year, _ROMAN_MONTHS.index(month), day), language, found.span())


def month_comes_first(language: str | None, country: str | None) -> bool:
    """Whether 3/5 is the fifth of March."""
    return country.upper() in _MONTH_FIRST if country else language in ("en", "tl", "fil")


def day_of(year: int, month: int, day: int, language: str | None) -> date:
    """The Gregorian day of a Persian, Thai or Gregorian one; raises ValueError where there is none."""
    if 1300 <= year <= 1450 and language != "ar":
        return calendars.jalali_to_gregorian(year, month, day)
    return date(calendars.western_year(year, language), month, day)


def _if_day(
    numbers: Sequence[str | int | None], language: str | None, span: tuple[int, int]
) -> Iterator[Shown]:
    """The day of a year, month and day, if the calendar has it."""
    year, month, day = (int(number or 0) for number in numbers)
    try:
        yield day_of(year, month, day, language), *span
    except ValueError:
        return


def _whole_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _worded_days(line: str, language: str | None) -> Iterator[Shown]:
    """Days told with a month's name: "5. März 2024", "May 5, 2022", "2024 m. kovo 31 d."."""
    for pattern, months, jalali in _month_patterns(language or "en"):
        for found in pattern.finditer(line):
            around = _day_and_year(line, found.span(), language)
            month = months.get(calendars.squeeze(found[1]))
            if not around or not month:
                continue
            day, year, start, end = around
            if jalali == (1300 <= year <= 1450):
                yield from _if_day((year, month, day), language, (start, end))


@lru_cache(maxsize=64)
def _month_patterns(language: str) -> tuple[tuple[re.Pattern[str], dict[str, int], bool], ...]:
    tables = [(calendars.months_of(language), False)]
    if language in ("fa", "ps", "prs", "en"):
        tables.append((calendars.jalali_months(), True))
    return tuple((_one_of(months), months, jalali) for months, jalali in tables)


def _one_of(names: dict[str, int]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(
        rf"(?<![^\W\d_])ב?({'|'.join(map(re.escape, longest_first))})(?![^\W\d_])", re.IGNORECASE
    )


def _day_and_year(line: str, span: tuple[int, int], language: str | None) -> tuple[int, int, int, int] | None:
    """Day, year and the span of both around a month's name."""
    start, end = span
    before = [
        (int(number.group()), number.start())
        for number in _NUMBER.finditer(line, max(0, start - _NEAR_MONTH), start)
    ]
    behind = list(_NUMBER.finditer(line, end, end + _NEAR_MONTH))
    after = [(int(number.group()), number.end()) for number in behind]
    years = [(_year_behind(number, language), number.end()) for number in behind]
    orders = (
        (before[-1:], years[:1]), (after[:1], years[1:2]), (after[:1], before[-1:]),
        (before[-1:], before[-2:-1]),
    )  # fmt: skip
    for day, year in orders:
        if day and year and 1 <= day[0][0] <= 31 and _is_year(year[0][0]):
            places = (start, end, day[0][1], year[0][1])
            return day[0][0], year[0][0], min(places), max(places)
    return None


def _year_behind(number: re.Match[str], language: str | None) -> int:
    """The year that a number behind a month's name tells: of two digits in Thai, or as in "5-Sep-24"."""
    digits = number.group()
    if len(digits) == 2 and language == "th":
        return 2500 + int(digits)
    joined = number.start() > 0 and number.string[number.start() - 1] in "-'’"
    return _whole_year(digits) if len(digits) == 2 and joined else int(digits)


def _is_year(number: int) -> bool:
    return 1900 <= number <= 2100 or 1300 <= number <= 1450 or 2480 <= number <= 2643
