"""Of very many headlines those are proposed that a misspelt one may mean, and not the rest."""

from random import Random

import pytest

from aggregator.proof.proposing import propose
from crawler.text import fold

CHANCE = Random(7)
VOCABULARY = ["".join(CHANCE.choices("abcdefghijklmnop", k=CHANCE.randint(3, 9))) for _ in range(800)]
MANY = [" ".join(CHANCE.choices(VOCABULARY, k=9)) for _ in range(2_000)]


def proposed(headline: str, *told: str) -> list[int]:
    """The places of what is proposed among the told ones, which stand before very many others."""
    texts = [fold(each) for each in (*told, *MANY)]
    return sorted(propose([headline], texts, " | ", 0.6))


MISSPELT = {
    "NYC pol surges cities to be Trump’s nightmare": "NYC pol urges cities to be Trump's nightmare",
    "Mayors Gather to Protect Imigrants": "Council weekly | Mayors gather to protect immigrants | AP",
    "Así reaciona la conferencia de ciudades": "Así reacciona la conferencia de ciudades | Univision",
    "庇护城市在纽约开会商讨对策計划": "庇护城市在纽约开会商讨对策计划 | 世界日报",
    "مدن الملاذ تجتمع في نيو يورك": "مدن الملاذ تجتمع في نيويورك | الجزيرة",
}


@pytest.mark.parametrize(("headline", "told"), MISSPELT.items())
def test_a_misspelt_headline_is_found_among_very_many(headline: str, told: str) -> None:
    assert proposed(headline, told) == [0]


def test_many_alike_are_all_proposed_and_another_is_not() -> None:
    alike = [f"Sanctuary policy council by council part {number}" for number in range(40)]
    assert proposed("Sanctuary policy, counsel by council: part 7", *alike) == list(range(40))
    assert proposed("Rain expected all over the county on Friday", *alike) == []


@pytest.mark.parametrize("headline", ["", "?!", "x", "word " * 3_000, "\x00\ud800", "a" * 20_000])
def test_any_line_has_an_answer(headline: str) -> None:
    assert proposed(headline) == []
