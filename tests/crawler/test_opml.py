import pytest

from crawler.opml import UnreadableList, read_opml, write_opml
from crawler.outlets import Directory, source_id
from crawler.records import Outlet, Source, SourceKind

DAILY = Outlet(
    slug="daily", name="The Daily & Sunday", domains=("daily.example",), home_url="https://daily.example/"
)
OUTLETS = Directory([DAILY])
LIST = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Press</title></head><body>
<outline text="National"><outline type="rss" text="Daily" xmlUrl="https://daily.example/feed"/></outline>
<outline type="rss" text="Daily again" xmlUrl="https://daily.example/feed"/>
<outline type="rss" text="Metro" xmlUrl="http://metro.example/rss"/>
<outline type="rss" text="Script" xmlUrl="javascript:alert(1)"/>
<outline type="rss" text="Local" xmlUrl="file:///etc/passwd"/></body></opml>"""


def test_the_feeds_of_a_list_become_sources_of_their_outlets() -> None:
    sources, problems = read_opml(LIST, OUTLETS)
    assert [(source.url, source.outlet) for source in sources] == [
        ("https://daily.example/feed", "daily"),
        ("http://metro.example/rss", None),
    ]
    assert len(problems) == 2
    assert "Script" in problems[0]


def test_what_is_written_can_be_read_again() -> None:
    url = "https://daily.example/feed?a=1&b=<2>"
    feed = Source(id=source_id(SourceKind.FEED, url), kind=SourceKind.FEED, url=url, outlet="daily")
    sitemap = Source(id="s", kind=SourceKind.SITEMAP, url="https://daily.example/map.xml")
    written = write_opml([sitemap, feed], OUTLETS, "Press of #SeekingSanctuary")
    assert "The Daily &amp; Sunday" in written.decode()
    sources, problems = read_opml(written, OUTLETS)
    assert (sources, problems) == ((feed,), ())


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "no OPML"),
        (b"<html>no</html>", "no OPML"),
        (b"<!DOCTYPE opml SYSTEM 'http://x.example/o.dtd'><opml version='2.0'/>", "DOCTYPE"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MiB"),
    ],
)
def test_what_is_no_list_is_told(body: bytes, word: str) -> None:
    with pytest.raises(UnreadableList, match=word):
        read_opml(body, OUTLETS)


def test_a_list_that_breaks_off_says_so_and_gives_what_is_there() -> None:
    sources, problems = read_opml(LIST[: LIST.index(b'<outline type="rss" text="Metro"') + 20], OUTLETS)
    assert [source.url for source in sources] == ["https://daily.example/feed"]
    assert problems == ("line 4: the list is broken there, feeds may be missing",)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "utf-8-sig"])
def test_a_list_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><opml version="2.0"><body>'
    text += '<outline type="rss" text="Café" xmlUrl="nowhere"/></body></opml>'
    assert read_opml(text.encode(encoding), OUTLETS) == ((), ("Café: 'nowhere' is no web address",))


def test_a_list_that_was_written_by_hand_keeps_its_addresses() -> None:
    lines = '<outline text="A & B" xmlUrl="https://daily.example/feed?a=1&b=2"/><outline xmlUrl="feed://other.example/feed"/>'
    found, problems = read_opml(f"<opml version='2.0'><body>{lines}</body></opml>".encode(), Directory())
    assert [source.url for source in found] == [
        "https://daily.example/feed?a=1&b=2",
        "http://other.example/feed",
    ]
    assert problems == ()
