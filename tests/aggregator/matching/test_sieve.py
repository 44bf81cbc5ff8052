"""Of very many patterns, just those that stand in a text are found, and only they cost anything."""

from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import Matcher
from aggregator.matching.sieve import Sieve
from aggregator.records import Campaign, Pack
from crawler.text import Words, words
from tests.aggregator.matching.sanctuary import article

SCRAPS = st.lists(
    st.sampled_from(
        ["Alpha", "beta", "alphabeta", "a.b.", "x_1", " ", " ", "-", "’s ", "#", "京", "都", "กร"]
    )
).map("".join)
OPEN = st.sampled_from([(0, None), (1, None), (0, -1), (1, -1)])


@given(SCRAPS, st.lists(st.tuples(SCRAPS, OPEN)))
def test_the_patterns_that_stand_in_the_text_are_found(
    text: str, written: list[tuple[str, tuple[int, int]]]
) -> None:
    patterns = {words(scrap)[slice(*ends)] for scrap, ends in written if words(scrap).strip()}
    seen = Words(text)
    found = list(Sieve(patterns).find(seen))
    assert sorted(found) == sorted(pattern for pattern in patterns if pattern in seen.text)


def test_a_campaign_that_an_article_has_no_word_of_is_not_looked_at() -> None:
    """Whatever else the thousands have in common: single words, beginnings, the words of a pair apart."""
    campaigns = [
        Campaign(
            slug=f"c{number}",
            name=f"Campaign {number}",
            pack=Pack(names=(f"Alpha Beta{number}", f"Gamma{number}"), context=(f"delta{number}*",)),
        )
        for number in range(1_000)
    ]
    verdicts = Matcher(campaigns).judge(article("Alpha met Beta7, and Alpha Beta8 has delta9s with Gamma3."))
    assert [verdict.campaign for verdict in verdicts.telling()] == ["c3", "c8", "c9"]
    assert len(list(verdicts)) == 1_000
