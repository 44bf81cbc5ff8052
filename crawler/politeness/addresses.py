"""Which addresses may be asked at all: http and https, on public networks. Pure.

The list of networks is our own: `ipaddress.is_global` calls 64:ff9b::7f00:1, 2002:7f00:1::
and ::ffff:100.64.0.1 global (CPython 3.11), and they lead inside. The resolver asks
`why_not_public` about every address that a name has, at the time of connecting.
"""

import re
import unicodedata
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from crawler.errors import Refused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA special-purpose address registries (IPv4 and IPv6) and multicast.
_NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/96", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "64:ff9b:1::/48", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_MAPPED = ip_network("::ffff:0:0/96")
_TRANSLATED = ip_network("::ffff:0:0:0/96")  # RFC 2765, SIIT
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>^`{|}\"]|\s")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\Z")
_LOCAL_NAMES = (".localhost", ".localdomain", ".local", ".internal", ".home.arpa")


def read_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks as the administrator wrote them; raises ValueError for anything else."""
    return tuple(ip_network(text) for text in texts)


def why_not_public(address: Address, allowed: Iterable[Network] = ()) -> str | None:
    """Why this address must not be connected to, None where it may.

    An IPv4 address inside an IPv6 address counts as itself.
    """
    inner = _embedded(address)
    if any(inner in network or address in network for network in allowed):
        return None
    if inner != address:
        reason = why_not_public(inner)
        return f"{address} stands for {reason}" if reason else None
    if any(address in network for network in _NOT_PUBLIC):
        return f"{address}, which is not on the public internet"
    return None


def _embedded(address: Address) -> Address:
    if isinstance(address, IPv6Address) and any(
        address in network for network in (_MAPPED, _TRANSLATED, _NAT64)
    ):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def check_url(url: str, allowed: Iterable[Network] = ()) -> None:
    """Raise Refused unless this is an address we may ask, as far as the text alone can tell."""
    if _UNSAFE.search(url):
        raise Refused(f"{url!r} holds a character that no web address has")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError as error:
        raise Refused(f"{url!r} is no web address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise Refused(f"{url!r} is not http or https")
    if parts.username is not None or parts.password is not None:
        raise Refused(f"{url!r} carries a user name; leave it out")
    _check_host(url, parts, tuple(allowed))


def _check_host(url: str, parts: SplitResult, allowed: tuple[Network, ...]) -> None:
    host = unicodedata.normalize("NFKC", parts.hostname or "").lower().replace("。", ".").rstrip(".")
    if not host:
        raise Refused(f"{url!r} names no host")
    address = _literal(url, host)
    if address is not None:
        reason = why_not_public(address, allowed)
        if reason:
            raise Refused(f"{url!r} leads to {reason}")
    elif not allowed and f".{host}".endswith(_LOCAL_NAMES):
        raise Refused(f"{url!r} is a name of this network, not of the public internet")


def _literal(url: str, host: str) -> Address | None:
    """The address that a host is in figures, None for a name (WHATWG URL, host parsing)."""
    if ":" in host:
        try:
            return ip_address(host.partition("%")[0])
        except ValueError as error:
            raise Refused(f"{url!r} is no web address: {error}") from error
    labels = host.split(".")
    if not _NUMBER.match(labels[-1]):
        return None
    if len(labels) > 4 or not all(_NUMBER.match(label) for label in labels):
        raise Refused(f"{url!r} has a host that is neither a name nor an address")
    return _from_figures(url, [_read_figure(url, label) for label in labels])


def _read_figure(url: str, label: str) -> int:
    try:
        if label.startswith("0x"):
            return int(label[2:] or "0", 16)
        return int(label, 8 if label.startswith("0") else 10)
    except ValueError as error:
        raise Refused(f"{url!r} has a host that is neither a name nor an address") from error


def _from_figures(url: str, figures: list[int]) -> IPv4Address:
    """`127.1` and `2130706433` are 127.0.0.1: the last figure fills what is left (inet_aton)."""
    *first, last = figures
    if any(figure > 255 for figure in first) or last >= 256 ** (5 - len(figures)):
        raise Refused(f"{url!r} has a host that is no address")
    return IPv4Address(sum(figure << 8 * (3 - place) for place, figure in enumerate(first)) + last)
