"""Each page of `golden/` gives the record that stands beside it: one pair a template and a hard class.

The record names the page's address (and charset, status or lead where they matter) and
the fields it is about; what it does not name is not looked at.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article, Lead, NotAnArticle, Outlet, Page, Precision, Zone

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


def page_of(record: dict[str, Any], body: bytes) -> Page:
    return Page(
        requested_url=record["url"],
        final_url=record.get("final_url", record["url"]),
        status=record.get("status", 200),
        headers=(("content-type", record.get("content_type", "text/html; charset=utf-8")),),
        body=body,
        fetched_at=NOW,
    )


def directory_of(record: dict[str, Any]) -> Directory:
    return Directory(
        Outlet(**{**each, "domains": tuple(each["domains"])}) for each in record.get("outlets", [])
    )


def lead_of(record: dict[str, Any]) -> Lead | None:
    told = record.get("lead")
    return Lead(url=record["url"], source_id="feed-1", found_at=NOW, **told) if told else None


def shown(article: Article) -> dict[str, Any]:
    """The article in the form of the golden records."""
    moment = article.published
    published = None
    if moment:
        day = moment.precision is Precision.DAY
        local = moment.local if moment.offset_minutes is not None else moment.local.replace(tzinfo=None)
        published = moment.day.isoformat() if day else local.isoformat()
    return {
        "headline": article.headline,
        "outlet": article.outlet,
        "outlet_slug": article.outlet_slug,
        "published": published,
        "modified": article.modified.local.isoformat() if article.modified else None,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "authors": list(article.authors),
        "wire_credit": article.wire_credit,
        "summary": article.summary,
        "image_url": article.image_url,
        "access": article.access.value,
        "media_type": article.media_type,
        "notice": article.notice,
        "urls": list(article.urls),
    }


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_a_golden_page_gives_its_record(path: Path) -> None:
    record = json.loads(path.read_text("utf-8"))
    body = path.with_suffix(".html").read_bytes()
    read = extract(page_of(record, body), directory_of(record), lead_of(record))
    if "not_an_article" in record:
        assert isinstance(read, NotAnArticle), read
        assert read.kind == record["not_an_article"]
        return
    assert isinstance(read, Article), read
    expected = record["expect"]
    found = shown(read)
    assert {name: found[name] for name in expected} == expected
    for field, word in record.get("doubt", {}).items():
        assert word in (read.evidence[field].doubt or "")
    assert_text(read, record)


def assert_text(article: Article, record: dict[str, Any]) -> None:
    for words in record.get("text_has", []):
        assert words in article.text
    for words in record.get("text_has_not", []):
        assert words not in article.text
    for zone, words in record.get("parts", []):
        assert any(part.zone is Zone(zone) and words in part.text for part in article.parts), (zone, words)
    for place, words in record.get("headlines", []):
        assert (place, words) in article.headlines


def test_every_golden_page_has_its_record() -> None:
    pages = {path.stem for path in GOLDEN.glob("*.html")}
    assert pages == {path.stem for path in GOLDEN.glob("*.json")}
    assert len(pages) >= 25
