"""Who is the middle of a story, who may join a large one, and who meets whom."""

from collections.abc import Mapping
from dataclasses import replace

from aggregator import stories
from aggregator.records import Relation, Story
from aggregator.stories import Constraints
from aggregator.stories.candidates import MOST_HOLDERS, pairs
from aggregator.stories.fits import Fit, prepare
from aggregator.stories.grouping import group_prepared
from crawler.records import Article
from tests.aggregator.stories.test_fits import HEADLINES, page, sentences
from tests.aggregator.stories.test_floods import members
from tests.aggregator.stories.test_order_of_arrival import Shelf

FITS = Fit(Relation.COPY, 0.9, "said to fit")


def grouped(fits: str, apart: str = "") -> set[str]:
    """The stories of articles of one letter, of which these pairs fit and these are kept apart."""
    letters = sorted(set(fits.replace(" ", "")))
    made = [replace(stories.sketch(page([], letter)), key=letter) for letter in letters]
    shared = [prepare(replace(each, index_keys=frozenset("x"))) for each in made]
    compared: Mapping[tuple[str, str], Fit | None] = {
        (a, b): FITS if a + b in fits.split() else None for a in letters for b in letters if a < b
    }
    constraints = Constraints(apart=tuple(map(frozenset, apart.split())))
    return {"".join(sorted(keys)) for keys in members(group_prepared(shared, constraints, compared))}


def test_the_article_that_most_others_fit_is_the_middle() -> None:
    assert grouped("ab bc bd de") == {"abcd", "e"}


def test_those_kept_apart_from_an_article_do_not_speak_for_it_as_the_middle() -> None:
    assert grouped("ab ac ad be bf") == {"abcd", "e", "f"}
    assert grouped("ab ac ad be bf", apart="ac ad") == {"abef", "c", "d"}


def large_story(shelf: Shelf, *flock: Article) -> Story:
    """The large story that these articles become."""
    for article in flock:
        shelf.take_in(stories.sketch(article))
    (story,) = shelf.stories()
    assert len(story.members) > stories.MOST_MEMBERS
    return story


def test_a_long_report_that_begins_with_what_a_crowd_carries_is_its_own_story() -> None:
    brief, shelf = sentences(4), Shelf(Constraints())
    large_story(shelf, *(page(brief, f"Carrier{number}") for number in range(stories.MOST_MEMBERS + 4)))
    longer = page([*brief, *sentences(40)], "Beta", HEADLINES[1])
    shelf.take_in(stories.sketch(longer))
    assert frozenset({longer.key}) in members(shelf.stories())


def test_who_fits_one_member_of_a_crowd_and_not_what_it_carries_does_not_join() -> None:
    text, own, shelf = sentences(20), sentences(5), Shelf(Constraints())
    flock = [page(text, f"Carrier{number}") for number in range(stories.MOST_MEMBERS + 4)]
    large_story(shelf, *flock, page([*own, *text], "Station"))
    notice = page(own, "Beta", HEADLINES[1])
    shelf.take_in(stories.sketch(notice))
    assert frozenset({notice.key}) in members(shelf.stories())


def test_a_sentence_that_hundreds_print_brings_nobody_together_who_has_more_to_tell() -> None:
    popular = [frozenset({"line", *(f"own {number} {order}" for order in range(9))}) for number in range(300)]
    assert len(popular) > MOST_HOLDERS and pairs(popular) == []
    assert pairs([frozenset({"line"}) for _ in range(300)]) != []
