"""How a page spells its domain's word."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from crawler.extraction.document import Document
from crawler.extraction.spellings import spellings_of
from crawler.outlets import Directory
from crawler.records import Article, Page


def page_at(url: str, head: str, body: str) -> Page:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    now = datetime(2026, 1, 15, tzinfo=UTC)
    return Page(
        requested_url=url, final_url=url, status=200, headers=(), body=markup.encode(), fetched_at=now
    )


def spelt(text: str, label: str) -> set[str]:
    page = page_at("https://x.example/", "<title>T</title>", f"<p>{text}</p>")
    return set(spellings_of(Document(page), label))


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("Lo dijo El Sol de Mazatlán ayer", "elsoldemazatlan", {"El Sol de Mazatlán"}),
        (
            "Die Kieler Woche und die Kieler Woche",
            "kielerwoche",
            {"Die Kieler Woche", "die Kieler Woche"},
        ),
        ("Mehr bei Übermedien, sagt Uebermedien", "uebermedien", {"Übermedien", "Uebermedien"}),
        ("in the Guardian.", "guardian", {"the Guardian"}),
        ("Sabah İstanbul'da", "sabah", {"Sabah"}),
    ],
)
def test_the_label_is_found_with_its_blanks_accents_and_article(
    text: str, label: str, found: set[str]
) -> None:
    assert spelt(text, label) == found


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("write to x@guardian or www.guardian.example", "guardian"),
        ("the guardians and safeguardian", "guardian"),
        ("gu - - - ardian", "guardian"),
        ("guд ardian", "guardian"),
        ("an ad", "ad"),
    ],
)
def test_addresses_other_words_and_letters_far_apart_are_no_spelling(text: str, label: str) -> None:
    assert spelt(text, label) == set()


def test_a_name_that_handles_write_small_is_shown_as_sentences_write_it() -> None:
    text = "<p>The board told the CNX on Tuesday, and the CNX asked again. </p>" * 4
    head = (
        "<title>Fares rise</title><meta name='twitter:site' content='@cnx'><meta name='author' content='cnx'>"
    )
    page = page_at("https://www.cnx.example/fares-rise", head, f"<h1>Fares rise</h1>{text}")
    article = extract(page, Directory(()))
    assert isinstance(article, Article)
    assert article.outlet == "CNX"
