"""Imported once by the process that workers are forked from: loads what reading loads on first use.

Language models and parsers cost most of a second the first time; forked workers share them, and a
worker that replaces a killed one is ready at once.
"""

from datetime import UTC, datetime

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.readers import read_source
from crawler.records import Page, Source, SourceKind

_WORDS = "The council met on Tuesday and voted to keep the shelter open through the winter. " * 5
_PAGE = f"<html><head><title>A headline</title></head><body><h1>A headline</h1><p>{_WORDS}</p></body></html>"
_FEED = (
    "<rss version='2.0'><channel><item><title>A headline</title><link>https://outlet.invalid/1</link>"
    "</item></channel></rss>"
)


def _page(body: str) -> Page:
    return Page(
        requested_url="https://outlet.invalid/1",
        final_url="https://outlet.invalid/1",
        status=200,
        headers=(),
        body=body.encode(),
        fetched_at=datetime(2017, 1, 1, tzinfo=UTC),
    )


extract(_page(_PAGE), Directory())
read_source(_page(_FEED), Source(id="warm", kind=SourceKind.FEED, url="https://outlet.invalid/1"))
