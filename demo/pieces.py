"""The sample outlets and their articles as records, read from `demo/stories/*.toml`. No markup here."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

STORIES = Path(__file__).parent / "stories"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One article as its outlet publishes it.

    `body` holds paragraphs of light HTML; a paragraph may open with a mark: `## ` a subhead,
    `> ` a block quotation, `! ` a photo with its caption, `~ ` a "read more" box between
    paragraphs. The headline forms (`title_tag`, `og_title`, `json_headline`, `feed_title`) default
    to what the outlet's template makes of `headline`, which is what a reader sees. `related`,
    `tags`, `comments` are page furniture. `feed_path` is the address the outlet's own feeds
    give (trackers, short forms, another host); `canonical` the rel=canonical address, default the
    page's own. A piece that is `blocked` answers with that status, one that is `moved_to` redirects.
    """

    path: str
    headline: str
    published: datetime
    body: tuple[str, ...]
    summary: str = ""
    author: str = ""
    section: str = "news"
    kicker: str = ""
    modified: datetime | None = None
    language: str = ""
    layout: str = ""
    metadata: str = ""
    title_tag: str = ""
    og_title: str = ""
    json_headline: str = ""
    feed_title: str = ""
    feed_path: str = ""
    amp_path: str = ""
    canonical: str = ""
    wire: str = ""
    footer: str = ""
    correction: str = ""
    bio: str = ""
    paywall: bool = False
    blocked: int = 0
    moved_to: str = ""
    in_feeds: bool = True
    related: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def stamp(self) -> datetime:
        """When the page was last touched."""
        return self.modified or self.published


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """One source that an outlet offers: the kind of feed, and what goes into it.

    `section` limits it to one section; `trackers` is a query string put behind every link;
    `limit` the number of newest pieces; `children` the sitemaps of a sitemap index.
    """

    path: str
    kind: str
    section: str = ""
    trackers: str = ""
    limit: int = 100
    children: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Masthead:
    """An outlet of the sample press: its hosts, its looks and its habits.

    `home` is the host its own links carry. `layout` and `metadata` name the template and
    the shape of the structured data; `dateline` is a CLDR date pattern for the visible date.
    `canonical_is_home` is a common mistake: every page names the front page as its canonical.
    `redirects` maps an old path, or an old address on another of its hosts, to the new address.
    `ordinary` generated articles about `topics` stand at addresses made from `address`.
    """

    host: str
    name: str
    home: str = ""
    aliases: tuple[str, ...] = ()
    site_name: str = ""
    language: str = "en"
    charset: str = "utf-8"
    charset_in_header: bool = True
    canonical_is_home: bool = False
    layout: str = "magazine"
    metadata: str = "plain"
    title_suffix: str = ""
    dateline: str = "MMMM d, yyyy, h:mm a 'ET'"
    offset_hours: int = -4
    place: str = "New York"
    sections: tuple[str, ...] = ("News", "Opinion", "Sports")
    trending: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    ordinary: int = 0
    address: str = "/{section}/{slug}"
    robots: str = "User-agent: *\nDisallow: /search\n"
    channels: tuple[Channel, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """Scheme and host of the outlet's own links."""
        return f"http://{self.home or self.host}"


def read_masthead(path: Path) -> tuple[Masthead, tuple[Piece, ...]]:
    """An outlet and its hand-written articles. Raises TypeError for a key that no record has."""
    told = tomllib.loads(path.read_text("utf-8"))
    pieces = tuple(read_piece(table) for table in told.pop("article", ()))
    channels = tuple(
        Channel(**_tuples({"path": where, **table})) for where, table in told.pop("feeds", {}).items()
    )
    return Masthead(**_tuples(told), channels=channels), pieces


def read_piece(table: dict[str, Any]) -> Piece:
    """An article from its table, `body` as text with a blank line between paragraphs."""
    body = tuple(paragraph.strip() for paragraph in table.pop("body").strip().split("\n\n"))
    return Piece(**_tuples(table), body=body)


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
