"""Orders for sweeps in tests: sources by address, asked through the loopback web without a pause."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from crawler.clock import read_clock
from crawler.outlets import Directory, source_id
from crawler.politeness.manners import Manners
from crawler.records import PollState, Source, SourceKind
from crawler.sweep import SweepOrder
from tests.crawler.loopback import Web

MANNERS = Manners(contact="press@campaign.example", pause=0.0, workers=1)


def source(url: str, kind: SourceKind = SourceKind.FEED, **more: Any) -> Source:
    return Source(id=source_id(kind, url), kind=kind, url=url, **more)


def order(web: Web | None, sources: Sequence[Source | tuple[Source, PollState]], **more: Any) -> SweepOrder:
    manners = replace(MANNERS, proxy=web.proxy if web else None, **more.pop("manners", {}))
    pairs = [each if isinstance(each, tuple) else (each, PollState(source_id=each.id)) for each in sources]
    return SweepOrder(
        sources=tuple(pairs), outlets=Directory(), manners=manners, **({"clock": read_clock} | more)
    )


def rss(*items: tuple[str, str], channel: str = "") -> bytes:
    """An RSS 2.0 feed of (headline, link)."""
    entries = "".join(
        f"<item><title>{headline}</title><link>{link}</link>"
        "<pubDate>Tue, 28 Mar 2017 10:00:00 -0400</pubDate></item>"
        for headline, link in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Daily</title>{channel}'
        f"{entries}</channel></rss>"
    ).encode()


def article(headline: str) -> bytes:
    """A page that any extraction takes for an article."""
    paragraph = "Council members voted on Tuesday to keep the shelter open through the winter months. " * 6
    return (
        f"<!doctype html><html lang='en'><head><title>{headline}</title>"
        f"<meta property='og:type' content='article'><meta property='og:title' content='{headline}'>"
        "<meta property='article:published_time' content='2017-03-28T10:00:00-04:00'></head><body>"
        f"<article><h1>{headline}</h1><p>{paragraph}</p><p>{paragraph}</p><p>{paragraph}</p></article>"
        "</body></html>"
    ).encode()
