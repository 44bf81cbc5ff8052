"""An article as far as its lead told."""

from datetime import UTC, datetime

from crawler.extraction import from_lead
from crawler.outlets import Directory
from crawler.records import Access, Lead, Moment, Outlet

NOW = datetime(2026, 1, 15, tzinfo=UTC)
URL = "https://www.harbourgazette.example/2024/02/06/last-ferry?utm_source=feed"


def test_what_the_feed_told_is_kept_when_the_page_cannot_be_read() -> None:
    published = Moment(instant=datetime(2024, 2, 7, tzinfo=UTC), offset_minutes=-300)
    lead = Lead(
        url=URL,
        source_id="feed-1",
        found_at=NOW,
        headline="Board &amp; ferry",
        summary="<p>The board kept it.</p>",
        published=published,
        language="en-US",
        authors=("Ada Quill",),
    )
    outlet = Outlet(slug="harbour-gazette", name="Harbour Gazette", domains=("harbourgazette.example",))
    article = from_lead(lead, Directory([outlet]), Access.BLOCKED, NOW)
    assert (article.headline, article.outlet, article.outlet_slug) == (
        "Board & ferry", "Harbour Gazette", "harbour-gazette",
    )  # fmt: skip
    assert (article.published, article.language, article.authors) == (published, "en", ("Ada Quill",))
    assert (article.summary, article.text, article.access) == ("The board kept it.", "", Access.BLOCKED)
    assert URL in article.urls
    assert article.evidence["text"].doubt == "the page was not read: blocked"


def test_a_lead_of_an_unknown_outlet_without_a_headline_says_what_is_guessed() -> None:
    lead = Lead(url="https://kenya-today.example/story-7", source_id="list", found_at=NOW)
    article = from_lead(lead, Directory(()), Access.UNREADABLE, NOW)
    assert (article.outlet, article.headline) == ("Kenya Today", "https://kenya-today.example/story-7")
    assert article.evidence["outlet"].doubt == "guessed from the domain"
    assert article.evidence["headline"].doubt == "the lead has no headline"


def test_where_a_search_hides_the_page_its_outlet_is_known_by_the_site_that_it_names() -> None:
    outlet = Outlet(slug="harbour-gazette", name="Harbour Gazette", domains=("harbourgazette.example",))
    lead = Lead(
        url="https://news.google.com/rss/articles/CBMiXkFVX3lxTE1?oc=5",
        source_id="search",
        found_at=NOW,
        headline="Last ferry",
        outlet="The Harbour Gazette Online",
        outlet_url="https://www.harbourgazette.example",
    )
    article = from_lead(lead, Directory([outlet]), Access.UNREADABLE, NOW)
    assert (article.outlet, article.outlet_slug) == ("Harbour Gazette", "harbour-gazette")
    assert article.evidence["site"].value == lead.outlet_url
    unknown = from_lead(lead, Directory(()), Access.UNREADABLE, NOW)
    assert (unknown.outlet, unknown.outlet_slug) == ("The Harbour Gazette Online", None)
