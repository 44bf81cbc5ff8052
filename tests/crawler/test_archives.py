"""Saved pages come out of WARC archives, whatever lies beside them or is broken."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archives import pages_of
from crawler.records import Page
from tests.crawler.archived import warc

MOST = 100_000


def saved(number: int) -> Page:
    return Page(
        requested_url=f"https://daily.example/{number}",
        final_url=f"https://daily.example/{number}",
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=f"<h1>Story {number}</h1>".encode() + b"<!-- filler -->" * number,
        fetched_at=datetime(2017, 3, 28, 10, number, tzinfo=UTC),
    )


THREE = (saved(0), saved(1), saved(2))


def read(path: Path, since: int = 0) -> list[Page]:
    return [archived.page for archived in pages_of(path, MOST, since) if archived.page]


@pytest.mark.parametrize("packed", [True, False])
def test_every_page_comes_out_as_it_was_answered_and_when(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(warc(*THREE, packed=packed))
    assert tuple(read(path)) == THREE


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    no_page = (
        replace(saved(3), status=404),
        replace(saved(4), headers=(("content-type", "image/png"),)),
        replace(saved(5), requested_url="dns:daily.example", final_url="dns:daily.example"),
        replace(saved(6), body=b"x" * (MOST + 1)),
        replace(saved(7), body=b""),
    )
    path.write_bytes(warc(*no_page, saved(0)))
    assert read(path) == [saved(0)]


def test_packed_bodies_are_unpacked_and_a_bomb_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    packed = (*saved(1).headers, ("content-encoding", "gzip"))
    fine = replace(saved(1), headers=packed, body=gzip.compress(saved(1).body))
    bomb = replace(saved(2), headers=packed, body=gzip.compress(b" " * 50_000_000))
    path.write_bytes(warc(bomb, fine))
    assert [page.body for page in read(path)] == [saved(1).body]


def test_reading_goes_on_at_the_offset_where_it_was_left(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(*THREE))
    offsets = [archived.offset for archived in pages_of(path, MOST)]
    assert read(path, offsets[1]) == [saved(1), saved(2)]
    assert read(path, path.stat().st_size) == []


@pytest.mark.parametrize("packed", [True, False])
def test_a_broken_place_loses_its_own_page_only_and_is_told(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a.warc"
    whole = warc(*THREE, packed=packed)
    path.write_bytes(whole)
    offsets = [archived.offset for archived in pages_of(path, MOST)]
    path.write_bytes(whole[: offsets[1]] + b"\x00" * 30 + whole[offsets[1] + 30 :])
    found = list(pages_of(path, MOST))
    assert [archived.page for archived in found if archived.page] == [saved(0), saved(2)]
    assert any("broken behind byte" in archived.trouble for archived in found)


@pytest.mark.parametrize("cut", [20, 30, 60, 150])
def test_an_archive_that_is_cut_off_gives_what_it_has_and_is_told(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(*THREE)[:-cut])
    found = list(pages_of(path, MOST))
    assert [archived.page for archived in found if archived.page] == [saved(0), saved(1)]
    assert "cut off" in found[-1].trouble


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"no archive at all\n" * 100)
    with pytest.raises(OSError, match="no WARC archive"):
        read(path)
