"""Copies are known in every language and script, whatever code the page gives for its language."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aggregator import stories
from crawler.records import Article
from tests.aggregator.stories import press

REPORTS: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("tongues.toml").read_text(encoding="utf-8")
)


def page(outlet: str, headline: str, paragraphs: Sequence[str], language: str) -> Article:
    """A page of an outlet, of the one day."""
    url = f"https://www.{outlet.lower()}.example/news/a-report"
    return replace(press.article(url, headline, tuple(paragraphs), outlet=outlet), language=language)


def are_one(*pages: Article) -> bool:
    """Whether these pages are one story."""
    return len(stories.group(map(stories.sketch, pages))) == 1


@pytest.mark.parametrize("language", REPORTS)
def test_a_copy_is_known_in_this_language(language: str) -> None:
    report = REPORTS[language]
    (first, second), text = report["headlines"], report["text"]
    original = page("Alpha", first, text, language)
    variants = {
        "another headline": page("Beta", second, text, language),
        "paragraphs run together": page("Gamma", second, [" ".join(text)], language),
        "cut, with a station's line": page("Delta", second, [*text[:3], report["station"]], language),
        "the beginning, under the same headline": page(
            "Eta", first, [*text[:2], report["station"]], language
        ),
        "a paragraph left out": page("Zeta", second, [*text[:2], *text[3:]], language),
    }
    assert [name for name, variant in variants.items() if not are_one(original, variant)] == []


@pytest.mark.parametrize("language", REPORTS)
def test_a_last_paragraph_in_common_makes_no_story(language: str) -> None:
    report = REPORTS[language]
    (first, second), text = report["headlines"], report["text"]
    own = page("Beta", second, [report["station"] * 4, text[-1], report["station"]], language)
    assert not are_one(page("Alpha", first, text[:-1] + text[-1:], language), own)


@pytest.mark.parametrize(
    "codes", [("nb", "no"), ("sr", "hr"), ("iw", "he"), ("zh-Hant", "zh_TW"), ("de", "en")]
)
def test_whole_sentences_in_common_are_one_language_whatever_the_pages_say(codes: tuple[str, str]) -> None:
    report = REPORTS["de"]
    (first, second), text = report["headlines"], report["text"]
    one, other = codes
    assert are_one(page("Alpha", first, text, one), page("Beta", second, text, other))


def test_a_page_without_text_is_not_the_one_in_another_language_under_the_same_headline() -> None:
    headline, text = "Festival Lumière Noire Lausanne", REPORTS["fr"]["text"]
    empty = page("Alpha", headline, (), "en")
    empty = replace(empty, key="alpha.example/en/1", url="https://www.alpha.example/en/1", canonical_url="")
    assert not are_one(page("Alpha", headline, text, "fr"), empty)
    assert are_one(page("Alpha", headline, text, "fr"), replace(empty, language="fr"))
