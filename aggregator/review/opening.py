"""What must be right before the desk is opened: nobody else can reach it, or somebody has a login."""

from datetime import datetime
from ipaddress import ip_address

from aggregator.errors import AggregatorError
from aggregator.review.people import first_invitation
from aggregator.store import people
from aggregator.store.session import Store


class NotOpened(AggregatorError):
    """The desk is not opened like this; the message says what to do."""


def check_address(store: Store, host: str) -> None:
    """Raises NotOpened for an address that others can reach as long as there is no user."""
    if is_loopback(host):
        return
    with store.reading() as c:
        if not people.every(c):
            raise NotOpened(
                f"web.host: {host} can be reached by others and nobody has a login yet; "
                "start on 127.0.0.1 once, and make the first admin there"
            )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def first_link(store: Store, address: str, now: datetime) -> str | None:
    """The link by which the first admin is made, once; None where there are users."""
    token = first_invitation(store, now)
    return f"{address.rstrip('/')}/welcome?token={token}" if token else None
