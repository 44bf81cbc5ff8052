"""The job that looks back: read archives of saved pages, take in what mentions a campaign.

Of an archive only that is kept; the rest of the web's past would fill the database for nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from aggregator.errors import Unusable
from aggregator.intake import Intake
from aggregator.judges import Matcher
from aggregator.records import Mention, RunReport
from aggregator.runs.house import House
from aggregator.store import archives, articles, leads, runs
from crawler.archives import Scan, Scanned, scan_archive
from crawler.clock import read_clock
from crawler.outlets import source_id
from crawler.records import SourceKind

Tell = Callable[[Path, int, int], None]
_STEP = 200  # pages from one note of how far it is to the next


def backfill(house: House, paths: Sequence[Path], now: datetime, tell: Tell) -> RunReport:
    """Read archives one after the other, each from where it was left; `tell` gets (archive, pages, kept).

    An archive that cannot be read is told as a trouble, the others are read all the same.
    Raises Unusable where there is no campaign to look for.
    """
    intake = house.intake()
    if not intake.campaigns:
        raise Unusable("there is no campaign to look for; add one with `inthenews campaigns add FILE`")
    matcher = house.judges.matcher(intake.campaigns)
    counts = {"archives": 0, "pages": 0, "kept": 0, "known": 0, "sources_failed": 0}
    troubles: list[str] = []
    for path in paths:
        try:
            reader = _Reader(house, intake, matcher, path, tell)
            scan_archive(reader.scan(), reader.take)
            reader.end(read_clock())
        except OSError as error:
            troubles.append(f"{path}: {error.strerror or error}")
            counts["sources_failed"] += 1
            continue
        troubles += reader.troubles
        counts["archives"] += 1
        counts["pages"] += reader.pages
        counts["kept"] += reader.kept
        counts["known"] += reader.known
        counts["sources_failed"] += bool(reader.troubles)
    report = RunReport(
        job="backfill", started=now, ended=read_clock(), counts=counts, troubles=tuple(troubles)
    )
    with house.store.writing() as c:
        runs.note(c, report)
    return report


@dataclass
class _Reader:
    """One archive under way; what it counts is of this run, what the database holds of all runs."""

    house: House
    intake: Intake
    matcher: Matcher
    path: Path
    tell: Tell
    pages: int = 0
    kept: int = 0
    known: int = 0
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.house.store.reading() as c:
            self._before = archives.find(c, self.path.name, self.path.stat().st_size)

    def scan(self) -> Scan:
        """What is still to be read of it."""
        return Scan(
            path=self.path,
            since=self._before.read_to,
            source_id=source_id(SourceKind.ARCHIVE, self.path.name),
            outlets=self.house.directory,
            manners=self.house.manners,
        )

    def take(self, scanned: Scanned) -> None:
        """Keep a page that mentions a campaign and that nobody has read before."""
        self.pages += 1
        if scanned.trouble:
            self.troubles.append(f"{self.path.name}: {scanned.trouble}")
        article = scanned.find.article if scanned.find else None
        if article and any(isinstance(verdict, Mention) for verdict in self.matcher.judge(article).telling()):
            with self.house.store.reading() as c:
                known = articles.first_seen(c, article.key) is not None
            self.known += known
            if scanned.find and known:
                with self.house.store.writing() as c:
                    leads.sight(c, scanned.find.lead)
            elif scanned.find:
                self.intake.keep_find(scanned.find)
                self.kept += 1
        if self.pages % _STEP == 0:
            self._note(scanned.offset)
            self.tell(self.path, self.pages, self.kept)

    def end(self, now: datetime) -> None:
        """It is read to its end."""
        self._note(self.path.stat().st_size, now)

    def _note(self, offset: int, ended_at: datetime | None = None) -> None:
        with self.house.store.writing() as c:
            reading = replace(
                self._before,
                read_to=offset,
                pages=self._before.pages + self.pages,
                kept=self._before.kept + self.kept,
                ended_at=ended_at,
            )
            archives.note(c, reading)
