"""What an outlet offers to feed readers and search engines, a function a kind. Pure.

Section pages are pages and live in `demo/pages.py`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from demo.pages import plain
from demo.pieces import Channel, Masthead, Piece

Pieces = Sequence[Piece]


def link(piece: Piece, masthead: Masthead, channel: Channel) -> str:
    """The address of a piece as this channel gives it, trackers and all."""
    path = piece.feed_path or piece.path
    if path.startswith("http://"):
        return path
    if not channel.trackers:
        return masthead.base + path
    return f"{masthead.base}{path}{'&' if '?' in path else '?'}{channel.trackers}"


def _head(masthead: Masthead) -> str:
    return f'<?xml version="1.0" encoding="{masthead.charset}"?>\n'


def _title(piece: Piece) -> str:
    return escape(piece.feed_title or piece.headline)


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]&gt;") + "]]>"


def rss_2_0(masthead: Masthead, pieces: Pieces, channel: Channel) -> str:
    """RSS 2.0 with Dublin Core bylines and guids that are no links."""
    items = "".join(
        f"<item><title>{_title(piece)}</title><link>{escape(link(piece, masthead, channel))}</link>"
        f'<guid isPermaLink="false">{masthead.host}:{escape(piece.path)}</guid>'
        f"<pubDate>{format_datetime(piece.published)}</pubDate>"
        f"<dc:creator>{escape(piece.author)}</dc:creator><category>{escape(piece.section)}</category>"
        f"<description>{escape(piece.summary)}</description></item>\n"
        for piece in pieces
    )
    return (
        f'{_head(masthead)}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(masthead.name)}</title><link>{masthead.base}/</link>"
        f"<description>{escape(masthead.name)}</description><ttl>15</ttl>\n{items}</channel></rss>\n"
    )


def rss_2_0_wordpress(masthead: Masthead, pieces: Pieces, channel: Channel) -> str:
    """RSS 2.0 as WordPress writes it: CDATA, entities within, whole text in content:encoded."""
    items = "".join(
        f"<item><title>{_cdata(_title(piece).replace('’', '&#8217;').replace('‘', '&#8216;'))}</title>"
        f"<link>{escape(link(piece, masthead, channel))}</link>"
        f"<pubDate>{format_datetime(piece.published.astimezone(UTC))}</pubDate>"
        f"<dc:creator>{_cdata(piece.author)}</dc:creator>"
        f'<guid isPermaLink="true">{escape(masthead.base + piece.path)}</guid>'
        f"<description>{_cdata(f'<p>{piece.summary} [&#8230;]</p>')}</description>"
        f"<content:encoded>{_cdata(_opening(piece))}</content:encoded></item>\n"
        for piece in pieces
    )
    return (
        f'{_head(masthead)}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>{escape(masthead.name)}</title><link>{masthead.base}/</link>"
        "<description></description><sy:updatePeriod>hourly</sy:updatePeriod>"
        f"<sy:updateFrequency>1</sy:updateFrequency>\n{items}</channel></rss>\n"
    )


def _opening(piece: Piece) -> str:
    return f"<p>{plain(piece.body[0])}</p><p>The post {escape(piece.headline)} appeared first.</p>"


def rss_1_0(masthead: Masthead, pieces: Pieces, channel: Channel) -> str:
    """RSS 1.0 (RDF): a table of contents first, dates in W3C form."""
    urls = [escape(link(piece, masthead, channel)) for piece in pieces]
    contents = "".join(f'<rdf:li rdf:resource="{url}"/>' for url in urls)
    items = "".join(
        f'<item rdf:about="{url}"><title>{_title(piece)}</title><link>{url}</link>'
        f"<dc:date>{piece.published.isoformat()}</dc:date><dc:creator>{escape(piece.author)}</dc:creator>"
        f"<description>{escape(piece.summary)}</description></item>\n"
        for piece, url in zip(pieces, urls, strict=True)
    )
    return (
        f'{_head(masthead)}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{masthead.base}{channel.path}"><title>{escape(masthead.name)}</title>'
        f"<link>{masthead.base}/</link><description>{escape(masthead.name)}</description>"
        f"<items><rdf:Seq>{contents}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def rss_0_91(masthead: Masthead, pieces: Pieces, channel: Channel) -> str:
    """RSS 0.91: title, link, description, and no dates at all."""
    items = "".join(
        f"<item><title>{_title(piece)}</title><link>{escape(link(piece, masthead, channel))}</link>"
        f"<description>{escape(piece.summary)}</description></item>\n"
        for piece in pieces
    )
    return (
        f'{_head(masthead)}<rss version="0.91"><channel><title>{escape(masthead.name)}</title>'
        f"<link>{masthead.base}/</link><description>{escape(masthead.name)}</description>"
        f"<language>{masthead.language}</language>\n{items}</channel></rss>\n"
    )


def atom(masthead: Masthead, pieces: Pieces, channel: Channel) -> str:
    """Atom 1.0 with HTML titles, relative links under xml:base, published and updated."""
    entries = "".join(
        f'<entry><title type="html">{escape(_title(piece))}</title>'
        f"<id>tag:{masthead.host},2017:{escape(piece.path)}</id>"
        f'<link rel="alternate" href={_relative(piece, masthead, channel)}/>'
        f"<published>{piece.published.isoformat()}</published><updated>{piece.stamp.isoformat()}</updated>"
        f"<author><name>{escape(piece.author or masthead.name)}</name></author>"
        f'<summary type="html">{escape(f"<p>{escape(piece.summary)}</p>")}</summary></entry>\n'
        for piece in pieces
    )
    newest = max((piece.stamp for piece in pieces), default=None)
    return (
        f'{_head(masthead)}<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{masthead.base}/" '
        f'xml:lang="{masthead.language}"><title>{escape(masthead.name)}</title>'
        f"<id>{masthead.base}/</id><updated>{newest.isoformat() if newest else ''}</updated>\n"
        f"{entries}</feed>\n"
    )


def _relative(piece: Piece, masthead: Masthead, channel: Channel) -> str:
    return quoteattr(link(piece, masthead, channel).removeprefix(masthead.base))


def json_feed(masthead: Masthead, pieces: Pieces, channel: Channel) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": f"{masthead.host}:{piece.path}",
            "url": link(piece, masthead, channel),
            "title": piece.feed_title or piece.headline,
            "summary": piece.summary,
            "content_text": plain(piece.body[0]),
            "date_published": piece.published.isoformat(),
            "authors": [{"name": piece.author}] if piece.author else [],
            "language": piece.language or masthead.language,
        }
        for piece in pieces
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": masthead.name,
        "home_page_url": f"{masthead.base}/",
        "feed_url": masthead.base + channel.path,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def news_sitemap(masthead: Masthead, pieces: Pieces, channel: Channel) -> str:
    """A sitemap with Google's news extension: outlet, language, date and title a line."""
    lines = "".join(
        f"<url><loc>{escape(link(piece, masthead, channel))}</loc>"
        f"<lastmod>{piece.stamp.isoformat()}</lastmod>"
        f"<news:news><news:publication><news:name>{escape(masthead.site_name or masthead.name)}</news:name>"
        f"<news:language>{piece.language or masthead.language}</news:language></news:publication>"
        f"<news:publication_date>{piece.published.isoformat()}</news:publication_date>"
        f"<news:title>{_title(piece)}</news:title></news:news></url>\n"
        for piece in pieces
    )
    return (
        f'{_head(masthead)}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{lines}</urlset>\n'
    )


def sitemap_index(masthead: Masthead, pieces: Pieces, channel: Channel) -> str:
    """A sitemap of sitemaps: the channel's children."""
    newest = max((piece.stamp for piece in pieces), default=None)
    lines = "".join(
        f"<sitemap><loc>{masthead.base}{child}</loc>"
        f"{f'<lastmod>{newest.isoformat()}</lastmod>' if newest else ''}</sitemap>\n"
        for child in channel.children
    )
    return (
        f'{_head(masthead)}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</sitemapindex>\n"
    )


KINDS: Mapping[str, tuple[str, Callable[[Masthead, Pieces, Channel], str]]] = {
    "rss-2.0": ("application/rss+xml", rss_2_0),
    "rss-2.0-wordpress": ("text/xml", rss_2_0_wordpress),
    "rss-1.0": ("application/rdf+xml", rss_1_0),
    "rss-0.91": ("text/xml", rss_0_91),
    "atom": ("application/atom+xml", atom),
    "json-feed": ("application/feed+json", json_feed),
    "news-sitemap": ("application/xml", news_sitemap),
    "sitemap-index": ("application/xml", sitemap_index),
}
"""Kind of channel -> its media type and the function that writes it."""
