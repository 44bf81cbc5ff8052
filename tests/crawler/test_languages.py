"""Codes of languages, as people, pages and rules write them."""

import json

import pytest

from crawler.languages import claimed_language, primary_language
from tools.make_languages import TARGET, known, short


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("es-MX", "es"), ("es_419", "es"), ("nb-NO", "no"), (" ger ", "de"), ("FIL", "tl"), ("iw", "he"),
        ("zh-Hant-TW", "zh"), ("yue-HK", "zh"), ("pap", "pap"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_tag_in_any_form_gives_one_code(tag: str | None, code: str | None) -> None:
    assert primary_language(tag) == code
    assert claimed_language(tag) == code


@pytest.mark.parametrize("tag", ["utf-8", "iso-8859-1", "english", "default", "x-default", "und", "-", "12"])
def test_what_is_no_language_is_no_claim(tag: str) -> None:
    assert claimed_language(tag) is None


def test_the_table_is_what_cldr_knows() -> None:
    assert json.loads(TARGET.read_text(encoding="utf-8")) == {"known": known(), "short": short()}
