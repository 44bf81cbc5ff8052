"""The resolver of the sweep's process: names lead to public addresses only, checked when connecting.

It is installed on the reactor, so that no request can go around it, and the address that was
checked is the address that is connected to: a second look-up with another answer changes nothing.
What the text of an address tells is left to `addresses`.
"""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from twisted.internet._resolver import GAIResolver
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.politeness.addresses import Network, read_networks, why_not_public
from crawler.politeness.lookup import LookUp
from crawler.politeness.manners import Manners


@implementer(IHostnameResolver)
class GuardedResolver:
    """Hands on the public addresses of a name, and remembers why the others were refused."""

    def __init__(self, reactor: Any, manners: Manners, proxies: Iterable[str], look_up: LookUp) -> None:
        self._reactor = reactor
        self._allowed = read_networks(manners.allowed_networks)
        self._proxies = {place for proxy in proxies for place in _places(proxy)}
        self._inner = GAIResolver(reactor, getaddrinfo=look_up)
        self._refusals: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Built by Scrapy for the process, before any request."""
        settings = crawler.settings
        return cls(reactor, settings["MANNERS"], settings["GATE_PROXIES"], settings["LOOK_UP"])

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)

    def why_refused(self, host: str) -> str | None:
        """Why the last look-up of this name led nowhere, None where it simply has no address."""
        return self._refusals.get(host)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[Any] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """See IHostnameResolver. The administrator's proxy may stand on any network."""
        receiver = resolutionReceiver
        if (hostName, portNumber) not in self._proxies:
            self._refusals.pop(hostName, None)
            receiver = _PublicOnly(receiver, hostName, self._allowed, self._refusals)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _PublicOnly:
    def __init__(
        self, receiver: Any, host: str, allowed: tuple[Network, ...], refusals: dict[str, str]
    ) -> None:
        self._receiver = receiver
        self._host = host
        self._allowed = allowed
        self._refusals = refusals

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        reason = why_not_public(ip_address(address.host.partition("%")[0]), self._allowed)
        if reason:
            self._refusals[self._host] = reason
        else:
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


def _places(proxy: str) -> Iterator[tuple[str, int]]:
    """Host and port of a proxy; port 0 is how a tunnel through it is looked up."""
    parts = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    if parts.hostname:
        yield (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
        yield (parts.hostname, 0)
