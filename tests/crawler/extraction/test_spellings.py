"""How a page spells its domain's word."""

from datetime import UTC, datetime

import pytest

from crawler.extraction.document import Document
from crawler.extraction.spellings import spellings_of
from crawler.records import Page


def spelt(text: str, label: str) -> set[str]:
    body = f"<html><head><title>T</title></head><body><p>{text}</p></body></html>".encode()
    page = Page(
        requested_url="https://x.example/",
        final_url="https://x.example/",
        status=200,
        headers=(),
        body=body,
        fetched_at=datetime(2026, 1, 15, tzinfo=UTC),
    )
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
