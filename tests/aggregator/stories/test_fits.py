"""Each thing that keeps two pages apart, or puts them together, by itself: on texts made to measure."""

from itertools import count
from random import Random

from aggregator import stories
from aggregator.records import Relation
from aggregator.stories.fits import Fit, fit, prepare
from crawler.records import Article
from tests.aggregator.stories import press

CHANCE = Random(4)
NUMBERS = count(1)
HEADLINES = ("Bridge closes after flood", "Ferry owners count their losses", "School board picks a new head")


def sentence(words: int = 15) -> str:
    """So many words that stand nowhere else."""
    return " ".join("".join(CHANCE.choices("abcdeilmnorstu", k=7)) for _ in range(words)).capitalize() + "."


def sentences(number: int) -> list[str]:
    """So many sentences of fifteen words."""
    return [sentence() for _ in range(number)]


def touched(whole: str) -> str:
    """A sentence of which half is another's."""
    return " ".join([*whole.rstrip(".").split()[:8], *sentence(7).lower().split()])


def page(
    text: list[str], outlet: str = "Alpha", headline: str = HEADLINES[0], day: str = "2017-03-28"
) -> Article:
    """A page of an outlet, a sentence a paragraph."""
    url = f"https://www.{outlet.lower()}.example/news/{next(NUMBERS)}-piece"
    return press.article(url, headline, tuple(text), outlet=outlet, day=day)


def fitting(one: Article, other: Article) -> Fit | None:
    """How two pages fit; from either side the same."""
    a, b = (prepare(stories.sketch(article)) for article in (one, other))
    found = fit(a, b)
    assert found == fit(b, a)
    return found


def relation(one: Article, other: Article) -> Relation | None:
    """As what two pages fit."""
    found = fitting(one, other)
    return found.relation if found else None


def test_a_text_printed_elsewhere_weeks_later_is_no_copy_but_the_outlets_own_again_is_one_story() -> None:
    text = sentences(12)
    assert relation(page(text), page(text, "Beta", HEADLINES[1], "2017-04-01")) is Relation.COPY
    assert relation(page(text), page(text, "Beta", HEADLINES[1], "2017-04-02")) is None
    assert relation(page(text), page(text, day="2017-04-20")) is Relation.UPDATE


def test_a_round_up_that_begins_with_a_whole_report_is_not_that_report() -> None:
    report = sentences(8)
    briefs = page([*report, *sentences(3)], "Beta", "Region briefs: flood, ferries, schools and roads")
    assert relation(page(report), briefs) is None
    assert relation(page(report), page([*report, *sentences(3)], "Beta", HEADLINES[1])) is Relation.COPY


def test_pages_of_a_series_name_another_year_each() -> None:
    text = sentences(12)
    assert relation(page(text, headline="Floods of 2016"), page(text, headline="Floods of 2017")) is None
    assert relation(page(text, headline="Floods of 2016"), page(text, headline="The floods")) is not None


def test_a_short_page_of_a_template_is_another_one_under_another_headline() -> None:
    text = sentences(3)
    one, other = ([*text, sentence(8)] for _ in range(2))
    assert relation(page(one), page(other, "Beta", HEADLINES[1])) is None
    assert relation(page(one), page(other, "Beta", HEADLINES[0])) is Relation.COPY
    assert relation(page(one), page(other, headline=HEADLINES[1])) is None


def test_a_short_page_of_a_template_tells_other_news_in_its_lead_though_the_headline_be_the_same() -> None:
    rest = sentences(4)
    lead = "{} schools will be closed on Thursday because of a {}, the district has announced."
    one, other = (
        page([lead.format("Hamilton", "power failure"), *rest]),
        lead.format("Madison", "broken pipe"),
    )
    assert relation(one, page([other, *rest])) is None
    assert relation(one, page([other, *rest], "Beta")) is None
    dated = "DAYTON, Ohio — " + lead.format("Hamilton", "power failure")
    assert relation(one, page([dated, *rest], "Beta", HEADLINES[1])) is Relation.COPY
    long = sentences(8)
    assert relation(page([lead.format("Ten", "fire"), *long]), page([lead.format("Twelve", "fire"), *long]))


def test_sentences_of_which_many_are_only_touched_are_a_report_of_its_own() -> None:
    text = sentences(12)
    own = [*text[:8], *map(touched, text[8:])]
    assert relation(page(text), page([*text[:7], *map(touched, text[7:])], "Beta", HEADLINES[1])) is None
    assert relation(page(text), page(own, headline=HEADLINES[1])) is None
    assert relation(page(text), page([*text[:8], *sentences(4)], "Beta", HEADLINES[1])) is Relation.COPY


def test_a_statement_that_two_outlets_quote_whole_makes_no_copy() -> None:
    said = sentences(6)
    quoted = [f"“{each}”" for each in said]
    one, other = page([sentence(), *quoted]), page([sentence(), *quoted], "Beta", HEADLINES[1])
    assert relation(one, other) is None
    assert relation(page([sentence(), *said]), page([sentence(), *said], "Beta", HEADLINES[1])) is not None


def test_a_text_with_an_outlets_own_sentences_all_through_it_is_its_own() -> None:
    text = sentences(9)
    mixed = [sentence() if place % 3 == 2 else each for place, each in enumerate(text)]
    assert relation(page(text), page(mixed, "Beta", HEADLINES[1])) is None


def test_a_station_adds_a_few_paragraphs_not_as_much_as_it_takes() -> None:
    text = sentences(40)
    assert relation(page(text), page([*text[:20], *sentences(13)], "Beta", HEADLINES[1])) is Relation.COPY
    assert relation(page(text), page([*text[:20], *sentences(16)], "Beta", HEADLINES[1])) is None


def test_a_passage_behind_two_beginnings_makes_no_copy() -> None:
    shared = sentences(4)
    one, other = ([sentence(20), *shared, *sentences(more)] for more in (6, 0))
    assert relation(page(one), page(other, "Beta", HEADLINES[1])) is None
    assert relation(page(one), page(other, "Beta", HEADLINES[0])) is Relation.COPY


def test_a_page_without_text_has_no_story_by_a_headline_of_a_word_or_two() -> None:
    text = sentences(12)
    assert (
        relation(page(text, headline="Flood closes bridge"), page([], headline="Flood closes bridge")) is None
    )
    assert relation(page(text, headline=HEADLINES[1]), page([], headline=HEADLINES[1])) is Relation.SAME_PAGE


def test_of_two_texts_of_one_length_the_figures_are_the_same_from_either_side() -> None:
    text = sentences(10)
    one, other = page([*text, *sentences(2)]), page([*sentences(2), *text], "Beta")
    found = fitting(one, other)
    assert found is not None and "from word 1 on" in found.reason


def test_a_brief_with_which_two_long_reports_begin_does_not_make_them_one() -> None:
    brief = sentences(4)
    longer = [page([*brief, *sentences(40)], outlet, HEADLINES[1]) for outlet in ("Beta", "Gamma")]
    found = stories.group(map(stories.sketch, [page(brief), *longer]))
    assert sorted(len(story.members) for story in found) == [1, 2]
