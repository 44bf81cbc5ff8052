"""Which site a host name stands for: registrable domain, mobile and AMP hosts, sister domains."""

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from crawler.urls.address import ascii_host, parse, repair
from crawler.urls.lists import DEVICE_LABELS, SISTERS


@lru_cache(maxsize=65_536)
def registrable_domain(url_or_host: str) -> str:
    """The domain a team could register: `council.nyc.gov` -> `nyc.gov`, `news.bbc.co.uk` -> `bbc.co.uk`.

    An IP address, a name without dots and a bare public suffix stand for themselves. A last
    label the public suffix list does not know (`.example`) is a suffix (the list's own rule).
    """
    try:
        address = parse(repair(url_or_host))
        name = address.host if address is not None else ascii_host(url_or_host.strip())
    except ValueError:
        return ""
    return _registrable(name)


@lru_cache(maxsize=65_536)
def identity(host: str) -> str:
    """The host name by which a page is known, whatever device or edition it is served to."""
    home = _registrable(host)
    labels = host.removesuffix(home).rstrip(".").split(".")
    kept = [label for label in labels if label and label not in DEVICE_LABELS]
    name = ".".join([*kept, home])
    return SISTERS.get(name, _one_blogspot(name))


@lru_cache(maxsize=65_536)
def amp_site(host: str) -> str | None:
    """For an AMP host (`amp.cnn.com`) the site's own name (`cnn`), which such hosts repeat in the path."""
    if not host.startswith("amp."):
        return None
    return _registrable(host).partition(".")[0]


@lru_cache(maxsize=65_536)
def _registrable(host: str) -> str:
    if host.startswith("[") or host.replace(".", "").isdigit():
        return host
    return _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    """The list of public suffixes that comes with its package: never the network, never a cache on disk."""
    return PublicSuffixList(only_icann=True)


def _one_blogspot(name: str) -> str:
    """Blogger serves every blog under each country's blogspot domain."""
    blog, found, _country = name.partition(".blogspot.")
    return f"{blog}.blogspot.com" if found else name
