"""The page's own address, never another site's and never a front page's; and its pages in other languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from crawler import urls
from crawler.extraction.document import Document
from crawler.records import Evidence, Rival

# A logo or script that markup gives as the page's own address.
_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|ico|css|js|mp4)(?:[?#]|$)", re.IGNORECASE)
_MOST_TRANSLATIONS = 20


@dataclass(frozen=True, slots=True)
class Addresses:
    """The canonical address, all under which the page is known, and another site's that it puts first."""

    canonical: str
    known: tuple[str, ...]
    evidence: Evidence
    elsewhere: str | None = None


def addresses_of(document: Document) -> Addresses:
    """Read rel=canonical, og:url and the JSON-LD address; fall back to the address that was fetched."""
    page = document.page
    own_site = {urls.registrable_domain(page.final_url), urls.registrable_domain(page.requested_url)}
    said = [
        (address, found_by) for address, found_by in _declared(document) if not urls.is_front_page(address)
    ]
    own = [(address, found_by) for address, found_by in said if urls.registrable_domain(address) in own_site]
    elsewhere = [(address, found_by) for address, found_by in said if (address, found_by) not in own]
    canonical, found_by = own[0] if own else (page.final_url, "the address fetched")
    canonical = urls.clean(canonical)
    rivals = tuple(
        Rival(value=address, found_by=by) for address, by in (*own[1:], *elsewhere) if address != canonical
    )
    doubt = f"{elsewhere[0][1]} names another site: {elsewhere[0][0]}" if elsewhere and not own else None
    known = (
        page.final_url,
        page.requested_url,
        canonical,
        *(address for address, _ in own),
        *_amp(document, own_site),
    )
    return Addresses(
        canonical=canonical,
        known=tuple(dict.fromkeys(known)),
        evidence=Evidence(value=canonical, found_by=found_by, rivals=rivals[:5], doubt=doubt),
        elsewhere=elsewhere[0][0] if elsewhere and elsewhere[0] == said[0] else None,
    )


def translations_of(document: Document, language: str | None) -> tuple[str, ...]:
    """The pages that this one gives as itself in another language (`hreflang`); front pages are none.

    https://html.spec.whatwg.org/multipage/links.html#rel-alternate
    """
    found = []
    for link in islice(_alternates(document), _MOST_TRANSLATIONS):
        tongue = (link["hreflang"] or "").partition("-")[0].lower()
        address = urls.resolve(document.url, link["href"] or "")
        own = not language or tongue in ("", "x", language.partition("-")[0].lower())
        if address and not own and not urls.is_front_page(address):
            found.append(urls.clean(address))
    return tuple(dict.fromkeys(found))


def _alternates(document: Document) -> Iterator[Mapping[str, str | None]]:
    """The attributes of the links to this page in another language."""
    for link in document.walk.link_tags:
        if {"hreflang", "href"} <= link.keys() and (link.get("rel") or "").lower() == "alternate":
            yield link


def _declared(document: Document) -> list[tuple[str, str]]:
    """Addresses that the page gives as its own, made absolute, most trusted first."""
    said = [(document.link("canonical"), "rel=canonical"), (document.meta("og:url"), "og:url")]
    for thing in document.articles[:3]:
        entity = thing.fields.get("mainEntityOfPage")
        entity = entity.get("@id") or entity.get("url") if isinstance(entity, dict) else entity
        said += [(entity, "json-ld mainEntityOfPage"), (thing.fields.get("url"), "json-ld url")]
    found: dict[str, str] = {}
    for href, found_by in said:
        address = urls.resolve(document.url, href) if isinstance(href, str) and href.strip() else None
        if address and not _FILE.search(address):
            found.setdefault(address, found_by)
    return list(found.items())


def _amp(document: Document, own_site: set[str]) -> list[str]:
    href = document.link("amphtml")
    address = urls.resolve(document.url, href) if href else None
    return [address] if address and urls.registrable_domain(address) in own_site else []
