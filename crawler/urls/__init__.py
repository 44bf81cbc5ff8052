"""Identity of a web page as its address tells it; fetching and a page's own canonical link are for others.

Everything here is pure: no network, no clock. Nothing here raises on garbage. An address
that cannot be read is its own key.
"""

import hashlib
import re
from functools import lru_cache
from urllib.parse import urljoin

from crawler.urls import hosts, paths, platforms, queries, redirects
from crawler.urls.address import Address, repair, shown
from crawler.urls.address import parse as _parse
from crawler.urls.hosts import registrable_domain

__all__ = [
    "NO_ADDRESS",
    "clean",
    "host",
    "is_front_page",
    "is_hidden",
    "is_web",
    "key",
    "registrable_domain",
    "resolve",
]

NO_ADDRESS = "is no web address; it must begin with http:// or https://, and hold no blank"

# An address longer than this is no page's: it is left as it is, so that nobody can keep us busy with it.
LONGEST = 8192
# Bytes of a key: PostgreSQL finds nothing by a longer text, and keys stand in pairs in its indexes.
LONGEST_KEY = 1_000
# What addresses and their keys look like that one look is enough for; MOST_LAYERS bounds the others.
_PLAIN = re.compile(r"[a-z0-9.-]+(?:/[A-Za-z0-9_.-]*[A-Za-z0-9])*(?:\?[A-Za-z0-9_=&.-]*[A-Za-z0-9])?")
_PLAIN_WEB = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[!-~]*)?")
_VIEW = re.compile(r"(?:amp|print|comment-page-\d+)$", re.IGNORECASE)
_ODD = re.compile(r"[^:]//|\.\.|/\.|[;(]|[^!-~]")
MOST_LAYERS = 20


@lru_cache(maxsize=2_048)  # one page's address is asked for a dozen times on its way
def key(url: str) -> str:
    """The identity of the page for comparison: two addresses of one page have equal keys.

    `host/path?query` without scheme, `www`, AMP, print and mobile forms, trackers and
    fragment; redirect wrappers are opened as far as the string tells. A key is no address
    to fetch, and the key of a key is the key. Garbage is its own key. What is longer than
    `LONGEST_KEY` bytes is known by its digest.
    """
    found = _bare(url)
    told = found.encode("utf-8", "replace")
    return found if len(told) <= LONGEST_KEY else _shorten(found, told)


def _shorten(found: str, told: bytes) -> str:
    """A key that takes the place of one too long to be found by; of an address, on the same site."""
    site = found.partition("/")[0]
    name = hashlib.blake2b(told, digest_size=16).hexdigest()
    return f"{site}/~{name}" if host(site) == site else f"~{name}"


def _bare(url: str) -> str:
    """The identity that is left when there is nothing more to take off."""
    found = _identity(url)
    if not _ODD.search(url) and _is_bare(found):
        return found
    for _ in range(MOST_LAYERS):
        before, found = found, _identity(found)
        if found == before:
            break
    return found


def _is_bare(found: str) -> bool:
    """Whether nothing is left to take off a key. Of others, each further look but the last takes something
    off: under a bracket stands a full stop, under an AMP mark another."""
    site = found.partition("/")[0]
    is_wrapper = site == "youtu.be" or redirects.WRAPPING_HOST.search(site) is not None
    return _PLAIN.fullmatch(found) is not None and not _VIEW.search(found) and not is_wrapper


def _identity(url: str) -> str:
    """The key as one look tells it; where that uncovers another mark or wrapper, a second look goes on."""
    address = _read(url)
    if address is None:
        return url.strip()
    address = redirects.unwrap(address)
    known = platforms.identity(address)
    if known is not None:
        return known
    site = hosts.identity(address.host)
    path = paths.identity(address.path, amp_of=hosts.amp_site(address.host))
    query = queries.identity(address.query, about_article=paths.names_an_article(path))
    port = f":{address.port}" if address.port else ""
    route = f"#{address.fragment}" if address.is_route else ""
    return f"{site}{port}{path}{'?' if query else ''}{query}{route}"


def clean(url: str) -> str:
    """The address to show and fetch: wrappers opened, trackers and fragment off, still working.

    AMP, mobile and print pages keep their addresses, since they may be all the site serves.
    """
    address = _read(url)
    if address is None:
        return url.strip()
    address = redirects.unwrap(address)
    query = queries.without_trackers(address.query)
    return shown(address._replace(query=query, fragment=address.fragment if address.is_route else ""))


def resolve(base: str, href: str) -> str | None:
    """The absolute http(s) address of a link on the page `base`; None for `mailto:`, `tag:` and the like."""
    link = href.strip()
    if link[:5].lower() == "feed:":  # `feed:https://…`, `feed://…`: a browser was to ask its feed reader
        link = link[5:]
    if link.lower().rstrip("/") in ("http:", "https:"):
        return None  # an address without a host, which `urljoin` would take for the page itself
    try:
        joined = urljoin(base.strip(), link)
    except ValueError:
        return None
    if not joined.lower().startswith(("http:", "https:")):
        return None
    address = _read(joined)
    return shown(address) if address is not None else None


def is_web(url: str) -> bool:
    """Whether it can be asked for as it is written: http(s), a host, no blank and nothing unprintable."""
    if _PLAIN_WEB.fullmatch(url):
        return True
    whole = url.lower().startswith(("http://", "https://")) and url.isprintable() and " " not in url
    return whole and resolve("", url) is not None


def host(url: str) -> str:
    """The host name, lower case and in ASCII form (punycode), without port; empty where there is none."""
    address = _read(url)
    return address.host if address is not None else ""


def is_front_page(url: str) -> bool:
    """Whether this is the front page of a site or of one of its editions: never an article's identity."""
    address = _read(url)
    if address is None or address.is_route:
        return False
    path = paths.identity(address.path, amp_of=None)
    return paths.is_entrance(path) and not queries.identity(address.query, about_article=False)


def is_hidden(url: str) -> bool:
    """Whether this is a search engine's link that leads to an outlet's page by a script only.

    Which page it is, the string does not tell, and to fetch it brings the search engine's own.
    """
    address = _read(url)
    return address is not None and redirects.is_hidden(redirects.unwrap(address))


def _read(url: str) -> Address | None:
    if len(url) > LONGEST:
        return None
    try:
        return _parse(repair(url))
    except ValueError:
        return None
