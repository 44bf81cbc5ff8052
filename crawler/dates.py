"""Text to a moment: machine stamps and shown dates in any language, with precision and offset.

The days that a line shows are `crawler.days`', month names and calendars `crawler.calendars`'; which of a
page's dates counts is for `crawler.extraction.published`.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from crawler import calendars, characters, days
from crawler.records import Moment, Precision

FIRST_YEAR = 1990
LONGEST = 200
_SLACK = timedelta(days=2)

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d?)-(\d\d?)(?!\d)(?:(?:T|t|\s|,|_|\|)+(\d\d?):(\d\d)(?::(\d\d?)(?:[.,]\d+)?)?)?"
    r"\s*(Z\b|z\b|(?:UTC|GMT)?[+-]\d\d?:?\d\d\b|[+-]\d\d\b)?"
)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?)?\s*(Z|[+-]\d\d:?\d\d)?$")
_EPOCH = re.compile(r"^(?:/Date\()?(\d{10}(?:\.\d+)?|\d{13})(?:[+-]\d{4})?(?:\)/)?$")
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
    if epoch := _EPOCH.match(line):
        seconds = float(epoch[1]) / (1000 if len(epoch[1]) == 13 else 1)
        return Stamp(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), Precision.INSTANT, 0)
    found = _ISO.search(line) or _COMPACT.match(line)
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    when = days.day_of(int(year), int(month), int(day), None)
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


def _shown_stamp(line: str, language: str | None, country: str | None) -> Stamp | None:
    for day, start, end in days.shown_in(line, language, country):
        rest = f"{line[:start]} \n {line[end:]}"
        clock, place = _clock(rest)
        stamp = _at(day, clock, Precision.MINUTE if clock else Precision.DAY)
        return _with_offset(stamp, _named_offset(rest[place:], stamp.clock)) if clock else stamp
    return None


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
