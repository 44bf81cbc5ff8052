"""Wire credits as bylines, datelines and rights lines give them."""

from datetime import UTC, datetime

import pytest

from crawler.extraction.document import Document
from crawler.extraction.wire import agency_named, credit_of
from crawler.records import Page

EMPTY = Document(
    Page(
        requested_url="https://star.example/a",
        final_url="https://star.example/a",
        status=200,
        headers=(),
        body=b"<p>x</p>",
        fetched_at=datetime(2026, 1, 15, tzinfo=UTC),
    )
)


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("The Associated Press", "Associated Press"), ("By The Associated Press", "Associated Press"),
        ("AP", "Associated Press"), ("dpa", "dpa"), ("Von dpa/AFP", "dpa"), ("Agencia EFE", "EFE"),
        ("Thomson Reuters", "Reuters"), ("Ada Quill, States Newsroom", "States Newsroom"),
        ("By Ada Quill, CNN", "CNN Wire"), ("中央社", "Central News Agency"), ("Adnkronos", "Adnkronos"),
        ("Con información de EFE", "EFE"), ("With files from The Canadian Press", "The Canadian Press"),
        ("Ada Quill", None),
        ("Appleby Press", None), ("Paul Reutersward", None),
    ],
)  # fmt: skip
def test_a_byline_names_an_agency_or_nobody(byline: str, agency: str | None) -> None:
    assert agency_named(byline) == agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("NEW YORK (AP) — The board voted.", "Associated Press"),
        ("PARIS, May 3 (Reuters) - The board voted.", "Reuters"),
        ("Berlin (dpa/tmn) - Der Rat stimmte ab.", "dpa"),
        ("(ANSA) - ROMA, 3 MAG - Il consiglio ha votato.", "ANSA"),
        ("МОСКВА, 3 мая. /ТАСС/. Совет проголосовал.", "TASS"),
        ("МОСКВА, 3 мая — РИА Новости. Совет проголосовал.", "RIA Novosti"),
        ("The board voted.\n\n(AFP)", "AFP"),
        ("The board voted.\n\nSource: Reuters", "Reuters"),
        ("Algo pasó.\n\nCon información de EFE y AP", "EFE"),
        ("It passed.\n\nThis article was originally published on The Conversation.", "The Conversation"),
        ("The board voted.\n\n© 2024 The Canadian Press", "The Canadian Press"),
        (
            "It passed.\n\nThis article is republished from The Conversation under a licence.",
            "The Conversation",
        ),
        ("The board (of the AP program) voted on Tuesday.", None),
        ("The board voted, as Reuters reported on Tuesday.", None),
    ],
)
def test_datelines_and_rights_lines_credit_an_agency(text: str, agency: str | None) -> None:
    assert credit_of(EMPTY, [], text, "Delta Star")[0] == agency


def test_an_agency_has_no_credit_on_its_own_pages() -> None:
    assert credit_of(EMPTY, ["Reuters"], "PARIS (Reuters) - The board voted.", "Reuters") == (None, None)
