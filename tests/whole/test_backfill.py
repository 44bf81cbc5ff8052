"""Looking back: an archive of the sample press holds the same coverage that the sweep found."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aggregator import runs
from aggregator.records import RunReport
from aggregator.runs.backfilling import Tell
from aggregator.store import articles, mentions, pages
from crawler.clock import read_clock
from crawler.records import Access
from tests.crawler.archived import warc
from tests.whole.commands import CAMPAIGN
from tests.whole.conftest import Road, open_demo_house


def silent(archive: Path, read: int, kept: int) -> None:
    """Tell nobody."""


def look_back(house: runs.House, archives: list[Path], tell: Tell = silent) -> RunReport:
    """The job, in a thread of its own: a browser that other tests drive holds the loop of this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(runs.backfill, house, archives, read_clock(), tell).result()


def mentioned(house: runs.House) -> set[str]:
    """The articles that mention the campaign and were really read: an archive has no others."""
    with house.store.reading() as c:
        read = (Access.OPEN, Access.PAYWALL)
        known = [article.key for batch in articles.every(c) for article in batch if article.access in read]
        held = mentions.of_campaign(c, CAMPAIGN, known)
    return {key for key, (_, gone_because) in held.items() if gone_because is None}


@pytest.fixture
def archive(road: Road, tmp_path: Path) -> Path:
    """All pages that the sweep was answered."""
    with road.house.store.reading() as c:
        answered = list(pages.every(c))
    path = tmp_path / "press.warc.gz"
    path.write_bytes(warc(*answered))
    return path


def test_an_archive_brings_what_the_sweep_brought_and_nothing_else(
    road: Road, archive: Path, tmp_path: Path
) -> None:
    house = open_demo_house(road.press, tmp_path)
    report = look_back(house, [archive])
    assert mentioned(house) == mentioned(road.house)
    assert report.counts["kept"] == len(mentioned(house)) > 20
    assert report.counts["pages"] > 300
    again = look_back(house, [archive])
    assert (again.counts["pages"], again.counts["kept"], again.troubles) == (0, 0, ())


def test_what_is_broken_off_goes_on_where_it_was_left(road: Road, archive: Path, tmp_path: Path) -> None:
    def interrupt(archive: Path, read: int, kept: int) -> None:
        raise KeyboardInterrupt

    house = open_demo_house(road.press, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        look_back(house, [archive], interrupt)
    rest = look_back(house, [archive])
    assert 0 < rest.counts["pages"] < 300
    assert mentioned(house) == mentioned(road.house)


def test_a_broken_archive_is_told_and_its_neighbours_are_read(
    road: Road, archive: Path, tmp_path: Path
) -> None:
    junk = tmp_path / "junk.warc.gz"
    junk.write_bytes(b"no archive at all\n" * 100)
    whole = archive.read_bytes()
    archive.write_bytes(whole[:2_000] + b"\x00" * 50 + whole[2_050:])
    house = open_demo_house(road.press, tmp_path)
    report = look_back(house, [junk, tmp_path / "none.warc", archive])
    assert len(mentioned(house)) >= len(mentioned(road.house)) - 1
    assert report.counts["sources_failed"] == 3
    told = " ".join(report.troubles)
    assert "no WARC archive" in told and "No such file" in told and "broken behind byte" in told
