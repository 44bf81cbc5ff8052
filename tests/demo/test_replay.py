"""A folder of saved pages is replayed at the pages' own addresses."""

import gzip
import json
from pathlib import Path

import pytest

from demo.press import Press
from demo.replay import FEED_PATH, replay
from tests.demo.conftest import Fetch

HEADLINE = "Jalapeños are back"
ROWS = [
    {"id": "p1", "url": "https://www.herald.example/news/1?id=7#top", "encoding": "utf-8"},
    {"id": "p2", "url": "http://www.herald.example/news/1?id=8", "encoding": "cp1252"},
    {"id": "p3", "url": "https://courier.example/straße/ورود?utm_source=rss", "encoding": "utf-8"},
]


@pytest.fixture(name="gold")
def saved_folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    (pages / "html").mkdir(parents=True)
    rows = [row | {"html": f"html/{row['id']}.html.gz", "headline": HEADLINE} for row in ROWS]
    (pages / "index.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    for row in ROWS:
        body = f"<h1>{HEADLINE}</h1><p>{row['id']}</p>".encode(row["encoding"])
        (pages / "html" / f"{row['id']}.html.gz").write_bytes(gzip.compress(body))
    return tmp_path


def test_pages_stand_at_their_own_addresses_in_their_own_encoding(gold: Path, fetch: Fetch) -> None:
    with Press(replay(gold).sites).serving() as press:
        seven = fetch(press, "http://www.herald.example/news/1?id=7")
        eight = fetch(press, "http://www.herald.example/news/1?id=8")
    assert "p1" in seven.body.decode("utf-8")
    assert eight.headers.get_content_charset() == "cp1252"
    assert HEADLINE in eight.body.decode("cp1252")


def test_non_ascii_addresses_are_found_as_clients_send_them_with_trackers_or_without(
    gold: Path, fetch: Fetch
) -> None:
    address = "http://courier.example/stra%C3%9Fe/%D9%88%D8%B1%D9%88%D8%AF"
    with Press(replay(gold).sites).serving() as press:
        assert b"p3" in fetch(press, f"{address}?utm_source=rss").body
        assert b"p3" in fetch(press, address).body


def test_a_query_that_chooses_between_pages_is_never_guessed(gold: Path, fetch: Fetch) -> None:
    with Press(replay(gold).sites).serving() as press:
        assert fetch(press, "http://www.herald.example/news/1").status == 404


def test_each_host_has_a_feed_that_gives_no_answers_away(gold: Path, fetch: Fetch) -> None:
    told = replay(gold)
    with Press(told.sites).serving() as press:
        feeds = [fetch(press, url).body.decode() for url in told.feeds]
    assert told.feeds == (f"http://www.herald.example{FEED_PATH}", f"http://courier.example{FEED_PATH}")
    assert feeds[0].count("<item>") == 2 and "http://www.herald.example/news/1?id=7#top" in feeds[0]
    assert not any(HEADLINE in feed or "pubDate" in feed for feed in feeds)
    assert set(told.pages) == {row["url"].replace("https:", "http:") for row in ROWS}
