"""Who gets a campaign's digest by mail, and who said that they want no more of it.

The token stands in every mail, so it is kept as it is: it opens nothing but the door out. To whom
digests go at all is the settings' business.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from aggregator.store import rows
from aggregator.store.people_tables import digest_readers


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody who gets a campaign's digest; since `left_at` they do not."""

    campaign: str
    address: str
    token: str
    left_at: datetime | None = None


def find(c: Connection, campaign: str, address: str) -> Reader | None:
    """The reader of this address, if they ever got a digest of the campaign."""
    table = digest_readers.c
    row = c.execute(
        select(digest_readers).where(table.campaign == campaign, table.address == address)
    ).first()
    return Reader(**row._mapping) if row else None


def by_token(c: Connection, token: str) -> Reader | None:
    """The reader whose mails hold this token."""
    row = c.execute(select(digest_readers).where(digest_readers.c.token == token)).first()
    return Reader(**row._mapping) if row else None


def add(c: Connection, reader: Reader) -> None:
    """Keep a new reader."""
    rows.put(c, digest_readers, [asdict(reader)])


def leave(c: Connection, token: str, at: datetime | None) -> None:
    """They want no more of it since then, or (with None) want it again."""
    c.execute(update(digest_readers).where(digest_readers.c.token == token).values(left_at=at))
