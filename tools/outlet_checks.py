"""What must hold of the facts about outlets before they become the directory.

Each check takes rows and yields complaints of one line; reading and writing files is left
to `make_outlets`.
"""

import importlib.resources
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

import babel
from publicsuffixlist import PublicSuffixList

from crawler.countries import country_codes
from crawler.records import Scope

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
_PATH = re.compile(r"(/[a-z0-9._~-]+)+")
_SCOPES = {scope.value for scope in Scope}
# Without a code in ISO 3166; the European Union and the Unicode CLDR write it so.
_KOSOVO = {"XK": "Europe/Belgrade"}
# The list inside the package: the facts must not depend on what the net says today.
_SUFFIXES = PublicSuffixList(only_icann=True, accept_unknown=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One outlet as its line in a facts file tells it; `place` is file:line."""

    place: str
    slug: str
    name: str
    domains: tuple[str, ...]
    former_names: tuple[str, ...]
    scope: str
    language: str
    country: str
    timezone: str
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    sections: tuple[str, ...]
    confirmed: str = ""  # "no" where no list has name and domain


def complaints(rows: Sequence[Row]) -> list[str]:
    """Everything that is wrong with the rows, each as "file:line: what is wrong"."""
    found = [f"{row.place}: {message}" for row in rows for check in _ONE_ROW for message in check(row)]
    return (
        found
        + list(_twice(rows, "slug", lambda row: (row.slug,)))
        + list(_twice(rows, "domain", lambda row: row.domains))
        + list(_twice(rows, "address", lambda row: row.feeds + row.sitemaps + row.sections))
    )


def _twice(rows: Iterable[Row], what: str, values: Callable[[Row], Iterable[str]]) -> Iterator[str]:
    owners: dict[str, Row] = {}
    for row in rows:
        for value in values(row):
            if value in owners:
                yield f"{row.place}: {what} {value} stands at {owners[value].place} already"
            owners.setdefault(value, row)


def _name(row: Row) -> Iterator[str]:
    for name in (row.name, *row.former_names):
        if not name or name != " ".join(name.split()) or "|" in name:
            yield f"{name!r} is no tidy name"
    if row.name in row.former_names:
        yield f"{row.name!r} is both the name and a former one"


def _slug(row: Row) -> Iterator[str]:
    if not _SLUG.fullmatch(row.slug):
        yield f"{row.slug!r} must be lower-case letters, digits and hyphens"


def _domains(row: Row) -> Iterator[str]:
    if not row.domains:
        yield "has no domain"
    for domain in row.domains:
        host, slash, path = domain.partition("/")
        if not _HOST.fullmatch(host) or not _SUFFIXES.privatesuffix(host) or host.startswith("www."):
            yield f"{domain!r} is no domain such as example.com"
        if slash and not _PATH.fullmatch(slash + path):
            yield f"{domain!r} has an odd path"


class Parts(NamedTuple):
    """A domain in parts: www.bbc.co.uk is "www", "bbc" and "co.uk"; what is no domain has no suffix."""

    subdomain: str
    domain: str
    suffix: str


def parts_of(domain: str) -> Parts:
    """Sub-domain, registrable label and public suffix of a domain (a path behind it is passed over)."""
    host = domain.partition("/")[0]
    registrable = _SUFFIXES.privatesuffix(host)
    if not registrable:
        return Parts("", host, "")
    label, _, suffix = registrable.partition(".")
    return Parts(host.removesuffix(registrable).removesuffix("."), label, suffix)


def _scope(row: Row) -> Iterator[str]:
    if row.scope not in _SCOPES:
        yield f"scope {row.scope!r} is none of {', '.join(sorted(_SCOPES))}"


def _language(row: Row) -> Iterator[str]:
    if row.language not in languages():
        yield f"language {row.language!r} is no ISO 639-1 code"


def _place(row: Row) -> Iterator[str]:
    if row.country not in country_codes():
        yield f"country {row.country!r} is no ISO 3166 code"
    elif row.timezone not in zones_by_country().get(row.country, frozenset()):
        yield f"time zone {row.timezone!r} is none of {row.country}'s"


def _addresses(row: Row) -> Iterator[str]:
    for url in row.feeds + row.sitemaps + row.sections:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
            yield f"{url!r} is no http(s) address"


def _confirmed(row: Row) -> Iterator[str]:
    if row.confirmed not in ("", "no"):
        yield f'confirmed is "no" or empty, not {row.confirmed!r}'


_ONE_ROW = (_name, _slug, _domains, _scope, _language, _place, _addresses, _confirmed)


@cache
def languages() -> frozenset[str]:
    """The ISO 639-1 codes (the two-letter languages of the Unicode CLDR)."""
    return frozenset(code for code in map(str, babel.Locale("en").languages) if len(code) == 2)


@cache
def zones_by_country() -> Mapping[str, frozenset[str]]:
    """Country code -> the IANA zones of that country."""
    zones: dict[str, set[str]] = {code: {zone} for code, zone in _KOSOVO.items()}
    for code, _, zone, *_ in _table("zone.tab"):
        zones.setdefault(code, set()).add(zone)
    return {code: frozenset(names) for code, names in zones.items()}


def _table(name: str) -> list[list[str]]:
    text = importlib.resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
