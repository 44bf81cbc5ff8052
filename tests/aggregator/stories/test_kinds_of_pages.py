"""Kinds of pages that newsrooms make again and again: which are one story, and which only look alike."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from aggregator import stories
from crawler.records import Article
from tests.aggregator.stories import press

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8")
)["case"]


def make_article(page: dict[str, Any]) -> Article:
    return press.article(
        page["url"],
        page["headline"],
        tuple(page["text"]),
        outlet=page["outlet"],
        day=page["day"],
        wire=page.get("wire"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_these_pages_are_so_many_stories(case: dict[str, Any]) -> None:
    found = stories.group(stories.sketch(make_article(page)) for page in case["page"])
    assert len(found) == case["stories"]
