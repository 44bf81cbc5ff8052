"""The list as an Atom feed (RFC 4287)."""

from lxml import etree

from aggregator.exports.format import Format
from aggregator.exports.inert import language_tag, web_link
from aggregator.exports.wording import byline, noon, stable_id, title
from aggregator.exports.xml_bytes import XML_LANG, add, xml_bytes
from aggregator.records import Listing, ListItem

_ATOM = "http://www.w3.org/2005/Atom"


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _add_entry(feed: etree._Element, item: ListItem, listing: Listing) -> None:
    entry = add(feed, _tag("entry"))
    if language := language_tag(item.language):
        entry.set(XML_LANG, language)
    add(entry, _tag("id"), stable_id(listing.campaign, item.key))
    add(entry, _tag("title"), item.headline, type="text")
    if link := web_link(item.url):
        add(entry, _tag("link"), rel="alternate", href=link)
    add(add(entry, _tag("author")), _tag("name"), item.outlet or "Unknown")
    moment = noon(item.day) if item.day else listing.changed_at
    add(entry, _tag("updated"), moment.isoformat())
    if item.day:
        add(entry, _tag("published"), moment.isoformat())
    summary = "\n".join(filter(None, (byline(item, listing.form), item.note)))
    add(entry, _tag("summary"), summary, type="text")


def _render(listing: Listing) -> bytes:
    feed = etree.Element(_tag("feed"), nsmap={None: _ATOM})  # type: ignore[dict-item]  # the stubs forget None
    add(feed, _tag("id"), stable_id(listing.campaign))
    add(feed, _tag("title"), title(listing), type="text")
    if listing.form.intro:
        add(feed, _tag("subtitle"), listing.form.intro, type="text")
    if home := web_link(listing.form.home_url):
        add(feed, _tag("link"), rel="alternate", href=home)
    add(feed, _tag("updated"), listing.changed_at.isoformat())
    add(feed, _tag("generator"), "In the News")
    for item in listing.items:
        _add_entry(feed, item, listing)
    return xml_bytes(feed)


FORMAT = Format(
    name="atom",
    title="Atom feed",
    media_type="application/atom+xml; charset=utf-8",
    file_name="atom.xml",
    render=_render,
)
