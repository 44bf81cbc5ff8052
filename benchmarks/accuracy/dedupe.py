"""Predicts which articles are one story: the stories that grouping all sketches gives."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aggregator import stories
from crawler import urls
from crawler.records import Article, Moment, Precision

# Seen by us at one moment: the gold data does not say when.
_SEEN = datetime(2026, 1, 1, tzinfo=UTC)


def predict(gold: Path) -> Iterator[dict[str, str]]:
    """`{"id": …, "cluster": …}` for every article of the gold set, in the form `score_dedupe.py` reads."""
    articles = {line["id"]: _article(line) for line in _lines(gold)}
    found = stories.group(stories.sketch(article) for article in articles.values())
    story_of = {member.article_key: story.id for story in found for member in story.members}
    for id_, article in articles.items():
        yield {"id": id_, "cluster": story_of[article.key]}


def _lines(gold: Path) -> Iterator[dict[str, Any]]:
    plain = gold / "dedupe" / "articles.jsonl"
    packed = gold / "dedupe" / "articles.jsonl.gz"
    text = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
    for line in text.splitlines():
        yield json.loads(line)


def _article(line: dict[str, Any]) -> Article:
    """An article from what a crawl would know: address, canonical, outlet, headline, day, language, text.

    The gold set holds one page several times, as the web does; its id keeps such twins apart.
    """
    day = datetime.fromisoformat(line["published"]).replace(tzinfo=UTC) if line["published"] else None
    return Article(
        key=f"{urls.key(line['url'])}#{line['id']}",
        url=line["url"],
        canonical_url=line["canonical_url"] or line["url"],
        headline=line["headline"],
        outlet=line["outlet"],
        first_seen=day or _SEEN,
        published=Moment(instant=day, precision=Precision.DAY) if day else None,
        language=line["lang"],
        text=line["body"],
    )
