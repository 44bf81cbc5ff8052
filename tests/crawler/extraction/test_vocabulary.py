"""Phrases are found in long texts as the patterns of the vocabulary would find them one by one."""

import re

import pytest

from crawler.extraction import vocabulary
from crawler.extraction.vocabulary import Phrases, sure_piece_of


@pytest.mark.parametrize(
    ("form", "piece"),
    [
        ("subscribe (?:now )?to (?:continue|read)", "subscribe "),
        ("mit .{0,20}(?:abo|plus) (?:weiter)?lesen", "lesen"),
        ("actuali[sz]", "actuali"),
        ("به.?روز", "روز"),
        (r"残り\d+文字", "残り"),
        ("colou?r", "colo"),
        ("mis à jour", "mis à jour"),
    ],
)
def test_the_sure_piece_of_a_form_is_what_all_its_forms_have(form: str, piece: str) -> None:
    assert sure_piece_of(form) == piece


@pytest.mark.parametrize("subject", ["paywall", "updated", "published"])
def test_every_phrase_has_a_sure_piece_and_no_alternatives_of_its_own(subject: str) -> None:
    for form in vocabulary.items(subject):
        assert sure_piece_of(form)
        assert "|" not in re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", form)


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("paywall", "SUBSCRIBE NOW to Keep Reading this story", True),
        ("paywall", "Mit FAZ Plus weiterlesen", True),
        ("paywall", "この記事は会員限定です。残り1204文字", True),
        ("paywall", "They subscribe to this view; read on.", False),
        ("updated", "Última ACTUALIZACIÓN: 3 de mayo", True),
        ("updated", "3 May 2024", False),
        ("published", "Veröffentlicht am 3. Mai", True),
    ],
)
def test_phrases_are_found_in_any_case(subject: str, text: str, said: bool) -> None:
    assert Phrases(subject).are_in(text) is said
    assert bool(vocabulary.any_of(subject).search(text)) is said
