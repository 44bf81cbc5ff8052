"""A list is composed anew when anything changed that it shows, or that lies in its folder, and else never."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator import desk, naming, rematching, runs
from aggregator.delivery.folder import MANIFEST
from aggregator.desk import Signature
from aggregator.records import Entry
from aggregator.runs import House
from aggregator.settings import Settings
from aggregator.store import campaigns
from aggregator.store.session import Store
from crawler.outlets import Directory
from tests.aggregator.review.morning import Clock
from tests.aggregator.samples import CAMPAIGN, JUDGES, NOON, make_article, take_in

SLUG = CAMPAIGN.slug
ANA = Signature(by="Ana", at=NOON)
LATER = NOON + timedelta(hours=1)
TEXT = "in-the-news.txt"


@pytest.fixture
def house(sqlite_store: Store, tmp_path: Path) -> House:
    return publish_two(sqlite_store, tmp_path)


def publish_two(store: Store, tmp_path: Path) -> House:
    """A published list of two entries of one day, while one more waits."""
    take_in(store, *(make_article(number) for number in (1, 2, 3)))
    desk.accept(store, SLUG, [make_article(1).key, make_article(2).key], ANA)
    told = Settings(
        folder=tmp_path,
        organisation="Local Progress",
        contact="press@campaign.example",
        database=store.url,
        exports=tmp_path / "exports",
    )
    made = House(settings=told, store=store, directory=Directory(), sources=())
    assert runs.publish(made, NOON).counts == {"campaigns": 1, "composed": 1, "written": 1}
    return made


def composed(house: House) -> int:
    return runs.publish(house, LATER).counts["composed"]


def file(house: House, name: str = TEXT) -> Path:
    return house.settings.exports / SLUG / name


def listed(house: House, number: int = 1) -> Entry:
    return desk.entry(house.store, SLUG, make_article(number).key)


def test_an_unchanged_list_is_not_composed_however_often_it_is_published(house: House) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in file(house).parent.iterdir()}
    assert [composed(house) for _ in range(3)] == [0, 0, 0]
    assert {path.name: path.stat().st_mtime_ns for path in file(house).parent.iterdir()} == before


def test_what_waits_and_what_is_asked_is_none_of_the_lists_business(house: House) -> None:
    take_in(house.store, make_article(4), make_article(5, headline="Nothing about us", text="Weather."))
    runs.listing(house, SLUG)
    desk.rebuild(house.store)
    assert composed(house) == 0


def accept_another(house: House) -> None:
    desk.accept(house.store, SLUG, [make_article(3).key], ANA)


def reject_one(house: House) -> None:
    desk.reject(house.store, SLUG, [make_article(1).key], ANA)


def undo_the_accepting(house: House) -> None:
    desk.undo(house.store, desk.history(house.store)[0].id, ANA, JUDGES)


def correct_a_headline(house: House) -> None:
    desk.correct(house.store, SLUG, make_article(1).key, {"headline": "As we say it"}, ANA)


def write_a_note(house: House) -> None:
    desk.correct(house.store, SLUG, make_article(1).key, {"note": "In print."}, ANA)


def put_in_order(house: House) -> None:
    desk.reorder(house.store, SLUG, [make_article(2).key, make_article(1).key], ANA)


def merge_both(house: House) -> None:
    desk.merge(house.store, [make_article(1).key, make_article(2).key], ANA, JUDGES)


def show_another_member(house: House) -> None:
    desk.merge(house.store, [make_article(1).key, make_article(2).key], ANA, JUDGES)
    runs.publish(house, LATER)
    other = next(each.key for each in listed(house).carriers)
    desk.show(house.store, SLUG, other, ANA, JUDGES)


def always_call_an_outlet(house: House) -> None:
    naming.always_call(house.store, make_article(1).key, "The Daily Sanctuary", "Ana", LATER)


def change_a_page(house: House) -> None:
    again = make_article(1, headline="Sanctuary cities met, and said so", first_seen=LATER)
    take_in(house.store, again, at=Clock(LATER))


def change_the_form(house: House) -> None:
    with house.store.writing() as c:
        changed = replace(CAMPAIGN, form=replace(CAMPAIGN.form, date="YYYY-MM-DD"))
        campaigns.save(c, changed, "Ana", LATER)


CHANGES = [
    accept_another,
    reject_one,
    undo_the_accepting,
    correct_a_headline,
    write_a_note,
    put_in_order,
    merge_both,
    show_another_member,
    always_call_an_outlet,
    change_a_page,
    change_the_form,
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_it_shows_is_published(house: House, change: Callable[[House], None]) -> None:
    before = file(house).read_bytes()
    change(house)
    assert runs.publish(house, LATER).counts == {"campaigns": 1, "composed": 1, "written": 1}
    assert file(house).read_bytes() != before
    assert composed(house) == 0


def test_all_that_holds_on_postgresql(postgres_store: Store, tmp_path: Path) -> None:
    house = publish_two(postgres_store, tmp_path)
    assert composed(house) == 0
    for change in (accept_another, write_a_note, always_call_an_outlet, change_a_page, change_the_form):
        change(house)
        assert [composed(house), composed(house)] == [1, 0], change.__name__


def test_a_copy_that_joins_an_entry_is_published(house: House) -> None:
    with house.store.writing() as c:
        changed = replace(CAMPAIGN, form=replace(CAMPAIGN.form, carriers=True))
        campaigns.save(c, changed, "Ana", LATER)
    assert composed(house) == 1
    copy = make_article(9, headline=make_article(1).headline, outlet="FOX61")
    take_in(house.store, copy, at=Clock(LATER))
    assert [each.outlet for each in listed(house).carriers] == ["FOX61"]
    assert composed(house) == 1 and b"FOX61" in file(house).read_bytes()


def test_a_mention_that_is_gone_does_not_leave_a_stale_list(house: House) -> None:
    other = replace(CAMPAIGN, pack=replace(CAMPAIGN.pack, names=("unheard of",)))
    rematching.rematch(house.store, other, JUDGES)
    assert composed(house) == 1 and b"part 1" in file(house).read_bytes(), "accepted, it stays"


@pytest.mark.parametrize("name", [TEXT, "in-the-news.xlsx", MANIFEST])
def test_a_lost_or_edited_file_is_written_again(house: House, name: str) -> None:
    before = file(house, name).read_bytes()
    file(house, name).write_bytes(before[:-1] + b"?")
    assert composed(house) == 1 and file(house, name).read_bytes() == before
    file(house, name).unlink()
    assert composed(house) == 1 and file(house, name).read_bytes() == before
    elsewhere = house.settings.folder / "elsewhere"
    file(house, name).rename(elsewhere)
    file(house, name).symlink_to(elsewhere)
    assert composed(house) == 1 and not file(house, name).is_symlink()


def test_a_process_that_is_started_anew_composes_once(house: House) -> None:
    fresh = replace(house, published={})
    assert [composed(fresh), composed(fresh)] == [1, 0]


def test_what_another_process_wrote_over_it_is_made_right(house: House) -> None:
    other = replace(house, published={})
    correct_a_headline(other)
    assert composed(other) == 1
    assert composed(house) == 1 and b"As we say it" in file(house).read_bytes()


def test_the_list_of_an_ended_campaign_stays_and_follows_what_people_decide(house: House) -> None:
    before = file(house).read_bytes()
    runs.end_campaign(house, SLUG, by="Ana", now=LATER)
    file(house).unlink()
    assert composed(house) == 1 and file(house).read_bytes() == before
    correct_a_headline(house)
    assert composed(house) == 1 and b"As we say it" in file(house).read_bytes()
