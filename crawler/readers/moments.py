"""Dates of feeds and sitemaps (RFC 822, W3C date-time) -> Moments with the outlet's own offset. Pure.

Other spellings are left to `crawler.dates`.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from crawler.dates import read_moment
from crawler.records import Moment, Precision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
FURTHEST_AHEAD = timedelta(hours=48)

_W3C = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2}))?"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\Z",
    re.IGNORECASE,
)
# `+02:00` where RFC 822 wants `+0200`, which would be read as two minutes.
_COLON = re.compile(r"([+-]\d{2}):(\d{2})\Z")
# Zones as RFC 822 knows them, or none: of any other word the library makes UTC without a sound.
_ZONE = re.compile(
    r"\d:\d\d\s*(UTC?|GMT|Z|[ECMP][SD]T|[+-]\d{4})?(?:\s+\d{4})?(?:\s*\([^()]*\))?\Z", re.IGNORECASE
)
# "mar, 19 dic 2017" is a Tuesday in December, and none in March.
_WEEKDAY = re.compile(r"\A[^\W\d_]{2,12}\.?,?\s+(?=\d{1,2}\.?\s+[^\W\d_]+\.?,?\s+\d{4})")
_OTHERS = ("es", "fr", "de", "it", "pt", "nl", "pl", "sv", "ru", "tr")  # no month of one is another's
_NO_YEAR = re.compile(r"\b00\d\d\b(?=\s+\d\d?:)")  # a field that was never filled, and no 2001


def read_feed_date(text: str | None, now: datetime, language: str | None = None) -> Moment | None:
    """The Moment of a date as feeds write it; None for no date, nonsense, before 1990 or far ahead."""
    text = (text or "").strip()
    if not text or len(text) > 100:
        return None
    moment = _read_w3c(text) or _read_rfc822(text) or _read_other(text, language, now)
    return moment if moment and is_believable(moment.instant, now) else None


def read_instant(text: str | None) -> datetime | None:
    """The instant of a date in one of the two standard spellings only: quick, for putting items in order."""
    text = (text or "").strip()[:100]
    moment = _read_w3c(text) or _read_rfc822(text)
    return moment.instant if moment else None


def is_believable(instant: datetime, now: datetime) -> bool:
    """Whether an article may have been published then: not before 1990, not more than two days ahead."""
    return EARLIEST <= instant <= now + FURTHEST_AHEAD


def _read_w3c(text: str) -> Moment | None:
    found = _W3C.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    minutes = _offset_minutes(offset)
    zone = timezone(timedelta(minutes=minutes or 0)) if abs(minutes or 0) < 1440 else UTC
    try:
        local = datetime(
            int(year), int(month), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0),
            int((fraction or "0")[:6].ljust(6, "0")), tzinfo=zone,
        )  # fmt: skip
        instant = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(instant=instant, offset_minutes=minutes, precision=_precision(hour, second))


def _precision(hour: str | None, second: str | None) -> Precision:
    if hour is None:
        return Precision.DAY
    return Precision.INSTANT if second is not None else Precision.MINUTE


def _offset_minutes(offset: str | None) -> int | None:
    if not offset:
        return None
    if offset in "Zz":
        return 0
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return -minutes if offset.startswith("-") else minutes


def _read_other(text: str, language: str | None, now: datetime) -> Moment | None:
    """Any other spelling; the feed's language may be told with a country (`pt-BR`)."""
    if _NO_YEAR.search(text):
        return None
    text = _WEEKDAY.sub("", text)
    name, *rest = re.split("[-_]", (language or "").strip().lower())
    country = next((part for part in rest if len(part) == 2), None)
    for each in dict.fromkeys((name or "en", *_OTHERS)):  # many feeds say "en" and are not
        moment = read_moment(text, language=each, country=country, now=now)
        if moment:
            return moment
    return None


def _read_rfc822(text: str) -> Moment | None:
    text = _COLON.sub(r"\1\2", text)
    zone = _ZONE.search(text)
    parts = parsedate_tz(text) if zone else None
    if not parts or not zone or _NO_YEAR.search(text):
        return None
    told = zone[1] is not None and zone[1] != "-0000"
    offset = (parts[9] or 0) // 60
    if abs(offset) >= 1440:
        return None
    try:
        local = datetime(*parts[:6], tzinfo=timezone(timedelta(minutes=offset)))
        return Moment(instant=local.astimezone(UTC), offset_minutes=offset if told else None)
    except (ValueError, OverflowError):
        return None
