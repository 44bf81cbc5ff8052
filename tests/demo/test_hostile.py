"""The bad sources and pages are as bad as they say, and the press survives serving them."""

import codecs

import pytest

from demo.hostile import FEEDS, MEBIBYTE, PAGES, answers, hostile_site
from demo.press import Press
from demo.sites import Request
from tests.demo.conftest import Fetch


def body(path: str) -> bytes:
    return hostile_site().answer(Request(method="GET", host="hostile.example", path=path)).body


def test_every_bad_feed_and_page_is_served(fetch: Fetch) -> None:
    paths = [*(f"/feeds/{name}" for name in FEEDS), *(f"/pages/{name}" for name in PAGES)]
    with Press([hostile_site()]).serving() as press:
        for path in paths:
            got = fetch(press, f"http://hostile.example{path}")
            assert (got.status, got.body) == (200, body(path)), path


def test_sizes_are_what_they_promise() -> None:
    assert 15 * MEBIBYTE - 1000 < len(body("/feeds/huge")) < 15 * MEBIBYTE + 1000
    assert body("/feeds/crowded").count(b"<item>") == 50_000
    assert body("/pages/attributes").count(b'="') == 80_000
    assert body("/pages/deep").count(b"<div>") == 100_000
    assert body("/feeds/empty") == b""


def test_the_misencoded_feed_is_no_utf_8() -> None:
    with pytest.raises(UnicodeDecodeError):
        codecs.decode(body("/feeds/misencoded"), "utf-8")


def test_the_truncated_feed_ends_inside_its_second_item() -> None:
    text = body("/feeds/truncated")
    assert (text.count(b"<item>"), text.count(b"</item>")) == (2, 1)


def test_refusals_and_loops_answer_at_once(fetch: Fetch) -> None:
    quick = [name for name, answer in answers().items() if not answer.stream and not answer.wait]
    with Press([hostile_site()]).serving() as press:
        statuses = {
            name: fetch(press, f"http://hostile.example/answers/{name}").status
            for name in quick
            if name not in ("cut-short", "big-header")
        }
    assert statuses["gone"] == 410 and statuses["busy"] == 429 and statuses["redirect-loop"] == 302
    assert statuses.keys() >= {"unauthorized", "forbidden", "broken", "away"}
