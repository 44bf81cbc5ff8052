"""A house whose only sources are the feeds of a replay, and what became of each replayed page there.

The configuration lies in a temporary folder: no outlets, the sample campaign, no pause. Sweeping is
left to the product's own command.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import demo
from aggregator import runs, settings
from aggregator.store import articles, leads, sources
from aggregator.store.session import Connection
from crawler.records import Article, FindOutcome, SourceKind
from demo.replay import FEED_PATH, Replay, SavedPage

LOST = "lost"
STORED = "stored"
SHARED = "stored with another page"

SETTINGS = """
[who]
organisation = "Replay of saved pages"
contact = "mailto:press@replay.example"
[store]
data = "data"
[politeness]
pause = "0 s"
[schedule]
workers = 2
"""


class Fate(NamedTuple):
    """What became of a page: `outcome` is STORED, SHARED, LOST or the sweep's word; `reason` says why."""

    page: SavedPage
    outcome: str
    reason: str = ""
    article: Article | None = None


def furnish(folder: Path, feeds: tuple[str, ...], now: datetime) -> runs.House:
    """Write the configuration and make the database; the feeds are added as a person would."""
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.copytree(Path(demo.__file__).parent / "config" / "campaigns", folder / "campaigns")
    house = runs.open_house(settings.load(folder, {}), now)
    for feed in feeds:
        runs.add_source(house, feed, SourceKind.FEED, None, by="replay", now=now)
    return house


def tell_fates(house: runs.House, told: Replay) -> tuple[Fate, ...]:
    """What the store knows of each page, in the order of the replay."""
    with house.store.reading() as c:
        troubles = {source.url: poll.trouble or "" for source, poll in sources.every(c)}
        fates = [_tell(c, page, troubles) for page in told.pages.values()]
    return tuple(_mark_shared(fates))


def _tell(c: Connection, page: SavedPage, troubles: Mapping[str, str]) -> Fate:
    lead = leads.find(c, page.url)
    if lead is None:
        trouble = troubles.get(f"http://{page.host}{FEED_PATH}", "")
        return Fate(page, "feed not read" if trouble else LOST, trouble or "no lead was kept for it")
    if lead.outcome is None:
        return Fate(page, LOST, "its lead was never followed")
    if lead.outcome != FindOutcome.READ:
        return Fate(page, lead.outcome, lead.reason or LOST)
    article = articles.get(c, lead.article_key)
    return Fate(page, STORED, article=article) if article else Fate(page, LOST, "read, but not kept")


def _mark_shared(fates: list[Fate]) -> Iterator[Fate]:
    """An article that several pages came to is theirs together: told, since one of them may be wrong."""
    holders = Counter(fate.article.key for fate in fates if fate.article)
    for fate in fates:
        if fate.article and holders[fate.article.key] > 1:
            yield fate._replace(outcome=SHARED, reason=f"as {fate.article.key}")
        else:
            yield fate
