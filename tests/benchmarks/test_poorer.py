"""Each way of telling less takes what it says, and nothing else."""

import pytest

from benchmarks.poorer import WAYS

PAGE = (
    b'<html><head><title>T</title><meta charset="utf-8"><meta property="og:title" content="O">'
    b'<meta name="author" content="A"><script type="application/ld+json">{"headline": "L"}</script>'
    b'<script>var s = "S"</script></head><body><h1 class="head" itemprop="headline">H</h1>'
    b'<time datetime="2026-01-15">15 January</time><p id="p">Text</p></body></html>'
)


@pytest.mark.parametrize(
    ("way", "gone"),
    [
        ("as it is", ()),
        ("no structured data or og", (b'"L"', b'"O"')),
        ("no h1", (b"<h1", b"</h1>")),
        ("neither of these", (b'"L"', b'"O"', b"<h1", b"</h1>")),
        ("no class or id", (b' class="head"', b' id="p"')),
        ("only what is seen", (b'"L"', b'"O"', b'"A"', b'"S"', b"itemprop", b"<time", b"2026-01-15")),
    ],
)
def test_a_way_takes_what_it_says_and_leaves_the_rest(way: str, gone: tuple[bytes, ...]) -> None:
    told = (
        b'"L"', b'"O"', b'"A"', b'"S"', b"<h1", b"</h1>", b' class="head"', b' id="p"', b"itemprop", b"<time",
        b"2026-01-15", b"utf-8", b"<title>T</title>", b">H</", b"15 January", b"Text",
    )  # fmt: skip
    assert {each for each in told if each not in WAYS[way](PAGE)} == set(gone)
