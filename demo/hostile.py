"""Sources and pages that are broken, huge or malicious, made on the fly, all on one host."""

from collections.abc import Callable, Mapping

from demo import behaviours
from demo.sites import Answer, Responder, Site, html, redirect, refusal

HOST = "hostile.example"
MEBIBYTE = 1024 * 1024

_GOOD_ITEM = "<item><title>A good one</title><link>http://{host}/pages/good</link></item>"


def hostile_site(host: str = HOST) -> Site:
    """One host with every bad feed at `/feeds/NAME`, page at `/pages/NAME` and answer at `/answers/NAME`."""
    site = Site(host)
    for name, make in FEEDS.items():
        site.put(f"/feeds/{name}", _made(make, host))
    for name, make in PAGES.items():
        site.put(f"/pages/{name}", _made(make, host))
    for name, answer in answers().items():
        site.put(f"/answers/{name}", answer)
    return site


def _made(make: Callable[[str], Answer], host: str) -> Responder:
    return lambda _: make(host)


def _feed(text: str, charset: str = "utf-8") -> Answer:
    return Answer(headers=(("Content-Type", "application/rss+xml"),), body=text.encode(charset))


def _rss(items: str, encoding: str = "utf-8", doctype: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<rss version="2.0"><channel>'
        f"<title>Hostile</title><link>http://{HOST}/</link><description/>{items}</channel></rss>"
    )


def html_feed(host: str) -> Answer:
    """A web page with status 200 where a feed should be, as after a redesign."""
    return html("<!DOCTYPE html><html><body><h1>Our feeds have moved</h1><p>Sorry.</p></body></html>")


def empty_feed(host: str) -> Answer:
    """Not one byte."""
    return _feed("")


def itemless_feed(host: str) -> Answer:
    """A feed in good order with nothing in it."""
    return _feed(_rss(""))


def truncated_feed(host: str) -> Answer:
    """One good item, and the second cut off in the middle of its link."""
    whole = _rss(_GOOD_ITEM.format(host=host) * 2)
    return _feed(whole[: whole.rindex("/pages/good")])


def huge_feed(host: str) -> Answer:
    """15 MiB, nearly all of it one description."""
    words = "all work and no play " * (15 * MEBIBYTE // 21)
    bloated = (
        f"<item><title>Big</title><link>http://{host}/pages/good</link><description>{words}</description>"
    )
    return _feed(_rss(f"{_GOOD_ITEM.format(host=host)}{bloated}</item>"))


def crowded_feed(host: str) -> Answer:
    """50,000 items."""
    items = "".join(
        f"<item><title>Number {number}</title><link>http://{host}/crowd/{number}</link></item>"
        for number in range(50_000)
    )
    return _feed(_rss(items))


def misencoded_feed(host: str) -> Answer:
    """Says UTF-8 and is windows-1252."""
    item = f"<item><title>Café “Olé” – señor</title><link>http://{host}/pages/good</link></item>"
    return _feed(_rss(item), "windows-1252")


def odd_links_feed(host: str) -> Answer:
    """Relative, javascript:, tag:, mailto:, data:, file: and empty links, and one without any."""
    odd = (
        "/pages/relative",
        "pages/also-relative",
        "javascript:alert(1)",
        "tag:hostile.example,2017:1",
        "mailto:desk@hostile.example",
        "data:text/html,boo",
        "file:///etc/passwd",
        "ftp://hostile.example/story",
        "http://",
        "http://[broken/",
        "",
    )
    items = "".join(f"<item><title>To {link}</title><link>{link}</link></item>" for link in odd)
    return _feed(_rss(f"{items}<item><title>Linkless</title></item>{_GOOD_ITEM.format(host=host)}"))


def entity_bomb_feed(host: str) -> Answer:
    """Entities that unfold to a billion laughs."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    item = f"<item><title>&j;</title><link>http://{host}/pages/good</link></item>"
    return _feed(_rss(item, doctype=f"<!DOCTYPE rss [{entities}]>"))


def external_entity_feed(host: str) -> Answer:
    """An entity that asks for a local file and one that asks for a page."""
    doctype = (
        '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">'
        f'<!ENTITY page SYSTEM "http://{host}/pages/canary">]>'
    )
    item = f"<item><title>&file; &page;</title><link>http://{host}/pages/good</link></item>"
    return _feed(_rss(item, doctype=doctype))


def control_characters_feed(host: str) -> Answer:
    """Characters that XML forbids, between good items."""
    good = _GOOD_ITEM.format(host=host)
    bad = "<item><title>Bell \x07 and \x00 null</title><link>http://hostile.example/pages/bell</link></item>"
    return _feed(_rss(good + bad))


def deep_feed(host: str) -> Answer:
    """Elements nested 100,000 deep inside an item."""
    depth = 100_000
    return _feed(_rss(f"<item><description>{'<b>' * depth}{'</b>' * depth}</description></item>"))


GOOD_TEXT = (
    "The harbor master counted forty boats on Tuesday morning, six more than in the week before.",
    "Two of them had come up from the Carolinas for the opening of the oyster beds.",
    "A third was towed in by the Coast Guard after its rudder broke off the point.",
    "The town will vote in May on whether to dredge the inner channel by three feet.",
    "It was last dredged in 1987, when the ferry still ran.",
)


def good_page(host: str) -> Answer:
    """An article in good order: what bad neighbours must not take down."""
    paragraphs = "".join(f"<p>{text}</p>" for text in GOOD_TEXT)
    return html(
        "<!DOCTYPE html><html lang='en'><head><title>A good one</title>"
        "<meta property='article:published_time' content='2017-03-28T09:00:00-04:00'></head>"
        f"<body><article><h1>A good one</h1>{paragraphs}</article></body></html>"
    )


def attributes_page(host: str) -> Answer:
    """One element with 80,000 attributes."""
    attributes = " ".join(f'data-a{number}="{number}"' for number in range(80_000))
    return html(f"<html><body><p {attributes}>A story with much to say about itself.</p></body></html>")


def deep_page(host: str) -> Answer:
    """Divisions nested 100,000 deep."""
    depth = 100_000
    return html(f"<html><body>{'<div>' * depth}<p>Down here.</p>{'</div>' * depth}</body></html>")


def long_word_page(host: str) -> Answer:
    """A paragraph that is one word of 5 MiB: what naive patterns choke on."""
    return html(f"<html><body><h1>Long</h1><p>{'a' * (5 * MEBIBYTE)}</p></body></html>")


def null_bytes_page(host: str) -> Answer:
    """Null bytes in the middle of tags and text."""
    return html(b"<html><body><h1>Null\x00</h1><p cl\x00ass='x'>A \x00 story.</p></body></html>")


def binary_page(host: str) -> Answer:
    """Bytes of no encoding at all under the name of HTML."""
    return html(bytes(range(256)) * 4096)


def picture_page(host: str) -> Answer:
    """A picture at an article's address."""
    return Answer(headers=(("Content-Type", "image/png"),), body=b"\x89PNG\r\n\x1a\n" + b"\0" * 2048)


FEEDS: Mapping[str, Callable[[str], Answer]] = {
    "html": html_feed,
    "empty": empty_feed,
    "itemless": itemless_feed,
    "truncated": truncated_feed,
    "huge": huge_feed,
    "crowded": crowded_feed,
    "misencoded": misencoded_feed,
    "odd-links": odd_links_feed,
    "entity-bomb": entity_bomb_feed,
    "external-entity": external_entity_feed,
    "control-characters": control_characters_feed,
    "deep": deep_feed,
}

PAGES: Mapping[str, Callable[[str], Answer]] = {
    "good": good_page,
    "attributes": attributes_page,
    "deep": deep_page,
    "long-word": long_word_page,
    "null-bytes": null_bytes_page,
    "binary": binary_page,
    "picture": picture_page,
}


def answers() -> dict[str, Answer]:
    """Bad manners of the server itself, by name."""
    return {
        "hanging": behaviours.hanging(),
        "trickling": behaviours.trickling(b"<html><body>slow</body></html>" * 100),
        "endless": behaviours.endless(),
        "gzip-bomb": behaviours.gzip_bomb(),
        "broken-gzip": behaviours.broken_gzip(),
        "big-header": behaviours.big_header(),
        "cut-short": behaviours.cut_short(b"<html><body>half", 4096),
        "redirect-loop": redirect("/answers/redirect-loop", 302),
        "redirect-to-file": redirect("file:///etc/passwd", 302),
        "redirect-inside": redirect("http://169.254.169.254/latest/meta-data/", 302),
        "unauthorized": refusal(401),
        "forbidden": refusal(403),
        "gone": refusal(410),
        "busy": refusal(429, retry_after=3600),
        "busy-until": refusal(429, retry_after="Wed, 29 Mar 2117 12:00:00 GMT"),
        "broken": refusal(500),
        "away": refusal(503, retry_after=120),
    }
