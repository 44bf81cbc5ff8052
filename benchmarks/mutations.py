"""Mutates saved pages as hostile, broken and careless sites do; a page's number alone decides how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from crawler.records import Page

SEED = 20170328
_MIB = 1024 * 1024
_VAST = 10 * _MIB
_ODD = (
    b"\0\0", b"&#0;&#x110000;", b'"', b"'", b"<!--", b"-->", b"]]>", b"</script>", b"<script>", b"<svg>",
    b"\xed\xa0\x80", b"\xff\xfe", b"<plaintext>", b"<template>", b"</body></html>", b"\xe2\x80\xae" * 9,
)  # fmt: skip
_PIECES = (
    b"<h1 class=headline>A | b - c</h1>",
    b"<time datetime='2024-02-06'>6.2.2024 10:00</time>",
    b"<a href='/x'>Read also: this</a>",
    b"<meta property='og:title' content='A | B'>",
    b"&nbsp;&#128512;",
    b'<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-02-06"}</script>',
)
_CHARSETS = (
    "utf-16", "utf-16-le", "utf-32", "latin-1", "shift_jis", "gb18030", "koi8-r", "utf-7", "hz", "x", "",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutated page: its number, what was done to it, and the page."""

    number: int
    kinds: tuple[str, ...]
    page: Page


def cut(body: bytes, chance: Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def tear(body: bytes, chance: Random) -> bytes:
    """Stretches deleted, doubled, exchanged for noise."""
    torn = bytearray(body)
    for _ in range(chance.randrange(1, 60)):
        start = chance.randrange(len(torn) + 1)
        end = start + chance.choice((1, 5, 40, 400, 4000))
        now = bytes(torn[start:end])
        torn[start:end] = chance.choice((b"", now * 2, chance.randbytes(len(now)), now[::-1]))
    return bytes(torn)


def sprinkle(body: bytes, chance: Random) -> bytes:
    """Odd bytes and unclosed markup anywhere."""
    mixed = bytearray(body)
    for _ in range(chance.randrange(1, 40)):
        place = chance.randrange(len(mixed) + 1)
        mixed[place:place] = chance.choice(_ODD)
    return bytes(mixed)


def nest(body: bytes, chance: Random) -> bytes:
    """Elements open thousands deep."""
    tags = chance.choice(
        (b"<div>", b"<b><i>", b"<ul><li>", b"<table><tr><td>", b"<blockquote>", b"<svg><g>", b"<a><p>")
    )
    return _insert(body, tags * chance.choice((100, 1000, 20_000)), chance)


def crowd(body: bytes, chance: Random) -> bytes:
    """An element with very many attributes, or a very long one."""
    many = b" ".join(b"a%d='%d'" % (number, number) for number in range(chance.choice((50, 600, 40_000))))
    long = b"class='" + chance.choice((b"date ", b"x", b"title-")) * chance.choice((1000, 100_000)) + b"'"
    return _insert(body, b"<div " + chance.choice((many, long)) + b">", chance)


def repeat(body: bytes, chance: Random) -> bytes:
    """Many headings, dates, links, scripts or entities."""
    piece = chance.choice(_PIECES)
    return _insert(body, piece * chance.choice((100, 2000, 20_000)), chance)


def bury(body: bytes, chance: Random) -> bytes:
    """Structured data that nests deep or does not end."""
    deep = chance.choice((b'{"a":', b"[", b'{"@graph":[')) * chance.choice((500, 50_000))
    return _insert(body, b'<script type="application/ld+json">' + deep + b"</script>", chance)


def swell(body: bytes, chance: Random) -> bytes:
    """Ten mebibytes of the page itself."""
    return (body * (_VAST // max(len(body), 1) + 1))[:_VAST]


def _insert(body: bytes, piece: bytes, chance: Random) -> bytes:
    place = chance.choice((0, len(body) // 2, chance.randrange(len(body) + 1)))
    return body[:place] + piece + body[place:]


MUTATIONS: dict[Callable[[bytes, Random], bytes], int] = {
    cut: 20, tear: 30, sprinkle: 30, nest: 10, crowd: 10, repeat: 10, bury: 6, swell: 1,
}  # fmt: skip


def mutant(pages: Sequence[Page], number: int) -> Mutant:
    """The page of this number: one to three mutations of one of these pages, sent under any charset."""
    chance = Random(SEED + number)
    page = chance.choice(pages)
    body, done = page.body, list[str]()
    for mutate in chance.choices(list(MUTATIONS), list(MUTATIONS.values()), k=chance.randrange(1, 4)):
        body = mutate(body, chance)[:_VAST]
        done.append(mutate.__name__)
    charset = chance.choice(_CHARSETS) if chance.random() < 0.3 else "utf-8"
    headers = (("content-type", f"text/html; charset={charset}"),)
    return Mutant(number, tuple(done), replace(page, headers=headers, body=body))
