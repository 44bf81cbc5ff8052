"""The hub of a source is found where WebSub says that it may stand, and nowhere else."""

import pytest

from crawler.pushes import Offer
from crawler.readers import read_source
from crawler.readers.hubs import find_offer
from crawler.records import Page, SourceKind
from tests.crawler.readers.pages import NOW
from tests.crawler.sweeping import rss, source

FEED = "https://daily.example/feed"
HUB, TOPIC = "https://hub.example/", "https://daily.example/feed.xml"
LINKS = f'<atom:link rel="hub" href="{HUB}"/><atom:link rel="self" href="{TOPIC}"/>'


def page(body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> Page:
    return Page(requested_url=FEED, final_url=FEED, status=200, headers=headers, body=body, fetched_at=NOW)


def offer_of(body: bytes, kind: SourceKind = SourceKind.FEED, *links: str) -> Offer | None:
    headers = tuple(("link", value) for value in links)
    return read_source(page(body, headers), source(FEED, kind)).offer


def atom(links: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Daily</title>'
        f'{links}<entry><title>One</title><link href="https://daily.example/1"/></entry></feed>'
    ).encode()


def test_rss_atom_and_json_feeds_name_their_hub() -> None:
    expected = Offer(hub=HUB, topic=TOPIC)
    spaced = rss(("One", "https://daily.example/1"), channel=LINKS).replace(
        b"<rss ", b'<rss xmlns:atom="http://www.w3.org/2005/Atom" '
    )
    assert offer_of(spaced) == expected
    assert offer_of(b"<!-- broken & -->" + spaced.replace(b"<title>One", b"<title>One &nbsp;")) == expected
    assert offer_of(atom(LINKS.replace("atom:", ""))) == expected
    hubs = b'"hubs": [{"type": "WebSub", "url": "https://hub.example/"}]'
    items = b'"items": [{"id": "1", "url": "https://daily.example/1", "title": "One"}]'
    json_feed = b'{"version": "x", "feed_url": "https://daily.example/feed.xml", %s, %s}' % (hubs, items)
    assert offer_of(json_feed) == expected


def test_all_hubs_are_found_in_the_order_in_which_they_are_named() -> None:
    names = [f"https://hub{number}.example/" for number in range(7)]
    links = "".join(
        f'<atom:link rel="hub" href="{name}"/>' for name in [*names[:2], names[0], "ftp://x/", *names]
    )
    expected = Offer(hub=names[0], others=tuple(names[1:5]), topic=FEED)
    spaced = rss(("One", "https://daily.example/1"), channel=links).replace(
        b"<rss ", b'<rss xmlns:atom="http://www.w3.org/2005/Atom" '
    )
    assert offer_of(spaced) == expected
    assert offer_of(b"<!-- broken & -->" + spaced.replace(b"<title>One", b"<title>One &nbsp;")) == expected
    hubs = ", ".join(f'{{"type": "WebSub", "url": "{name}"}}' for name in names)
    items = '"items": [{"id": "1", "url": "https://daily.example/1", "title": "One"}]'
    assert offer_of(f'{{"version": "x", "hubs": [{hubs}], {items}}}'.encode()) == expected
    headers = [f'<{name}>; rel="hub"' for name in names[5:]]
    told = offer_of(spaced, SourceKind.FEED, *headers)
    assert told == Offer(hub=names[5], others=(names[6],), topic=FEED)
    head = "".join(f'<link rel="hub" href="{name}">' for name in names[:2])
    assert find_offer(page(f"<!doctype html><html><head>{head}".encode()), {}) == Offer(
        hub=names[0], others=(names[1],), topic=FEED
    )


def test_a_page_names_its_hub_in_its_head() -> None:
    body = (
        f'<!doctype html><html><head><link href="/hub" rel="HUB"><link rel="self" href="{TOPIC}"></head>'
        '<body><a href="/2017/03/28/mayors-answer-the-threat-of-cuts.html">Mayors answer the cuts</a></body>'
    )
    assert offer_of(body.encode(), SourceKind.SECTION) == Offer(hub="https://daily.example/hub", topic=TOPIC)


@pytest.mark.parametrize(
    "links",
    [
        (f'<{HUB}>; rel="hub"', f'<{TOPIC}>; rel="self"'),
        (f"<{HUB}>;rel=hub, <{TOPIC}>; rel=self",),
        (f'<https://x.example/>; rel="next", <{HUB}>; title="a, b"; rel="hub other",<{TOPIC}>;rel="self"',),
        (f'<{HUB}>; REL="HUB"', f'<{TOPIC}>; type="application/rss+xml"; rel="alternate self"'),
    ],
)
def test_headers_count_before_the_feed(links: tuple[str, ...]) -> None:
    feed = atom('<link rel="hub" href="https://other.example/"/><link rel="self" href="https://o.example/"/>')
    assert offer_of(feed, SourceKind.FEED, *links) == Offer(hub=HUB, topic=TOPIC)


def test_without_a_word_on_itself_the_topic_is_the_address_that_answered() -> None:
    assert offer_of(atom(f'<link rel="hub" href="{HUB}"/>')) == Offer(hub=HUB, topic=FEED)


def test_a_topic_keeps_its_very_letters() -> None:
    odd = "https://daily.example/feed?b=%7e&amp;a=1#x"
    found = offer_of(atom(f'<link rel="hub" href="{HUB}"/><link rel="self" href="{odd}"/>'))
    assert found is not None and found.topic == odd.replace("&amp;", "&")


@pytest.mark.parametrize("hub", ["", "javascript:alert(1)", "ftp://hub.example/", "mailto:a@b.c", "http:"])
def test_what_is_no_web_address_is_no_hub(hub: str) -> None:
    assert offer_of(atom(f'<link rel="hub" href="{hub}"/>')) is None


def test_links_without_end_are_read_to_the_end_at_once() -> None:
    for value in ("<" * 15_000, "<a>" + "; a " * 5_000, '<a>; rel="' * 2_000, "<a>;" + " " * 15_000 + "x"):
        assert find_offer(page(b"", (("link", value),)), {}) is None
