"""The page's own address, and whether another site's is put before it."""

from datetime import UTC, datetime

import pytest

from crawler.extraction.canonical import addresses_of
from crawler.extraction.document import Document
from crawler.records import Page

OWN, EXAMPLE = "https://www.coastnews.example/ferry-fares-rise", "https://search.example/article"
CANONICAL = "<link rel='canonical' href='{}'>"
STATED = '<script type="application/ld+json">{{"@type":"NewsArticle","mainEntityOfPage":"{}"}}</script>'


@pytest.mark.parametrize(
    ("head", "elsewhere"),
    [
        (CANONICAL.format(OWN) + STATED.format(EXAMPLE), None),
        (CANONICAL.format(EXAMPLE) + STATED.format(OWN), EXAMPLE),
        (STATED.format(EXAMPLE), EXAMPLE),
        ("", None),
    ],
    ids=["an example copied from documentation", "a copy that names its origin", "that alone", "nothing"],
)
def test_another_site_is_named_only_where_the_page_puts_it_first(head: str, elsewhere: str | None) -> None:
    markup = f"<html><head>{head}</head><body><h1>Ferry fares rise</h1></body></html>"
    now = datetime(2024, 3, 9, tzinfo=UTC)
    page = Page(
        requested_url=OWN, final_url=OWN, status=200, headers=(), body=markup.encode(), fetched_at=now
    )
    addresses = addresses_of(Document(page))
    assert (addresses.canonical, addresses.elsewhere) == (OWN, elsewhere)
