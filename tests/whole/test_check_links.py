"""What is published is looked at again: new headlines are noticed, dead pages told, nothing is removed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator import adding, desk, notices, runs, settings
from aggregator.records import Status
from aggregator.store import pages
from aggregator.store.entries import View
from aggregator.wording import long_day
from crawler.clock import read_clock
from tests.crawler.loopback import Answer, Web
from tests.crawler.sweeping import article, rss

SETTINGS = """[who]
organisation = "Local Progress"
contact = "press@localprogress.example"
[politeness]
pause = "0 s"
"""
OUTLETS = '[daily]\nname = "The Daily"\ndomains = ["daily.example"]\nfeeds = ["http://daily.example/feed"]\n'
CAMPAIGN = 'name = "Shelter"\nrule = "shelter"\n'
HEADLINES = ("Mayors meet in the old town hall", "Bridge shut for repairs", "Library opens at night")
WEEK = timedelta(days=8)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web().serving() as serving:
        yield serving


def page(number: int) -> str:
    return f"http://daily.example/story/{number}"


@pytest.fixture
def house(web: Web, tmp_path: Path) -> runs.House:
    """Three pieces, swept and accepted."""
    (tmp_path / "outlets").mkdir()
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS)
    (tmp_path / "outlets" / "daily.toml").write_text(OUTLETS)
    (tmp_path / "campaigns" / "shelter.toml").write_text(CAMPAIGN)
    items = ((headline, page(number)) for number, headline in enumerate(HEADLINES))
    web.put("http://daily.example/feed", rss(*items), "text/xml")
    for number, headline in enumerate(HEADLINES):
        web.put(page(number), article(headline))
    environment = {
        "INTHENEWS_PROXY": web.proxy,
        "INTHENEWS_DATABASE": f"sqlite:///{tmp_path / 'news.sqlite3'}",
    }
    opened = runs.open_house(settings.load(tmp_path, environment), read_clock())
    runs.sweep(opened, read_clock(), everything=True)
    keys = [entry.article.key for entry in desk.entries(opened.store, "shelter")]
    desk.accept(opened.store, "shelter", keys, desk.Signature(by="Ana", at=read_clock()))
    return opened


def test_what_changed_or_went_is_told_and_stays_on_the_list(web: Web, house: runs.House) -> None:
    listed = [item.headline for item in runs.listing(house, "shelter").items]
    assert sorted(listed) == sorted(HEADLINES)
    assert runs.check_links(house, read_clock()).counts["looked_at"] == 0, "they answered today"

    web.put(page(0), article("Mayors meet, and agree, in the old town hall"))
    web.put(page(1), Answer(status=404, body=b"gone"))
    report = runs.check_links(house, read_clock() + WEEK)
    assert report.counts == {"looked_at": 3, "changed": 1, "gone": 1}
    (trouble,) = report.troubles
    assert HEADLINES[1] in trouble and page(1) in trouble and "The Daily" in trouble

    told = noted(house)
    assert told[page(0)] == (f"The Daily changed the headline; it was: {HEADLINES[0]}",)
    assert not told[page(2)]
    assert len(runs.listing(house, "shelter").items) == 3


def test_a_lost_page_is_noted_at_its_entry_until_it_opens_again(web: Web, house: runs.House) -> None:
    web.put(page(1), Answer(status=404, body=b"gone"))
    first = read_clock() + WEEK
    runs.check_links(house, first)
    (lost,) = noted(house)[page(1)]
    assert lost.startswith(f"The page has not opened since {long_day(first.date())}: ") and "404" in lost
    assert not noted(house)[page(0)]

    web.put(page(1), Answer(status=410, body=b"gone"))
    runs.check_links(house, first + timedelta(days=1))
    (lost,) = noted(house)[page(1)]
    assert long_day(first.date()) in lost and "410" in lost, "since the first time, with the newest reason"

    web.put(page(1), article(HEADLINES[1]))
    runs.check_links(house, first + timedelta(days=2))
    assert not noted(house)[page(1)]


def test_a_page_that_gives_itself_another_address_is_told_of_on_the_list(web: Web, house: runs.House) -> None:
    known = desk.entries(house.store, "shelter")[0].article
    odd = "http://daily.example/amp-of/9"
    other = replace(
        known,
        key=odd,
        url=odd,
        canonical_url=page(9),
        urls=(),
        headline="Ferry fares rise in spring",
        text="The harbour board raised the fare of the evening ferry by a fifth. " * 9,
        parts=(),
    )
    signed = desk.Signature(by="Ana", at=read_clock())
    adding.add_accepted(house.store, "shelter", adding.Brought(articles=[other]), signed, house.judges)
    runs.check_links(house, read_clock() + WEEK)  # nothing answers there
    published = {item.url for item in runs.listing(house, "shelter").items}
    assert page(9) in published and odd not in published
    assert set(notices.of_lost_pages(house.store, published)) == {page(9)}


def test_a_link_that_a_person_put_in_its_place_is_what_is_looked_at(web: Web, house: runs.House) -> None:
    entry = next(each for each in desk.entries(house.store, "shelter") if each.article.url == page(1))
    kept, now = "http://archive.example/kept/1", read_clock()
    signed = desk.Signature(by="Ana", at=now)
    desk.correct(house.store, "shelter", entry.article.key, {"link": kept}, signed)
    web.put(page(1), Answer(status=404, body=b"gone"))
    web.put(kept, article("Something else altogether"))
    report = runs.check_links(house, now + WEEK)
    assert report.counts == {"looked_at": 3, "changed": 0, "gone": 0} and not noted(house)[page(1)]
    with house.store.reading() as c:
        assert kept in pages.fetched_at(c, [kept]), "it is not asked again for a week"
    found = desk.entries(house.store, "shelter")
    assert "Something else altogether" not in [each.headline for each in found]

    web.put(kept, Answer(status=410, body=b"gone"))
    runs.check_links(house, now + 2 * WEEK)
    (lost,) = noted(house)[page(1)]
    assert "410" in lost
    assert set(notices.of_lost_pages(house.store, [kept, page(1)])) == {kept}


def noted(house: runs.House) -> dict[str, tuple[str, ...]]:
    """What the desk tells of each accepted entry, by its page."""
    accepted = desk.entries(house.store, "shelter", View(status=Status.ACCEPTED))
    told = notices.noted(house.store, accepted, house.judges)
    return {entry.article.url: entry.notices for entry in told}


def test_a_clip_without_an_address_is_not_looked_for(house: runs.House) -> None:
    known = desk.entries(house.store, "shelter")[0].article
    name = "urn:clip:0123456789abcdef"
    clip = replace(
        known, key=name, url=name, canonical_url=name, headline="On paper only", first_seen=read_clock()
    )
    signed = desk.Signature(by="Ana", at=read_clock())
    adding.add_accepted(house.store, "shelter", adding.Brought(articles=[clip]), signed, house.judges)
    assert "On paper only" in [item.headline for item in runs.listing(house, "shelter").items]
    report = runs.check_links(house, read_clock() + WEEK)
    assert report.counts["looked_at"] == 3 and not report.troubles
