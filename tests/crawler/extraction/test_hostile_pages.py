"""Pages made to choke us: each is read within a bound of CPU, nothing is lost that can be read."""

import pickle
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article, NotAnArticle, Page

GOLDEN = Path(__file__).parent / "golden"
URL = "https://harbourgazette.example/2024/02/06/last-ferry"
PROSE = "<p>" + "The board voted five to two on Tuesday to keep the last ferry of the evening. " * 6 + "</p>"
HEAD = (
    "<html><head><title>Last ferry stays</title><meta property='og:site_name' content='Harbour Gazette'>"
    "<meta property='article:published_time' content='2024-02-06T19:40:11-05:00'></head><body>"
)
# Seconds of CPU that one page may cost; the worker's deadline is far above it.
BOUND = 5.0


def page(body: bytes, content_type: str = "text/html; charset=utf-8") -> Page:
    now = datetime(2026, 1, 15, tzinfo=UTC)
    return Page(
        requested_url=URL,
        final_url=URL,
        status=200,
        headers=(("content-type", content_type),),
        body=body,
        fetched_at=now,
    )


def read_in_time(body: bytes) -> Article | NotAnArticle:
    begun = time.process_time()
    read = extract(page(body), Directory(()))
    assert time.process_time() - begun < BOUND
    return read


def many_attributes() -> str:
    attributes = " ".join(f"a{number}='{number}'" for number in range(80_000))
    return f"{HEAD}<h1>Last ferry stays</h1><div {attributes}>{PROSE}</div></body></html>"


def many_attributes_with_signs() -> str:
    attributes = " ".join(f"a{number}='<{number}>'" for number in range(80_000))
    return f"{HEAD}<h1>Last ferry stays</h1><div {attributes}>{PROSE}</div></body></html>"


def deep_nesting() -> str:
    return f"{HEAD}<h1>Last ferry stays</h1>{'<div>' * 100_000}{PROSE}{'</div>' * 100_000}</body></html>"


def deep_mixed_nesting() -> str:
    opened = "<div><span><b><section>" * 25_000
    return f"{HEAD}<h1>Last ferry stays</h1>{opened}{PROSE}</body></html>"


def unclosed_nesting() -> str:
    return f"{HEAD}<h1>Last ferry stays</h1>{PROSE}{'<font><blockquote>' * 50_000}"


def nested_json_ld() -> str:
    script = '<script type="application/ld+json">' + '{"a":[' * 50_000 + "</script>"
    return f"{HEAD}{script}<h1>Last ferry stays</h1>{PROSE}</body></html>"


def many_headings() -> str:
    return f"{HEAD}<h1>Last ferry stays</h1>{PROSE}{'<h2 class=headline>Other | story - here</h2>' * 30_000}"


def many_dates() -> str:
    return f"{HEAD}<h1>Last ferry stays</h1>{PROSE}{'<time>5 March 2024 10:00</time>' * 30_000}"


def one_long_line() -> str:
    return f"{HEAD}<h1>Last ferry stays</h1>{PROSE}<p>{'word ' * 400_000}</p><p>{'x' * 2_000_000}</p>"


def long_title_of_separators() -> str:
    return f"<title>{' - | '.join(['a'] * 200_000)}</title><h1>Last ferry stays</h1>{HEAD}{PROSE}"


def ten_mebibytes() -> str:
    return f"{HEAD}<h1>Last ferry stays</h1>{PROSE}<script>{'x' * (12 * 1024 * 1024)}</script>"


def vast_class_round_many_links() -> str:
    links = "<a href='/x'>Other story</a>" * 8_000
    return f"{HEAD}<h1>Last ferry stays</h1>{PROSE}<div class='{'word ' * 700_000}'>{links}</div>"


def many_articles_deep_down() -> str:
    own = f"<article><h1>Last ferry stays</h1>{PROSE}</article>"
    opened, others = "<div>" * 200, f"<article><h2>Other story</h2><p>{'word ' * 20}</p></article>" * 12_000
    return f"{HEAD}{opened}{own}{others}</body></html>"


def many_dates_among_many_links() -> str:
    links = "<li><a href='/x'>Another story of the day</a> <time>5 March 2024 10:00</time></li>" * 15_000
    return f"{HEAD}<h1>Last ferry stays</h1>{PROSE}<ul>{links}</ul></body></html>"


def byline_of_many_children() -> str:
    names = "<span>Jane Doe</span>" * 60_000
    return f"{HEAD}<h1>Last ferry stays</h1><p class='byline'>{names}</p>{PROSE}</body></html>"


HOSTILE: list[Callable[[], str]] = [
    many_attributes, many_attributes_with_signs, deep_nesting, deep_mixed_nesting, unclosed_nesting,
    nested_json_ld, many_headings,
    many_dates, one_long_line, long_title_of_separators, ten_mebibytes, vast_class_round_many_links,
    many_articles_deep_down, many_dates_among_many_links, byline_of_many_children,
]  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_page_keeps_its_headline_and_date_and_costs_little(make: Callable[[], str]) -> None:
    read = read_in_time(make().encode())
    assert isinstance(read, Article)
    assert read.headline == "Last ferry stays"
    assert read.published is not None
    assert read.published.day.isoformat() == "2024-02-06"
    assert read.outlet == "Harbour Gazette"


@pytest.mark.parametrize(
    "make", [many_attributes, deep_nesting, deep_mixed_nesting], ids=lambda make: make.__name__
)
def test_the_text_of_a_hostile_page_is_read_too(make: Callable[[], str]) -> None:
    read = read_in_time(make().encode())
    assert isinstance(read, Article)
    assert "keep the last ferry of the evening" in read.text


def test_nul_bytes_do_not_reach_an_article() -> None:
    read = read_in_time(f"{HEAD}<h1>Last\0 ferry stays</h1>{PROSE}".replace("board", "bo\0ard").encode())
    assert isinstance(read, Article)
    assert "\0" not in read.text + read.headline


@pytest.mark.parametrize("text", [PROSE, "<p>Short.</p>"])
@pytest.mark.parametrize("control", ["\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "&#1;", "&#x1f;"])
def test_control_characters_do_not_stop_any_reader(control: str, text: str) -> None:
    script = "<div><script>1</script>" + control + " rest</div>"
    read = read_in_time(f"<h1>Last{control} ferry</h1>{script}{text}{control}{text}".encode())
    assert isinstance(read, Article)


def test_letters_of_utf_16_are_no_garbage() -> None:
    words = "上下三中丁七万丈一" * 40  # whose first bytes are control characters
    read = read_in_time(f"<html><h1>{words[:20]}</h1><p>{words}</p></html>".encode("utf-16"))
    assert isinstance(read, Article)
    assert read.headline == words[:20]


@pytest.mark.parametrize(
    "body", [b"", b"\0" * 1000, b"\xff\xfe\x00", b"%PDF-1.7 \x00\x01", b"{}", b"<" * 100_000]
)
def test_what_is_no_page_is_no_article(body: bytes) -> None:
    assert isinstance(read_in_time(body), NotAnArticle)


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "nonsense-99", "utf-7", "base64", "rot13", ""])
def test_a_wrong_or_odd_charset_does_not_fail(charset: str) -> None:
    body = f"{HEAD}<h1>Fähre – läuft</h1>{PROSE}".encode()
    read = extract(page(body, f"text/html; charset={charset}"), Directory(()))
    assert isinstance(read, Article)
    assert read.headline == "Fähre – läuft"


def test_articles_and_refusals_can_be_pickled() -> None:
    article = extract(page(f"{HEAD}<h1>Last ferry stays</h1>{PROSE}".encode()), Directory(()))
    refusal = extract(page(b""), Directory(()))
    assert pickle.loads(pickle.dumps(article)) == article
    assert pickle.loads(pickle.dumps(refusal)) == refusal


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_mutated_page_never_fails(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    pages = sorted(GOLDEN.glob("*.html"))
    body = bytearray(chance.choice(pages).read_bytes())
    for _ in range(changes):
        mutate(body, chance)
    read = extract(page(bytes(body)), Directory(()))
    assert isinstance(read, Article | NotAnArticle)


ODD = (b"<div>" * 50, b"\0\0", b"&#0;&#x110000;", b'"', b"<!--", b"]]>", b"</script>", b"\xed\xa0\x80")


def mutate(body: bytearray, chance: random.Random) -> None:
    """Cut, double, overwrite or insert a stretch of a page."""
    start = chance.randrange(len(body) + 1)
    end = min(len(body), start + chance.choice((1, 5, 40, 400)))
    kind = chance.randrange(4)
    if kind == 0:
        del body[start:end]
    elif kind == 1:
        body[start:start] = body[start:end]
    elif kind == 2:
        body[start:end] = bytes(chance.randrange(256) for _ in range(end - start))
    else:
        odd = (
            b"<div>" * 50,
            b"\0\0",
            b"&#0;&#x110000;",
            b'"',
            b"<!--",
            b"]]>",
            b"</script>",
            b"\xed\xa0\x80",
        )
        body[start:start] = chance.choice(odd)
