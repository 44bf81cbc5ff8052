"""The list as a JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from typing import Any

from aggregator.exports.format import Format
from aggregator.exports.inert import language_tag, web_link
from aggregator.exports.json_bytes import json_bytes, without_empty
from aggregator.exports.wording import byline, noon, stable_id, title
from aggregator.records import Listing, ListItem


def _item(item: ListItem, listing: Listing) -> dict[str, Any]:
    link = web_link(item.url)
    return without_empty(
        {
            "id": stable_id(listing.campaign, item.key),
            "url": link,
            "external_url": link,
            "title": item.headline,
            "content_text": byline(item, listing.form) or item.headline,
            "summary": item.note,
            "date_published": noon(item.day).isoformat() if item.day else None,
            "authors": [{"name": item.outlet}] if item.outlet else None,
            "language": language_tag(item.language),
            "_inthenews": without_empty(
                {
                    "about": "https://www.jsonfeed.org/version/1.1/#extensions-a-name-extensions-a",
                    "outlet": item.outlet,
                    "day": item.day.isoformat() if item.day else None,
                    "also_in": list(item.also_in),
                    "wire": item.wire,
                    "position": item.position,
                }
            ),
        }
    )


def _render(listing: Listing) -> bytes:
    head = without_empty(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title(listing),
            "home_page_url": web_link(listing.form.home_url),
            "description": listing.form.intro,
        }
    )
    return json_bytes(head | {"items": [_item(item, listing) for item in listing.items]})


FORMAT = Format(
    name="jsonfeed",
    title="JSON Feed",
    media_type="application/feed+json",
    file_name="feed.json",
    render=_render,
)
