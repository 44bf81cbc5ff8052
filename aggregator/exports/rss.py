"""The list as an RSS 2.0 feed (https://www.rssboard.org/rss-specification)."""

from email.utils import format_datetime
from urllib.parse import urljoin

from lxml import etree
from markupsafe import escape

from aggregator.exports.format import Format
from aggregator.exports.inert import language_tag, web_link
from aggregator.exports.wording import byline, noon, stable_id, title
from aggregator.exports.xml_bytes import add, xml_bytes
from aggregator.records import Listing, ListItem

_DC = "http://purl.org/dc/elements/1.1/"


def _add_item(channel: etree._Element, item: ListItem, listing: Listing) -> None:
    element = add(channel, "item")
    link = web_link(item.url)
    add(element, "title", item.headline)
    if link:
        add(element, "link", link)
    # Readers take a description for HTML: plain text is escaped once more.
    add(element, "description", str(escape("\n".join(filter(None, (byline(item, listing.form), item.note))))))
    add(element, "guid", stable_id(listing.campaign, item.key), isPermaLink="false")
    if item.day:
        add(element, "pubDate", format_datetime(noon(item.day)))
    if link and item.outlet:
        add(element, "source", item.outlet, url=urljoin(link, "/"))
    if language := language_tag(item.language):
        add(element, f"{{{_DC}}}language", language)


def _render(listing: Listing) -> bytes:
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"dc": _DC})
    channel = add(root, "channel")
    add(channel, "title", title(listing))
    # A link is required; a list that has no page of its own is named by its URN.
    add(channel, "link", web_link(listing.form.home_url) or stable_id(listing.campaign))
    add(channel, "description", str(escape(listing.form.intro or title(listing))))
    add(channel, "lastBuildDate", format_datetime(listing.changed_at))
    add(channel, "generator", "In the News")
    for item in listing.items:
        _add_item(channel, item, listing)
    return xml_bytes(root)


FORMAT = Format(
    name="rss",
    title="RSS feed",
    media_type="application/rss+xml; charset=utf-8",
    file_name="rss.xml",
    render=_render,
)
