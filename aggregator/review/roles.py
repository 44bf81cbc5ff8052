"""Who may do what: three roles, each of which may do what the one before may."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeVar

from aggregator.errors import Unusable

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Role(IntEnum):
    """What a person may do at the desk. ANYBODY is for pages before the login."""

    ANYBODY = 0
    VIEWER = 1
    EDITOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """The role as it is written on the page and in the store."""
        return self.name.lower()


# The roles that a user can have, as stored.
BY_WORD = {role.word: role for role in (Role.VIEWER, Role.EDITOR, Role.ADMIN)}


def role_named(word: str) -> Role:
    """The role that a person typed. Raises Unusable."""
    if word not in BY_WORD:
        raise Unusable(f"{word!r} is no role; there are {', '.join(BY_WORD)}")
    return BY_WORD[word]


def needs(role: Role) -> Callable[[Endpoint], Endpoint]:
    """Says which role a route needs; a route that says nothing is refused at start."""

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.needed_role = role  # type: ignore[attr-defined]
        return endpoint

    return mark


def needed_role(endpoint: Callable[..., Any]) -> Role | None:
    """The role that `needs` gave the endpoint; None where nobody did."""
    role = getattr(endpoint, "needed_role", None)
    return role if isinstance(role, Role) else None
