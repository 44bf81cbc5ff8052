"""Text to a moment: machine stamps and shown dates in any language, with precision and offset.

Month names and calendars are `crawler.calendars`'; which of a page's dates counts is
for `crawler.extraction.published`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from crawler import calendars, characters
from crawler.records import Moment, Precision

FIRST_YEAR = 1990
LONGEST = 200
_SLACK = timedelta(days=2)
_MONTH_FIRST = {"US", "PH", "PR", "FM", "PW", "GU"}

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d?)-(\d\d?)(?!\d)(?:(?:T|t|\s|,|_|\|)+(\d\d?):(\d\d)(?::(\d\d?)(?:[.,]\d+)?)?)?"
    r"\s*(Z\b|z\b|(?:UTC|GMT)?[+-]\d\d?:?\d\d\b|[+-]\d\d\b)?"
)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?)?\s*(Z|[+-]\d\d:?\d\d)?$")
_EPOCH = re.compile(r"^\d{10}(?:\.\d+)?$|^\d{13}$")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d\d?)\s*[月월]\s*(\d\d?)\s*[日일号號]?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[./-]\s?(\d\d?)\s?[./-]\s?(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d.])(\d\d?)\s?([./-])\s?(\d\d?)\s?\2\s?'?(\d{4}|\d\d)(?![\d:])")
_CLOCK = re.compile(
    r"(?<![\d.,:/-])(\d\d?)\s?[:.hH]\s?(\d\d)(?:[:.](\d\d))?(?![\d%])(?:\s?([ap])\.?\s?m\b\.?)?"
    r"|(?<![\d.,:/-])(\d\d?)\s?(?:([ap])\.?m\b\.?|uhr\b|[時时시点]\s?(?:(\d\d?)\s?[分분])?)",
    re.IGNORECASE,
)
_AFTERNOON = re.compile(r"오후|午後|下午|晚上|م\b|μ\.?μ|ch\b")
_MORNING = re.compile(r"오전|午前|上午|ص\b|π\.?μ|sa\b")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-−])\s?(\d\d?):?(\d\d)?(?!\d)", re.IGNORECASE)
# "10:00-11:30": until when something lasts; no zone is that far behind and on the half hour.
_RANGE = re.compile(
    r"\s?[-–]\s?(?:\d\d?:[0-5][1-9]|\d\d?:[1245]0|(?!0?[239]:)\d\d?:30|1[3-9]:|2\d:|\d\d?:\d\d\s*(?:uhr|h\b|[ap]\.?m))",
    re.IGNORECASE,
)
_OFFSET_AFTER = re.compile(r"[\s(,|Uhr]*(?:UTC|GMT)?\s?[+-]\s?\d\d?:?(?:\d\d)?\b", re.IGNORECASE)
_DATE_AFTER = re.compile(r"-\s?\d\d?[-/.]")
_WORD_AFTER = re.compile(r"[\s(,|]*([^\W\d_]{1,5})\b")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\d:])\d+(?![\d:])")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a text says of a time: the clock as written, and the offset or zone where it says one."""

    clock: datetime  # without tzinfo
    precision: Precision
    offset_minutes: int | None = None

    def moment(self, zone: str | None = None) -> Moment:
        """The moment, read in an IANA zone where the text itself names no offset."""
        offset = self.offset_minutes
        if offset is None and zone:
            offset = offset_at(self.clock, zone)
        instant = (self.clock - timedelta(minutes=offset or 0)).replace(tzinfo=UTC)
        return Moment(instant=instant, offset_minutes=offset, precision=self.precision)


def read_moment(
    text: str,
    *,
    language: str | None = None,
    country: str | None = None,
    zone: str | None = None,
    now: datetime | None = None,
) -> Moment | None:
    """The first date that a text tells, None where it tells none that can be true.

    `language` (ISO 639) and `country` (ISO 3166) decide month names and whether day or
    month comes first; `zone` (IANA) is the outlet's clock, used where the text has no
    offset of its own. Dates before 1990, or more than two days after `now`, are junk.
    """
    stamp = read_stamp(text, language=language, country=country)
    if stamp is None:
        return None
    moment = stamp.moment(zone)
    return None if now and moment.instant > now + _SLACK else moment


def read_stamp(text: str, *, language: str | None = None, country: str | None = None) -> Stamp | None:
    """As `read_moment`, before any zone is applied."""
    return _read_stamp(text[: 2 * LONGEST], language, country)


@lru_cache(maxsize=1024)  # a page says the same date in several places
def _read_stamp(text: str, language: str | None, country: str | None) -> Stamp | None:
    if not _DIGIT.search(text):
        return None
    line = characters.plain(text)[:LONGEST]
    try:
        stamp = _machine_stamp(line) or _shown_stamp(line, language, country)
    except (ValueError, OverflowError):
        return None
    return stamp if stamp and stamp.clock.year >= FIRST_YEAR else None


def offset_at(clock: datetime, zone: str) -> int | None:
    """Minutes that a zone's clock is ahead of UTC when it shows this time."""
    place = calendars.zone(zone)
    ahead = place.utcoffset(clock.replace(tzinfo=place)) if place else None
    return None if ahead is None else round(ahead.total_seconds() / 60)


def shift(moment: Moment, zone: str) -> Moment:
    """The same instant on another clock."""
    place = calendars.zone(zone)
    ahead = moment.instant.astimezone(place).utcoffset() if place else None
    return moment if ahead is None else replace(moment, offset_minutes=round(ahead.total_seconds() / 60))


def _machine_stamp(line: str) -> Stamp | None:
    if _EPOCH.match(line):
        seconds = float(line) / (1000 if len(line) == 13 else 1)
        return Stamp(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), Precision.INSTANT, 0)
    found = _ISO.search(line) or _COMPACT.match(line)
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    when = _day(int(year), int(month), int(day), None)
    if hour is None:
        # "2024-03-05 9.30 Uhr": a shown date that only looks like a stamp.
        return None if _CLOCK.search(line[found.end() :]) else _at(when, None, Precision.DAY)
    clock = _at(when, (int(hour), int(minute), int(second or 0)), Precision.INSTANT)
    if second is None:
        clock = replace(clock, precision=Precision.MINUTE)
    ahead = _minutes(offset) if offset else _named_offset(line[found.end() :], clock.clock)
    return _with_offset(clock, ahead) if int(hour) or int(minute) or ahead is not None else clock


def _with_offset(stamp: Stamp, offset: int | None) -> Stamp:
    return replace(stamp, offset_minutes=offset)


def _at(day: date, clock: tuple[int, int, int] | None, precision: Precision) -> Stamp:
    hour, minute, second = clock or (0, 0, 0)
    extra = timedelta(days=1) if hour == 24 else timedelta()
    when = datetime(day.year, day.month, day.day, hour % 24, minute, min(second, 59)) + extra  # noqa: DTZ001
    return Stamp(when, precision)


def _minutes(offset: str) -> int:
    """Minutes of "+02:00", "-0530", "+2", "Z"."""
    found = _OFFSET.search(offset)
    if not found:
        return 0
    sign, hours, minutes = found.groups()
    ahead = int(hours) * 60 + int(minutes or 0)
    if ahead > 15 * 60:
        raise ValueError(f"no such offset: {offset}")
    return ahead if sign == "+" else -ahead


def _day(year: int, month: int, day: int, language: str | None) -> date:
    """The Gregorian day; raises ValueError where there is none."""
    if 1300 <= year <= 1450 and language != "ar":
        return calendars.jalali_to_gregorian(year, month, day)
    return date(calendars.western_year(year, language), month, day)


def _shown_stamp(line: str, language: str | None, country: str | None) -> Stamp | None:
    for day, start, end in _shown_days(line, language, country):
        rest = f"{line[:start]} \n {line[end:]}"
        clock, place = _clock(rest)
        stamp = _at(day, clock, Precision.MINUTE if clock else Precision.DAY)
        return _with_offset(stamp, _named_offset(rest[place:], stamp.clock)) if clock else stamp
    return None


def _shown_days(line: str, language: str | None, country: str | None) -> Iterator[tuple[date, int, int]]:
    """Days a line shows, with the place of each, the surest forms first."""
    for found in (*_CJK.finditer(line), *_YEAR_FIRST.finditer(line)):
        year, month, day = map(int, found.groups())
        yield from _if_day(year, month, day, language, found.span())
    yield from _worded_days(line, language)
    for found in _YEAR_LAST.finditer(line):
        first, _, second, year_text = found.groups()
        day, month = int(first), int(second)
        if month > 12 or (day <= 12 and month_comes_first(language, country)):
            day, month = month, day
        yield from _if_day(_whole_year(year_text), month, day, language, found.span())


def month_comes_first(language: str | None, country: str | None) -> bool:
    """Whether 3/5 is the fifth of March."""
    return country.upper() in _MONTH_FIRST if country else language in ("en", "tl", "fil")


def _if_day(
    year: int, month: int, day: int, language: str | None, span: tuple[int, int]
) -> Iterator[tuple[date, int, int]]:
    try:
        yield _day(year, month, day, language), *span
    except ValueError:
        return


def _whole_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _worded_days(line: str, language: str | None) -> Iterator[tuple[date, int, int]]:
    """Days told with a month's name: "5. März 2024", "May 5, 2022", "2024 m. kovo 31 d."."""
    for pattern, months, jalali in _month_patterns(language or "en"):
        for found in pattern.finditer(line):
            around = _day_and_year(line, found.start(), found.end())
            if not around:
                continue
            day, year, start, end = around
            month = months[calendars.squeeze(found[1])]
            if jalali == (1300 <= year <= 1450):
                yield from _if_day(year, month, day, language, (start, end))


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


def _day_and_year(line: str, start: int, end: int) -> tuple[int, int, int, int] | None:
    """Day, year and the span of both around a month's name at start:end."""
    before = [
        (int(number.group()), number.start()) for number in _NUMBER.finditer(line, max(0, start - 18), start)
    ]
    after = [(int(number.group()), number.end()) for number in _NUMBER.finditer(line, end, end + 18)]
    orders = (
        (before[-1:], after[:1]), (after[:1], after[1:2]), (after[:1], before[-1:]),
        (before[-1:], before[-2:-1]),
    )  # fmt: skip
    for days, years in orders:
        if days and years and 1 <= days[0][0] <= 31 and _is_year(years[0][0]):
            places = (start, end, days[0][1], years[0][1])
            return days[0][0], years[0][0], min(places), max(places)
    return None


def _is_year(number: int) -> bool:
    return 1900 <= number <= 2100 or 1300 <= number <= 1450 or 2480 <= number <= 2643


def _clock(rest: str) -> tuple[tuple[int, int, int] | None, int]:
    """The time of day in what is left of a line without its date, and where it ends."""
    for found in _CLOCK.finditer(rest):
        hour = int(found[1] or found[5])
        minute, second = int(found[2] or found[7] or 0), int(found[3] or 0)
        half = (found[4] or found[6] or "").lower()
        around = rest[max(0, found.start() - 8) : found.end() + 6]
        if half == "p" or (not half and hour < 12 and _AFTERNOON.search(around)):
            hour = hour + 12 if hour < 12 else hour
        elif hour == 12 and (half == "a" or _MORNING.search(around)):
            hour = 0
        if hour <= 24 and minute < 60:
            return (hour, minute, second), found.end()
    return None, 0


def _named_offset(rest: str, clock: datetime) -> int | None:
    """The offset that follows a time: "EDT", "GMT+2", "(IST)", "+0200"."""
    after = rest[:24]
    found = _OFFSET_AFTER.match(after)
    if found and not _DATE_AFTER.search(after) and not _RANGE.match(after):
        return _minutes(found.group())
    word = _WORD_AFTER.match(after)
    named = calendars.ZONE_NAMES.get(word[1].lower()) if word and word[1].isupper() else None
    return offset_at(clock, named) if isinstance(named, str) else named
