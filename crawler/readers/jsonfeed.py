"""JSON Feed 1.0 and 1.1 (jsonfeed.org) -> leads. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.errors import UnreadableFeed
from crawler.readers.feed_items import make_summary
from crawler.readers.links import LinkBook
from crawler.readers.moments import read_feed_date, read_instant
from crawler.readers.newest import keep_newest, tell_left_out
from crawler.records import Lead, Page, Reading, Source
from crawler.text import plain


def read_json_feed(page: Page, source: Source) -> Reading:
    """The leads of a JSON Feed; raises UnreadableFeed for any other JSON."""
    feed = _parse(page.body)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise UnreadableFeed("the answer is JSON, but no JSON Feed: it has no list of items")
    links = LinkBook(_text(feed, "home_page_url") or page.final_url, page.final_url)
    items = [item for item in feed["items"] if isinstance(item, dict)]
    odd = len(feed["items"]) - len(items)
    kept = keep_newest(items, lambda item: read_instant(_date_of(item)))
    next_url = _text(feed, "next_url")
    return Reading(
        leads=tuple(_read_items(kept, feed, links, page, source)),
        follow=(next_url,) if next_url.startswith(("http://", "https://")) else (),
        problems=links.problems
        + ((f"{odd} items left out: not an object",) if odd else ())
        + tell_left_out(len(items), len(kept)),
        hints=_read_hints(feed),
    )


def _parse(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableFeed(f"the answer looks like JSON but is broken ({error})") from error


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value.strip() if isinstance(value, str) else ""


def _date_of(item: Mapping[str, Any]) -> str:
    return _text(item, "date_published") or _text(item, "date_modified")


def _read_items(
    items: Sequence[dict[str, Any]], feed: Mapping[str, Any], links: LinkBook, page: Page, source: Source
) -> Iterator[Lead]:
    for item in items:
        url = links.resolve(_text(item, "url") or _text(item, "external_url") or _address_in(item))
        if url is None:
            continue
        summary = _text(item, "summary") or _text(item, "content_text") or _text(item, "content_html")
        yield Lead(
            url=url,
            source_id=source.id,
            found_at=page.fetched_at,
            headline=plain(_text(item, "title")) or None,
            summary=make_summary(summary),
            published=read_feed_date(_date_of(item), page.fetched_at),
            guid=str(item["id"]) if item.get("id") else None,
            language=_text(item, "language") or _text(feed, "language") or None,
            authors=_read_authors(item) or _read_authors(feed),
        )


def _address_in(item: Mapping[str, Any]) -> str:
    """An id that is an address; any other says nothing of where the item is."""
    told = _text(item, "id")
    return told if told.startswith(("http://", "https://")) else ""


def _read_authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    """1.1 has a list of authors, 1.0 one author."""
    told = item.get("authors")
    authors = told if isinstance(told, list) else [item.get("author")]
    names = (plain(_text(author, "name")) for author in authors if isinstance(author, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _read_hints(feed: Mapping[str, Any]) -> dict[str, str]:
    told = feed.get("hubs")
    hubs = [_text(hub, "url") for hub in told if isinstance(hub, dict)] if isinstance(told, list) else []
    hints = {"hub": "\n".join(filter(None, hubs)), "self": _text(feed, "feed_url")}
    return {name: value for name, value in hints.items() if value}
