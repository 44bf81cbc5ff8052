"""Logins, sessions and invitations: who somebody is. What they may do is left to `roles`.

Secrets are random, and only their digests are kept; passwords are argon2id. Whoever
guesses is slowed down by account and by address, before any hash is computed, and
nobody is ever locked out for good.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from aggregator.errors import AggregatorError
from aggregator.review.roles import BY_WORD, Role
from aggregator.store import people
from aggregator.store.session import Store

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=30)
GUESSING = timedelta(minutes=15)
MOST_GUESSES_PER_ACCOUNT = 10
MOST_GUESSES_PER_ADDRESS = 30
INVITATION = timedelta(days=2)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024
LONGEST_NAME = 60
FIRST_START = "first start"
_TOUCH_EVERY = timedelta(minutes=1)


class NotLetIn(AggregatorError):
    """A login, a password or an invitation that does not do; the message says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who is logged in."""

    name: str
    role: Role
    preferences: dict[str, Any] = field(default_factory=dict)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    """What an unknown name's password is checked against, so that it takes as long as a known one's."""
    return _hasher().hash(secrets.token_urlsafe())


def digest(token: str) -> str:
    """What is kept of a token: it is random and long, so a plain hash will do."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_token() -> str:
    """256 random bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def check_password(password: str) -> None:
    """Raises NotLetIn for a password that is too short, or long enough to be an attack."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise NotLetIn(f"A password needs {SHORTEST_PASSWORD} characters or more; four random words do well.")


def check_name(name: str) -> str:
    """The name without white space around it. Raises NotLetIn for one that cannot be shown."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NotLetIn(f"A name needs 1 to {LONGEST_NAME} letters.")
    return name


def log_in(store: Store, name: str, password: str, address: str, now: datetime) -> str:
    """The new session's token. Raises NotLetIn, with the same words whatever was wrong."""
    name = " ".join(name.split())[: LONGEST_NAME + 1]  # nobody's name is longer; what is counted stays small
    with store.writing() as c:
        guesses, from_here = people.failures(c, name, address, now - GUESSING)
        if guesses >= MOST_GUESSES_PER_ACCOUNT or from_here >= MOST_GUESSES_PER_ADDRESS:
            raise NotLetIn("Too many tries. Wait a quarter of an hour, then try again.")
        # Counted before the password is looked at: guesses made at once cannot slip by.
        people.note_failure(c, name, address, now)
        user = people.find(c, name)
    if not _fits(user.password_hash if user else _nobodys_hash(), password) or user is None:
        raise NotLetIn("Name and password do not fit together.")
    token = new_token()
    with store.writing(durable=True) as c:
        people.forget_failures(c, name, now - GUESSING)
        if _hasher().check_needs_rehash(user.password_hash):
            people.change(c, name, password_hash=_hasher().hash(password))
        people.open_session(c, digest(token), name, now)
    return token


def _fits(password_hash: str, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return _hasher().verify(password_hash, password.encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False


def person_of(store: Store, token: str | None, now: datetime) -> Person | None:
    """Who holds this session's token; None for a session that is unknown, closed or over."""
    if not token:
        return None
    with store.reading() as c:
        found = people.session(c, digest(token))
    if found is None or found.user.role not in BY_WORD:
        return None
    if now - found.seen_at > IDLE or now - found.opened_at > LONGEST:
        return None
    if now - found.seen_at > _TOUCH_EVERY:
        with store.writing() as c:
            people.touch(c, digest(token), now)
    return Person(name=found.user.name, role=BY_WORD[found.user.role], preferences=found.user.preferences)


def log_out(store: Store, token: str | None) -> None:
    """Ends the session."""
    if token:
        with store.writing(durable=True) as c:
            people.close(c, digest(token))


def invite(store: Store, role: Role, by: str, now: datetime) -> str:
    """A token that makes one new user of this role, once."""
    token = new_token()
    with store.writing(durable=True) as c:
        people.invite(c, digest(token), role.word, by, now + INVITATION)
        people.note(c, by, f"invited a new {role.word}", now)
    return token


def first_invitation(store: Store, now: datetime) -> str | None:
    """The token by which the first admin is made; None where there are users. Older ones stop working."""
    with store.writing(durable=True) as c:
        if people.every(c):
            return None
        people.withdraw_invitations(c, FIRST_START)
        token = new_token()
        people.invite(c, digest(token), Role.ADMIN.word, FIRST_START, now + INVITATION)
    return token


def invited_role(store: Store, token: str, now: datetime) -> Role | None:
    """What an invitation makes of somebody; None where it is used up, too old or unknown."""
    with store.reading() as c:
        word = people.invited(c, digest(token), now)
    return BY_WORD.get(word or "")


def welcome(store: Store, token: str, name: str, password: str, now: datetime) -> str:
    """Makes the invited user and logs them in. Raises NotLetIn, or Conflict where the name is taken."""
    name = check_name(name)
    check_password(password)
    password_hash = _hasher().hash(password.encode("utf-8", "replace"))
    session = new_token()
    with store.writing(durable=True) as c:
        role = people.invited(c, digest(token), now)
        if role is None:
            raise NotLetIn("This invitation was used, or is too old. Ask for a new one.")
        people.use_up(c, digest(token))
        user = people.User(name=name, role=role, password_hash=password_hash, made_at=now, preferences={})
        people.add(c, user)
        people.note(c, name, f"joined as {role}", now)
        people.open_session(c, digest(session), name, now)
    return session


def set_password(store: Store, name: str, password: str, by: str, now: datetime) -> None:
    """A new password; every session of the user ends."""
    check_password(password)
    password_hash = _hasher().hash(password.encode("utf-8", "replace"))
    with store.writing(durable=True) as c:
        people.change(c, name, password_hash=password_hash)
        people.close_all(c, name)
        people.note(c, by, f"set the password of {name}", now)


def set_role(store: Store, name: str, role: Role, by: str, now: datetime) -> None:
    """Another role; every session of the user ends. Raises Conflict for the last admin."""
    with store.writing(durable=True) as c:
        people.change(c, name, role=role.word)
        people.close_all(c, name)
        people.note(c, by, f"made {name} {role.word}", now)


def remove(store: Store, name: str, by: str, now: datetime) -> None:
    """Takes somebody away. Raises Conflict for the last admin."""
    with store.writing(durable=True) as c:
        people.remove(c, name)
        people.note(c, by, f"removed {name}", now)
