"""Which links of a section page are followed: by what a site's links were, else by how they look."""

from datetime import UTC, datetime, timedelta

from crawler.habits import Habits, Tally
from crawler.readers.choosing import EXPLORED, MOST_LINKS, Candidate, choose_links

AT = datetime(2017, 3, 28, 12, tzinfo=UTC)
STORIES = [
    f"https://daily.example/2017/03/28/mayors-answer-the-threat-{word}" for word in ("now", "soon", "again")
]
TOPICS = [
    f"https://daily.example/{word}" for word in ("sports", "weather", "people", "money", "culture", "games")
]
SHORT = [f"https://daily.example/a/{number}" for number in range(1, 9)]


def candidate(url: str, score: float) -> Candidate:
    return Candidate(url=url, words="Words of the link", place="a < li", score=score)


PAGE = [
    *(candidate(url, 5.0) for url in STORIES),
    *(candidate(url, 0.5) for url in TOPICS),
    *(candidate(url, 1.5) for url in SHORT),
]


def urls(habits: Habits, explored: int = EXPLORED, at: datetime = AT) -> list[str]:
    return [each.url for each in choose_links(PAGE, habits, at, explored).taken]


def test_without_habits_looks_decide_and_all_others_are_told() -> None:
    choice = choose_links(PAGE, Habits(), AT, 0)
    assert [each.url for each in choice.taken] == STORIES
    assert choice.problems == (
        "8 links left out: links like /word/number do not look like articles",
        "6 links left out: links like /word do not look like articles",
    )


def test_links_that_do_not_look_like_articles_are_followed_once_they_turned_out_to_be() -> None:
    habits = Habits(shapes={"/word/number": Tally(12, 1), "/word": Tally(0, 20)})
    choice = choose_links(PAGE, habits, AT, 0)
    assert [each.url for each in choice.taken] == [*STORIES, *SHORT]
    assert choice.problems == ("6 links left out: links like /word: 0 of 20 were articles",)


def test_links_that_look_like_articles_are_left_out_once_they_turned_out_not_to_be() -> None:
    choice = choose_links(PAGE, Habits(shapes={"/year/month/day/slug": Tally(1, 30)}), AT, 0)
    assert choice.taken == ()
    assert "3 links left out: links like /year/month/day/slug: 1 of 31 were articles" in choice.problems


def test_a_few_others_are_tried_at_each_look_and_others_at_the_next() -> None:
    tried = [set(urls(Habits(), at=AT + timedelta(hours=hour))) - set(STORIES) for hour in range(12)]
    assert {len(each) for each in tried} == {EXPLORED}
    assert len(set().union(*tried)) > 3 * EXPLORED


def test_a_page_of_thousands_of_links_is_cut_to_the_best_and_says_so() -> None:
    known = Habits(shapes={"/word/number": Tally(30, 0)})
    many = [
        candidate(f"https://daily.example/{number}/some-words-of-a-topic-page", 4.0)
        for number in range(3_000)
    ]
    choice = choose_links([*many, *PAGE], known, AT, EXPLORED)
    taken = {each.url for each in choice.taken}
    assert len(taken) == MOST_LINKS
    assert set(SHORT) <= taken, "what is known to be articles goes before what only looks like it"
    left = sum(int(problem.split()[0]) for problem in choice.problems)
    assert left + len(taken) == len(many) + len(PAGE), "every link is accounted for"
