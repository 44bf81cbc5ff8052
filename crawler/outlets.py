"""The directory of outlets: outlet files -> Outlets and Sources; any address -> its outlet.

An outlet is data (`config/outlets/*.toml`, one table an outlet). What is read from its
sources, and when, is left to readers and `cadence`.
"""

import gc
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import timedelta
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.countries import country_codes
from crawler.errors import Complaint, ConfigError
from crawler.records import Outlet, Scope, Source, SourceKind
from crawler.toml import Table, files_in, read_table

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]{2,}(?:/[^\s?#]*)?")
# What stands in the place of an address where people, and no source, point to a page.
BY_HAND = "by hand"
_FIELDS = tuple(field.name for field in fields(Outlet))
_VALUES = attrgetter(*_FIELDS)
_SOURCE_KEYS = {"feeds": SourceKind.FEED, "sitemaps": SourceKind.SITEMAP, "sections": SourceKind.SECTION}


class Directory:
    """All known outlets, to be asked which one an address belongs to."""

    def __init__(self, outlets: Iterable[Outlet] = ()) -> None:
        self._by_slug: dict[str, Outlet] = {}
        self._by_host: dict[str, list[tuple[str, Outlet]]] = {}
        for outlet in outlets:
            self._by_slug[outlet.slug] = outlet
            for domain in outlet.domains:
                host, _, path = domain.lower().partition("/")
                self._by_host.setdefault(host.removeprefix("www."), []).append((path.rstrip("/"), outlet))

    def __len__(self) -> int:
        return len(self._by_slug)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._by_slug.values())

    def __reduce__(self) -> tuple[Callable[..., "Directory"], tuple[tuple[object, ...]]]:
        """How it is handed to another process: as plain rows, two thirds of the bytes and time."""
        return _of_rows, (tuple(map(_VALUES, self)),)

    def named(self, slug: str) -> Outlet | None:
        """The outlet with this slug."""
        return self._by_slug.get(slug)

    def find(self, url: str) -> Outlet | None:
        """The outlet an address belongs to: the longest matching host, then the longest path.

        Sub-domains belong to their domain (`edition.cnn.com` to `cnn.com`) unless an
        outlet of its own claims them.
        """
        try:
            parts = urlsplit(url if "//" in url else f"//{url}")
            host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        except ValueError:
            return None
        labels = host.split(".")
        for start in range(len(labels) - 1):
            owner = self._owner(".".join(labels[start:]), parts.path)
            if owner:
                return owner
        return None

    def _owner(self, host: str, path: str) -> Outlet | None:
        claims = self._by_host.get(host, ())
        path = path.strip("/").lower()
        fitting = [
            (len(prefix), outlet)
            for prefix, outlet in claims
            if not prefix or path == prefix or path.startswith(prefix + "/")
        ]
        return max(fitting, key=lambda claim: claim[0])[1] if fitting else None


def _of_rows(rows: Iterable[tuple[Any, ...]]) -> Directory:
    with _no_search_for_garbage():
        return Directory(Outlet(**dict(zip(_FIELDS, row, strict=True))) for row in rows)


def source_id(kind: SourceKind, url: str) -> str:
    """The stable id of a source: the same kind and address give the same id."""
    return f"{kind}-{hashlib.sha256(url.encode()).hexdigest()[:12]}"


def load(folder: Path) -> tuple[Directory, tuple[Source, ...]]:
    """Read every outlet file below `folder`; raises ConfigError with all complaints at once."""
    complaints: list[Complaint] = []
    outlets: dict[str, Outlet] = {}
    sources: dict[str, Source] = {}
    owners: dict[str, str] = {}
    with _no_search_for_garbage():
        for path in files_in(folder, complaints):
            top = read_table(path, complaints)
            for slug, table in top.tables() if top else ():
                outlet = _read_outlet(slug, table)
                _claim(slug, outlet, owners, outlets, table)
                outlets.setdefault(slug, outlet)
                for source in _read_sources(outlet, table):
                    sources.setdefault(source.id, source)
                table.finish()
    if complaints:
        raise ConfigError(complaints)
    return Directory(outlets.values()), tuple(sources.values())


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Python's collector paused: among so many new objects that all stay it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_outlet(slug: str, table: Table) -> Outlet:
    if not _SLUG.fullmatch(slug):
        table.complain("", "the name in [brackets] must be lower-case letters, digits and hyphens")
    if not table.has("domains"):
        table.complain("domains", 'is missing; write domains = ["example.com"]')
    domains = tuple(domain.lower() for domain in table.texts("domains"))
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            table.complain("domains", f"{domain!r} is no domain; write it without http:// as in example.com")
    country = table.text("country").upper()
    if country and country not in country_codes():
        table.complain("country", f'{country!r} is no code of a country; write it as in "US" or "GB"')
    zone = table.text("timezone") or None
    if zone and not _is_zone(zone):
        table.complain("timezone", f'{zone!r} is no time zone; write it as in "America/New_York"')
    return Outlet(
        slug=slug,
        name=table.line("name", 'write name = "The Outlet\'s Name"'),
        domains=domains,
        former_names=table.texts("former_names"),
        scope=table.one_of("scope", Scope),
        language=table.text("language") or None,
        country=country or None,
        timezone=zone,
        home_url=table.text("home_url") or None,
        rendered=table.flag("rendered", False),
        confirmed=table.flag("confirmed", True),
    )


@cache
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return False
    return True


def _claim(
    slug: str, outlet: Outlet, owners: dict[str, str], outlets: dict[str, Outlet], table: Table
) -> None:
    if slug in outlets:
        table.complain("", f"the outlet {slug!r} stands in two places; keep one")
    for domain in outlet.domains:
        owner = owners.setdefault(domain, slug)
        if owner != slug:
            table.complain("domains", f"{domain} belongs to {owner!r} already; keep it at one outlet")


def _read_sources(outlet: Outlet, table: Table) -> Iterator[Source]:
    every = table.span("every", timedelta()) if table.has("every") else None
    watch = table.flag("watch", True)
    for key, kind in _SOURCE_KEYS.items():
        for url in table.addresses(key):
            yield Source(
                id=source_id(kind, url), kind=kind, url=url, outlet=outlet.slug, every=every, enabled=watch
            )
