"""Month names of all languages, other calendars, and the time zones of countries and abbreviations.

What a date line means as a whole is for `crawler.dates`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from crawler.characters import plain

# Names that outlets use and CLDR does not list for the plain language.
_MORE_MONTHS = {
    "ar": (
        ("كانون الثاني", "يناير", "جانفي"), ("شباط", "فبراير", "فيفري"), ("آذار", "اذار", "مارس"),
        ("نيسان", "أبريل", "ابريل", "إبريل", "أفريل"), ("أيار", "ايار", "مايو", "ماي"),
        ("حزيران", "يونيو", "يونية", "جوان"), ("تموز", "يوليو", "يوليه", "جويلية"),
        ("آب", "أغسطس", "اغسطس", "أوت"),
        ("أيلول", "ايلول", "سبتمبر"), ("تشرين الأول", "تشرين الاول", "أكتوبر", "اكتوبر"),
        ("تشرين الثاني", "نوفمبر"), ("كانون الأول", "كانون الاول", "ديسمبر"),
    ),
    "de": (("jänner", "jän"), ("feber",), ("maerz", "mrz", "mär"), (), (), (), (), (), ("sept",), (), (), ()),
    "en": ((), (), (), (), (), (), (), (), ("sept",), (), (), ()),
    "eu": tuple(
        (f"{month}ren", f"{month}k")
        for month in (
            "urtarrila", "otsaila", "martxoa", "apirila", "maiatza", "ekaina", "uztaila", "abuztua", "iraila",
            "urria", "azaroa", "abendua",
        )
    ),
}  # fmt: skip
JALALI_MONTHS = (
    ("فروردین", "حمل"), ("اردیبهشت", "ثور"), ("خرداد", "جوزا"), ("تیر", "سرطان"), ("مرداد", "اسد"),
    ("شهریور", "سنبله"), ("مهر", "میزان"), ("آبان", "عقرب"), ("آذر", "قوس"), ("دی", "جدی"), ("بهمن", "دلو"),
    ("اسفند", "حوت"),
)  # fmt: skip
_SAME_LANGUAGE = {"tl": "fil", "no": "nb", "iw": "he", "in": "id", "cmn": "zh"}

# The zone where most readers of a country of several zones live.
_MAIN_ZONE = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CD": "Africa/Kinshasa", "CL": "America/Santiago", "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia", "EC": "America/Guayaquil", "ES": "Europe/Madrid", "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland", "PG": "Pacific/Port_Moresby", "PS": "Asia/Gaza", "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow", "UA": "Europe/Kyiv", "US": "America/New_York", "UZ": "Asia/Tashkent",
    "DE": "Europe/Berlin",
}  # fmt: skip
# Abbreviations as news pages use them: an offset in minutes, or a zone where summer time decides.
ZONE_NAMES: dict[str, int | str] = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "cest": 120, "mez": 60,
    "mesz": 120,
    "eet": 120, "eest": 180, "msk": 180, "мск": 180, "trt": 180, "sast": 120, "cat": 120, "eat": 180,
    "wat": 60,
    "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600, "adt": -180, "nst": -210, "ndt": -150, "brt": -180, "art": -180,
    "pkt": 300, "npt": 345, "ict": 420, "wib": 420, "wita": 480, "hkt": 480, "sgt": 480, "pht": 480,
    "awst": 480,
    "jst": 540, "kst": 540, "wit": 540, "aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "nzst": 720,
    "nzdt": 780,
    "et": "America/New_York", "pt": "America/Los_Angeles", "ct": "America/Chicago", "mt": "America/Denver",
    "ist": "Asia/Kolkata", "cst": "America/Chicago",
}  # fmt: skip


def squeeze(word: str) -> str:
    """The comparison form of a month's name; an i without its dot is one with it: "MAYIS" is Turkish."""
    return plain(word).casefold().replace("ı", "i").strip(".,· ")


@lru_cache(maxsize=256)
def months_of(language: str) -> dict[str, int]:
    """Every form of the month names of a language (and of English) -> number of the month."""
    names: dict[str, int] = {}
    for code in (language, "en"):
        for name, month in _cldr_months(code):
            names.setdefault(squeeze(name), month)
        for month, more in enumerate(_MORE_MONTHS.get(code, ()), 1):
            names.update((squeeze(name), month) for name in more)
    return {name: month for name, month in names.items() if len(name) > 1 and not name.isdigit()}


def _cldr_months(language: str) -> Iterator[tuple[str, int]]:
    for number, names in enumerate(_all_months().get(_SAME_LANGUAGE.get(language, language), ()), 1):
        yield from ((name, number) for name in names)


@lru_cache(maxsize=1)
def _all_months() -> Mapping[str, Sequence[Sequence[str]]]:
    """Language -> the names of each month (`tools/make_months.py` makes the file)."""
    loaded: Mapping[str, Sequence[Sequence[str]]] = json.loads(
        files("crawler").joinpath("months.json").read_text("utf-8")
    )
    return loaded


@lru_cache(maxsize=1)
def jalali_months() -> dict[str, int]:
    """Persian and Dari names of the solar months -> number of the month."""
    return {squeeze(name): number for number, names in enumerate(JALALI_MONTHS, 1) for name in names}


def jalali_to_gregorian(year: int, month: int, day: int) -> date:
    """A day of the Persian solar calendar (33-year leap cycle, exact from 1178 to 1633).

    Raises ValueError for a day that this calendar does not have.
    """
    length = 31 if month <= 6 else 30 if month < 12 or _jalali_leap(year) else 29
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"no such Jalali day: {year}-{month}-{day}")
    days = 365 * (year - 1178) + sum(map(_jalali_leap, range(1178, year)))
    return date(1799, 3, 21) + timedelta(days=days + (month - 1) * 30 + min(month - 1, 6) + day - 1)


def _jalali_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def western_year(year: int, language: str | None) -> int:
    """The Gregorian year of a Thai Buddhist year, any other as it is."""
    return year - 543 if 2480 <= year <= 2643 and language in ("th", None) else year


@lru_cache(maxsize=512)
def zone_of_country(country: str) -> str | None:
    """The IANA zone where most of a country's readers live, None for an unknown code."""
    zones = get_global("territory_zones").get(country.upper())
    return _MAIN_ZONE.get(country.upper()) or (zones[0] if zones else None)


@lru_cache(maxsize=512)
def home_of_language(language: str) -> str | None:
    """The country where a language has most speakers (CLDR likely subtags): de -> DE."""
    likely = get_global("likely_subtags").get(_SAME_LANGUAGE.get(language, language), "")
    country = likely.rpartition("_")[2]
    return country if len(country) == 2 and country.isupper() else None


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo | None:
    """A time zone by its IANA name, None where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
