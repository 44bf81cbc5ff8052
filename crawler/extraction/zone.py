"""Where an outlet's clock stands: from the directory, the domain, the page's locale or its language."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler import calendars
from crawler.extraction.document import Document
from crawler.records import Outlet

# Country-code domains that the whole world uses.
_NO_COUNTRY = {
    "tv",
    "me",
    "io",
    "co",
    "ai",
    "fm",
    "am",
    "ws",
    "cc",
    "ly",
    "to",
    "gg",
    "eu",
    "su",
    "ac",
    "sh",
    "la",
    "vc",
}
# Languages of many countries: their home says little of a page's clock.
_WORLDLY = {"en", "es", "fr", "ar", "pt", "zh", "ru"}
_REGION = re.compile(r"^[a-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """Country and zone of an outlet; `sure` where more than the language says so."""

    country: str | None
    zone: str | None
    sure: bool


def home_of(document: Document, outlet: Outlet | None, language: str | None) -> Home:
    """The best guess at where an outlet is at home."""
    if outlet and (outlet.timezone or outlet.country):
        country = outlet.country
        return Home(
            country, outlet.timezone or (calendars.zone_of_country(country) if country else None), True
        )
    country = _country_of_domain(document.url)
    if country:
        return Home(
            country, calendars.zone_of_country(country), country not in ("US", "CA", "AU", "BR", "RU")
        )
    country = _region_of(document.lang) or _region_of(document.meta("og:locale"))
    if country and country != "US":
        return Home(country, calendars.zone_of_country(country), True)
    home = calendars.home_of_language(language) if language else None
    sure = bool(language) and language not in _WORLDLY
    return Home(home, calendars.zone_of_country(home) if home else None, sure)


def _country_of_domain(url: str) -> str | None:
    last = (urlsplit(url).hostname or "").rpartition(".")[2].lower()
    if len(last) != 2 or last in _NO_COUNTRY:
        return None
    country = {"uk": "GB"}.get(last, last.upper())
    return country if calendars.zone_of_country(country) else None


def _region_of(locale: str | None) -> str | None:
    found = _REGION.match((locale or "").strip())
    return found[1].upper() if found and calendars.zone_of_country(found[1]) else None
