"""A press that replays a folder of saved pages at their real hosts and paths, with a feed per host.

The folder holds `pages/index.jsonl` (one object a page, with `id`, `url`, `encoding` and
`html`) and the files it names, gzipped. Addresses become http, since a proxy that holds no
certificates cannot speak for https. Of the index only address, encoding and file are read:
feeds carry links without titles or dates, so that whoever sweeps them learns no answers.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from demo.sites import Answer, Responder, Site, html

FEED_PATH = "/replay-feed.xml"


class SavedPage(NamedTuple):
    """One page of the folder: its id, its http address, its encoding and its file."""

    id: str
    url: str
    encoding: str
    file: Path

    @property
    def host(self) -> str:
        """The page's host, without a port."""
        return urlsplit(self.url).hostname or ""

    @property
    def path(self) -> str:
        """Path and query as a client sends them: percent-encoded, without the fragment."""
        parts = urlsplit(self.url)
        return _sent(parts.path or "/") + (f"?{_sent(parts.query)}" if parts.query else "")


class Replay(NamedTuple):
    """The sites of a folder, the feed to poll for each host, and the pages by their address."""

    sites: tuple[Site, ...]
    feeds: tuple[str, ...]
    pages: Mapping[str, SavedPage]


def replay(gold: Path) -> Replay:
    """Sites for every page under `gold/pages`. Raises FileNotFoundError where there is no index."""
    pages = saved_pages(gold / "pages")
    by_host: dict[str, list[SavedPage]] = defaultdict(list)
    for page in pages:
        by_host[page.host].append(page)
    return Replay(
        sites=tuple(_site(host, found) for host, found in by_host.items()),
        feeds=tuple(f"http://{host}{FEED_PATH}" for host in by_host),
        pages={page.url: page for page in pages},
    )


def saved_pages(folder: Path) -> tuple[SavedPage, ...]:
    """What the folder's index lists, in its order."""
    lines = (folder / "index.jsonl").read_text("utf-8").splitlines()
    return tuple(_saved_page(folder, json.loads(line)) for line in lines if line)


def _saved_page(folder: Path, row: Mapping[str, str]) -> SavedPage:
    url = row["url"].replace("https://", "http://", 1)
    return SavedPage(row["id"], url, row["encoding"], folder / row["html"])


def _sent(text: str) -> str:
    """As browsers and crawlers write it on the wire: what is escaped stays, the rest as UTF-8."""
    return quote(text, safe="%/:=&?~#+!$,;'@()*[]")


def _site(host: str, pages: Iterable[SavedPage]) -> Site:
    site = Site(host)
    site.put(FEED_PATH, Answer(headers=(("Content-Type", "application/rss+xml"),), body=_feed(host, pages)))
    alone: dict[str, list[SavedPage]] = defaultdict(list)
    for page in pages:
        site.put(page.path, _reading(page))
        alone[page.path.partition("?")[0]].append(page)
    for path, found in alone.items():
        if len(found) == 1:  # so that a client which leaves trackers out of the query finds it too
            site.put(path, _reading(found[0]))
    return site


def _reading(page: SavedPage) -> Responder:
    return lambda _: html(gzip.decompress(page.file.read_bytes()), charset=page.encoding)


def _feed(host: str, pages: Iterable[SavedPage]) -> bytes:
    items = "".join(
        f'<item><link>{escape(page.url)}</link><guid isPermaLink="false">{page.id}</guid></item>\n'
        for page in pages
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{host}</title><link>http://{host}/</link><description></description>\n"
        f"{items}</channel></rss>\n"
    ).encode()
