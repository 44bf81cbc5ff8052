"""How far each campaign is with matching the stored articles again; the matching itself is `rematching`'s."""

import dataclasses
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from aggregator.records import Campaign
from aggregator.store import rows
from aggregator.store.tables import rematches


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How far the newest re-match of a campaign is.

    `done` of `wanted` articles were read for this version, the last of them the one with the
    key `after`; `gained` and `lost` count the mentions so far. One that did not end and that
    nobody is at goes on when the desk is started again.
    """

    campaign: str
    version: int
    after: str = ""
    done: int = 0
    wanted: int = 0
    gained: int = 0
    lost: int = 0
    ended: bool = False


def ask(c: Connection, campaign: Campaign) -> Standing:
    """Remember that the stored articles are to be matched against this version, from the first on."""
    asked = Standing(campaign=campaign.slug, version=campaign.version)
    rows.put(c, rematches, [dataclasses.asdict(asked)])
    return asked


def begin(c: Connection, campaign: Campaign, wanted: int) -> Standing:
    """Where to go on: behind what was read for this version, if that did not end; else at the beginning."""
    known = standing(c, campaign.slug)
    if known is None or known.ended or known.version != campaign.version:
        known = ask(c, campaign)
    begun = dataclasses.replace(known, wanted=wanted)
    note(c, begun)
    return begun


def forget(c: Connection, campaign: str) -> None:
    """Match the stored articles no further; whoever is at it stops before its next batch."""
    c.execute(delete(rematches).where(rematches.c.campaign == campaign))


def note(c: Connection, now_at: Standing) -> bool:
    """Write down how far it is; False where another version, or none, is matched by now."""
    ours = (rematches.c.campaign == now_at.campaign) & (rematches.c.version == now_at.version)
    return c.execute(update(rematches).where(ours).values(**dataclasses.asdict(now_at))).rowcount == 1


def standing(c: Connection, campaign: str) -> Standing | None:
    """How far the newest re-match of a campaign is; None where there was none."""
    row = c.execute(select(rematches).where(rematches.c.campaign == campaign)).first()
    return Standing(**row._mapping) if row else None


def unfinished(c: Connection) -> list[str]:
    """The campaigns whose stored articles are still to be matched."""
    query = select(rematches.c.campaign).where(rematches.c.ended.is_(False))
    return list(c.scalars(query.order_by(rematches.c.campaign)))
