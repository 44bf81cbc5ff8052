"""Scrapy's response -> a Page of ours."""

from datetime import datetime

from scrapy.http import Response

from crawler.drawn import is_ours
from crawler.records import Page


def page_of(response: Response, now: datetime) -> Page:
    """The answer byte for byte, after decompression, with the address that was first asked for."""
    asked = response.meta.get("redirect_urls", [response.url])[0]
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if not is_ours(name.decode("latin-1").lower())
    )
    return Page(
        requested_url=asked,
        final_url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=now,
    )
