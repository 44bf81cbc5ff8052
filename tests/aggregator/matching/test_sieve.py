"""Of very many patterns, just those that stand in a text are found, and only they cost anything."""

from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import Matcher
from aggregator.matching.pieces import Piece
from aggregator.matching.sieve import Sieve
from aggregator.matching.vocabulary import MANY, Vocabulary
from aggregator.records import Campaign, Pack
from aggregator.rules import Phrase
from crawler.records import Zone
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


@given(st.lists(SCRAPS.filter(str.strip), min_size=1, max_size=3 * MANY), st.lists(SCRAPS, min_size=1))
def test_what_stands_in_a_piece_is_found_however_many_pieces_there_are(
    texts: list[str], written: list[str]
) -> None:
    pieces = [Piece(Zone.TEXT, Words(text)) for text in texts]
    terms = [Phrase(scrap) for scrap in written if words(scrap).strip()]
    vocabulary = Vocabulary(terms)
    together = vocabulary.look_over(pieces, whatever_there_is=False).present
    for number, piece in enumerate(pieces):
        alone = set(vocabulary.look_over([piece]).present)
        assert alone == {pattern for pattern, numbers in together.items() if number in numbers}


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
