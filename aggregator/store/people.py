"""Who may use the desk: users, their sessions, failed logins, invitations, saved views, the audit.

Secrets come in as digests; making and checking them is left to `review`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from aggregator.errors import Conflict, UnknownSubject
from aggregator.store import rows
from aggregator.store.people_tables import (
    audit,
    invitations,
    login_failures,
    saved_views,
    sessions,
    users,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class User:
    """A person of the team. `preferences` holds what they set for themselves (keys, colours)."""

    name: str
    role: str
    password_hash: str
    made_at: datetime
    preferences: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One browser that is logged in."""

    user: User
    opened_at: datetime
    seen_at: datetime


def read_user(row: Row[Any]) -> User:
    """A user of the tables."""
    return User(
        name=row.name,
        role=row.role,
        password_hash=row.password_hash,
        made_at=row.made_at,
        preferences=row.preferences,
    )


def find(c: Connection, name: str) -> User | None:
    """The user of this name."""
    row = c.execute(select(users).where(users.c.name == name)).one_or_none()
    return read_user(row) if row else None


def known(c: Connection, name: str) -> User:
    """The user of this name. Raises UnknownSubject."""
    user = find(c, name)
    if user is None:
        raise UnknownSubject(f"there is nobody called {name!r}")
    return user


def every(c: Connection) -> list[User]:
    """All users by name."""
    return [read_user(row) for row in c.execute(select(users).order_by(users.c.name))]


def add(c: Connection, user: User) -> None:
    """A new user. Raises Conflict where the name is taken."""
    if find(c, user.name):
        raise Conflict(f"there is already somebody called {user.name!r}; choose another name")
    c.execute(insert(users), [{slot: getattr(user, slot) for slot in User.__slots__}])


def change(c: Connection, name: str, **values: Any) -> None:
    """Set a user's role, password_hash or preferences. Raises UnknownSubject; Conflict for the last admin."""
    known(c, name)
    if values.get("role", "admin") != "admin":
        keep_an_admin(c, name)
    c.execute(update(users).where(users.c.name == name).values(**values))


def remove(c: Connection, name: str) -> None:
    """Take a user away with all sessions; what they decided stays under their name. Raises UnknownSubject."""
    known(c, name)
    keep_an_admin(c, name)
    close_all(c, name)
    c.execute(delete(users).where(users.c.name == name))


def keep_an_admin(c: Connection, name: str) -> None:
    """Raises Conflict where this user is the only admin."""
    admins = set(c.scalars(select(users.c.name).where(users.c.role == "admin")))
    if admins == {name}:
        raise Conflict(f"{name!r} is the only admin; make somebody else one first")


def open_session(c: Connection, digest: str, name: str, now: datetime) -> None:
    """A browser logged in."""
    line = {"digest": digest, "user_name": name, "opened_at": now, "seen_at": now}
    c.execute(insert(sessions), [line])


def session(c: Connection, digest: str) -> Session | None:
    """The session of this token's digest."""
    query = select(sessions, users).join(users, users.c.name == sessions.c.user_name)
    row = c.execute(query.where(sessions.c.digest == digest)).one_or_none()
    if row is None:
        return None
    return Session(user=read_user(row), opened_at=row.opened_at, seen_at=row.seen_at)


def touch(c: Connection, digest: str, now: datetime) -> None:
    """The session was used."""
    c.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))


def close(c: Connection, digest: str) -> None:
    """End one session."""
    c.execute(delete(sessions).where(sessions.c.digest == digest))


def close_all(c: Connection, name: str) -> None:
    """End all sessions of a user."""
    c.execute(delete(sessions).where(sessions.c.user_name == name))


def note_failure(c: Connection, account: str, address: str, at: datetime) -> None:
    """A login failed."""
    c.execute(insert(login_failures), [{"account": account, "address": address, "at": at}])


def failures(c: Connection, account: str, address: str, since: datetime) -> tuple[int, int]:
    """How many logins failed since then: for this account, from this address."""
    table = login_failures.c
    recent = select(func.count()).select_from(login_failures).where(table.at > since)
    by_account = c.scalar(recent.where(table.account == account)) or 0
    return by_account, c.scalar(recent.where(table.address == address)) or 0


def forget_failures(c: Connection, account: str, before: datetime) -> None:
    """The account's failures are forgiven, and all that are older than `before`."""
    table = login_failures.c
    c.execute(delete(login_failures).where((table.account == account) | (table.at <= before)))


def invite(c: Connection, digest: str, role: str, by: str, until: datetime) -> None:
    """A link that makes one user of this role, once, until then."""
    line = {"digest": digest, "role": role, "made_by": by, "expires_at": until}
    c.execute(insert(invitations), [line])


def invited(c: Connection, digest: str, now: datetime) -> str | None:
    """The role that an invitation gives; None where it is unknown, used up or too old."""
    table = invitations.c
    return c.scalar(select(table.role).where(table.digest == digest, table.expires_at > now))


def use_up(c: Connection, digest: str) -> None:
    """An invitation was used and is gone."""
    c.execute(delete(invitations).where(invitations.c.digest == digest))


def withdraw_invitations(c: Connection, by: str) -> None:
    """All unused invitations of this maker are gone."""
    c.execute(delete(invitations).where(invitations.c.made_by == by))


def forget_past(c: Connection, before: datetime) -> None:
    """Sessions, invitations and failed logins from before then are gone: they let nobody in any more."""
    c.execute(delete(sessions).where(sessions.c.seen_at < before))
    c.execute(delete(invitations).where(invitations.c.expires_at < before))
    c.execute(delete(login_failures).where(login_failures.c.at < before))


def save_view(c: Connection, campaign: str, name: str, query: str, by: str) -> None:
    """Keep a search of the desk under a name; the same name is written over."""
    rows.put(c, saved_views, [{"campaign": campaign, "name": name, "query": query, "saved_by": by}])


def forget_view(c: Connection, campaign: str, name: str) -> None:
    """A saved search is no longer wanted."""
    c.execute(delete(saved_views).where(saved_views.c.campaign == campaign, saved_views.c.name == name))


def views(c: Connection, campaign: str) -> Sequence[Row[Any]]:
    """The saved searches of a campaign: name, query."""
    return c.execute(
        select(saved_views).where(saved_views.c.campaign == campaign).order_by(saved_views.c.name)
    ).all()


def note(c: Connection, by: str, what: str, at: datetime, campaign: str | None = None) -> None:
    """Write into the audit what somebody did that is no decision: people, sources, this campaign."""
    c.execute(insert(audit), [{"by": by, "what": what, "at": at, "campaign": campaign}])


def noted(c: Connection, campaign: str | None = None, limit: int = 200) -> Sequence[Row[Any]]:
    """The newest lines of the audit (at, by, what): of all, or about a campaign."""
    query = select(audit) if campaign is None else select(audit).where(audit.c.campaign == campaign)
    return c.execute(query.order_by(audit.c.id.desc()).limit(limit)).all()
