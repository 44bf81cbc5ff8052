"""A replay takes saved pages in by the real command, and knows what became of each."""

from pathlib import Path

import pytest

from benchmarks import replay as bench
from benchmarks.expense import Expense
from benchmarks.replay_house import LOST, SHARED, STORED, Fate, furnish, tell_fates
from crawler.clock import read_clock
from demo.press import Press
from demo.replay import replay
from tests.benchmarks.conftest import Save

pytestmark = pytest.mark.xdist_group("replay")

HERALD = "https://www.herald.example/2024/05/03/river"
COURIER = "https://courier.example/news/bridge-opens"


def article(headline: str, day: str, subject: str) -> str:
    """A page as a small paper writes it."""
    sentence = f"People at {subject} said on Friday that they had waited for this decision for eleven years."
    paragraphs = "".join(f"<p>{sentence} It was the {number}th hearing.</p>" for number in range(4, 12))
    return (
        f'<html lang="en"><head><title>{headline}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{day}T10:00:00-04:00"></head>'
        f"<body><article><h1>{headline}</h1>{paragraphs}</article></body></html>"
    )


PAGES = {
    HERALD: article("River cleaned at last after eleven years", "2024-05-03", "the river"),
    f"{HERALD}?utm_source=rss": article(
        "River cleaned at last after eleven years", "2024-05-03", "the river"
    ),
    COURIER: article("New bridge opens to walkers and cyclists", "2024-05-04", "the bridge"),
    "https://courier.example/news/empty-page": "<html><head></head><body></body></html>",
}


@pytest.fixture(scope="module", name="swept")
def sweep_pages(save: Save, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Fate], int]:
    told = replay(save(PAGES))
    with Press(told.sites).serving() as press:
        expense, fates = bench.sweep(told, press, tmp_path_factory.mktemp("replay") / "house")
        served = bench.count_served(press)
    assert expense.cpu > 0
    return {fate.page.url.replace("http:", "https:"): fate for fate in fates}, served


def test_every_page_is_stored_or_its_cause_is_named(swept: tuple[dict[str, Fate], int]) -> None:
    fates, _ = swept
    assert set(fates) == set(PAGES)
    assert all(fate.article or fate.reason for fate in fates.values())
    assert not any(fate.outcome == LOST for fate in fates.values())


def test_an_article_is_stored_with_what_it_says(swept: tuple[dict[str, Fate], int]) -> None:
    fate = swept[0][COURIER]
    assert fate.outcome == STORED
    assert fate.article and fate.article.headline == "New bridge opens to walkers and cyclists"
    assert fate.article.published and fate.article.published.day.isoformat() == "2024-05-04"


def test_two_addresses_of_one_page_are_one_article_and_one_request(
    swept: tuple[dict[str, Fate], int],
) -> None:
    fates, served = swept
    twins = [fates[HERALD], fates[f"{HERALD}?utm_source=rss"]]
    assert {fate.outcome for fate in twins} == {SHARED}
    assert served == len(PAGES) - 1


def test_an_empty_page_is_told_with_its_cause(swept: tuple[dict[str, Fate], int]) -> None:
    fate = swept[0]["https://courier.example/news/empty-page"]
    assert fate.article is None
    assert fate.reason


def test_a_page_that_nobody_followed_is_lost(save: Save, tmp_path: Path) -> None:
    told = replay(save({COURIER: PAGES[COURIER]}))
    house = furnish(tmp_path / "house", told.feeds, read_clock())
    assert [fate.outcome for fate in tell_fates(house, told)] == [LOST]


def test_the_timed_pages_are_taken_evenly_from_the_whole_folder(save: Save, tmp_path: Path) -> None:
    gold = save({f"https://courier.example/{number}": "<p>…</p>" for number in range(10)})
    some = bench.choose(gold, 5, tmp_path / "some")
    assert [page.id for page in some.pages.values()] == ["0", "2", "4", "6", "8"]
    assert all(page.file.is_file() for page in some.pages.values())


def test_pages_are_told_with_their_causes(
    swept: tuple[dict[str, Fate], int], capsys: pytest.CaptureFixture[str]
) -> None:
    fates, served = swept
    bench.print_fates(list(fates.values()), served, Expense(2.0, 1.0, 0, ""))
    told = capsys.readouterr().out
    assert "4 pages in the folder, 3 served, 2.0 a second (4.0 a CPU second)" in told
    assert "empty-page" in told
    assert COURIER.replace("https:", "http:") not in told
