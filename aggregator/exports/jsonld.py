"""The list as a schema.org ItemList in JSON-LD, for search engines and other machines."""

from typing import Any

from aggregator.exports.format import Format
from aggregator.exports.inert import language_tag, web_link
from aggregator.exports.json_bytes import json_bytes, without_empty
from aggregator.exports.wording import title
from aggregator.records import Listing, ListItem


def _element(position: int, item: ListItem) -> dict[str, Any]:
    article = without_empty(
        {
            "@type": "NewsArticle",
            "headline": item.headline,
            "url": web_link(item.url),
            "datePublished": item.day.isoformat() if item.day else None,
            "inLanguage": language_tag(item.language),
            "publisher": {"@type": "Organization", "name": item.outlet} if item.outlet else None,
        }
    )
    return {"@type": "ListItem", "position": position, "item": article}


def _render(listing: Listing) -> bytes:
    head = without_empty(
        {
            "@context": "https://schema.org",
            "@type": "ItemList",
            "name": title(listing),
            "description": listing.form.intro,
            "url": web_link(listing.form.home_url),
        }
    )
    elements = [_element(position, item) for position, item in enumerate(listing.items, start=1)]
    return json_bytes(head | {"numberOfItems": len(elements), "itemListElement": elements})


FORMAT = Format(
    name="jsonld",
    title="schema.org JSON-LD",
    media_type="application/ld+json",
    file_name="in-the-news.jsonld",
    render=_render,
)
