"""Invented reports with a label for every pair (`kin.toml`): how two are kin, or that they are not."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aggregator import stories
from crawler import urls
from crawler.records import Article, Moment, Precision

DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("kin.toml").read_text(encoding="utf-8"))
LABELS = {frozenset((one, other)): (relation, one) for one, other, relation in DATA.pop("kin")}


def make_article(name: str, told: dict[str, Any]) -> Article:
    """A report of the file as extraction gives it."""
    site = told["outlet"].lower().replace(" ", "")
    url = f"https://www.{site}.example/2017/03/{name}"
    day = datetime(2017, 3, told["day"], 12, tzinfo=UTC)
    return Article(
        key=urls.key(url),
        url=url,
        canonical_url=url,
        headline=told["headline"],
        outlet=told["outlet"],
        first_seen=day,
        published=Moment(instant=day, precision=Precision.DAY),
        language=told.get("language", "en"),
        wire_credit=told.get("wire"),
        image_url=told.get("picture"),
        text=told["text"],
    )


ARTICLES = {name: make_article(name, told) for name, told in DATA.items()}
SKETCHES = {name: stories.sketch(article) for name, article in ARTICLES.items()}
