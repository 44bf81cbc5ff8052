"""A mention shows one to three whole sentences of the article, exactly as they stand there."""

from aggregator.records import Mention
from crawler.records import Zone
from tests.aggregator.matching.sanctuary import article, judge

TEXT = (
    "It rained on Monday.\n\n“Sanctuary\u00a0cities will not bend,” said Melissa Mark‑Viverito. "
    "Then it cleared. Officials gathered in Manhattan. Local Progress was the host. Local Progress said so."
)


def mention(text: str, *parts: tuple[Zone, str]) -> Mention:
    verdict = judge(article(text, "City budget talks go on", *parts))
    assert isinstance(verdict, Mention)
    return verdict


def test_a_passage_is_the_whole_sentence_with_the_exact_characters_marked() -> None:
    found = mention(TEXT.partition(" Local Progress")[0])
    passage = found.passages[0]
    assert passage.text == "“Sanctuary\u00a0cities will not bend,” said Melissa Mark‑Viverito."
    assert [passage.text[a:b] for a, b in passage.marks] == ["Sanctuary\u00a0cities", "Melissa Mark‑Viverito"]
    assert passage.clause == "context sanctuary cit*; person Melissa Mark-Viverito"
    assert passage.zone is Zone.TEXT


def test_three_passages_are_enough() -> None:
    found = mention(" ".join(f"Local Progress did thing {n}." for n in range(9)))
    assert len(found.passages) == 3


def test_the_same_sentence_is_shown_once() -> None:
    sentence = "Local Progress was the host."
    verdict = judge(article(sentence, summary=sentence))
    assert isinstance(verdict, Mention)
    assert [passage.text for passage in verdict.passages] == [sentence]


def test_a_mention_in_an_embedded_post_says_so() -> None:
    found = mention("Nothing here.", (Zone.EMBEDDED, "Great day! #SeekingSanctuary"))
    assert found.passages[0].zone is Zone.EMBEDDED
    assert "in embedded" in found.reason


def test_a_sentence_that_never_ends_is_cut_round_the_mark() -> None:
    found = mention("word " * 2000 + "Local Progress " + "word " * 2000)
    passage = found.passages[0]
    assert len(passage.text) <= 720
    assert [passage.text[a:b] for a, b in passage.marks] == ["Local Progress"]


def test_a_phrase_over_two_lines_is_shown_whole() -> None:
    found = mention("We met Local\nProgress there. It rained.")
    assert found.passages[0].text == "We met Local\nProgress there."
