"""What a reviewer may do: every act is one decision, replayed over whatever the machine thinks next."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from aggregator import desk
from aggregator.adding import Brought, add_accepted
from aggregator.desk import Signature, View
from aggregator.errors import Conflict, UnknownSubject, Unusable
from aggregator.handover import hand_over, take_over
from aggregator.records import Decision, Entry, Status, Verdict
from aggregator.store import decisions
from aggregator.store.session import Store
from crawler.records import Article
from tests.aggregator.samples import CAMPAIGN, JUDGES, NOON, make_article, take_in

ANA = Signature(by="Ana", at=NOON)
BEN = Signature(by="Ben", at=NOON + timedelta(hours=1))
SLUG = CAMPAIGN.slug


def the_entry(store: Store, article: Article) -> Entry:
    """The entry that an article belongs to."""
    return desk.entry(store, SLUG, article.key)


def headlines(store: Store) -> list[str]:
    """The headlines of the list, in its order."""
    return [item.headline for item in desk.listing(store, SLUG).items]


def undo(store: Store, decision: Decision) -> Decision:
    """Ben takes back a decision."""
    return desk.undo(store, decision.id, BEN, JUDGES)


def test_what_nobody_accepted_is_not_on_the_list(store: Store) -> None:
    one, two, three = (make_article(number) for number in (1, 2, 3))
    take_in(store, one, two, three)
    desk.accept(store, SLUG, [two.key], ANA)
    desk.reject(store, SLUG, [three.key], ANA)
    assert headlines(store) == [two.headline]
    assert desk.counts(store, SLUG) == {
        Status.WAITING: 1,
        Status.ACCEPTED: 1,
        Status.REJECTED: 1,
        Status.LATER: 0,
        Status.CONTEXT: 0,
    }


def test_every_act_is_on_the_disk_before_it_is_told(sqlite_store: Store) -> None:
    store, keys = sqlite_store, [make_article(number).key for number in (1, 2)]
    take_in(store, make_article(1), make_article(2))
    told: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        told.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    taken = desk.accept(store, SLUG, keys[:1], ANA)
    desk.undo(store, taken.id, BEN, JUDGES)
    desk.merge(store, keys, ANA, JUDGES)
    take_over(store, hand_over(store).replace(b"Ana", b"Zoe"), JUDGES, NOON)
    add_accepted(store, SLUG, Brought(articles=[make_article(3)]), ANA, JUDGES)
    modes = [each for each in told if "PRAGMA synchronous" in each or "INSERT INTO decisions" in each]
    kept = [modes[place - 1] for place, each in enumerate(modes) if each.startswith("INSERT")]
    assert len(kept) >= 5
    assert all(before.endswith("FULL") or before.startswith("INSERT") for before in kept)


def test_the_latest_verdict_counts(store: Store) -> None:
    article = make_article()
    take_in(store, article)
    for act, status in (
        (desk.accept, Status.ACCEPTED),
        (desk.later, Status.LATER),
        (desk.reject, Status.REJECTED),
    ):
        act(store, SLUG, [article.key], ANA)
        assert the_entry(store, article).status is status


def test_any_decision_can_be_undone_and_the_undoing_too(store: Store) -> None:
    article = make_article()
    take_in(store, article)
    accepted = desk.accept(store, SLUG, [article.key], ANA)
    rejected = desk.reject(store, SLUG, [article.key], BEN)
    undoing = undo(store, rejected)
    assert the_entry(store, article).status is Status.ACCEPTED
    undo(store, accepted)
    assert the_entry(store, article).status is Status.WAITING
    undo(store, undoing)
    assert the_entry(store, article).status is Status.REJECTED
    assert [decision.verdict for decision in desk.history(store, SLUG)] == [
        Verdict.UNDO,
        Verdict.UNDO,
        Verdict.UNDO,
        Verdict.REJECT,
        Verdict.ACCEPT,
    ]


def test_what_is_undone_cannot_be_undone_twice(store: Store) -> None:
    article = make_article()
    take_in(store, article)
    accepted = desk.accept(store, SLUG, [article.key], ANA)
    undo(store, accepted)
    with pytest.raises(Conflict, match="undone already"):
        undo(store, accepted)
    with pytest.raises(UnknownSubject):
        desk.undo(store, 99, ANA, JUDGES)


def test_a_thousand_entries_are_one_decision_and_one_undo(sqlite_store: Store) -> None:
    many = [make_article(number) for number in range(1, 121)]
    take_in(sqlite_store, *many)
    keys = [article.key for article in many]
    accepted = desk.accept(sqlite_store, SLUG, keys, ANA)
    assert desk.counts(sqlite_store, SLUG)[Status.ACCEPTED] == 120
    undo(sqlite_store, accepted)
    assert desk.counts(sqlite_store, SLUG)[Status.WAITING] == 120
    with pytest.raises(Unusable, match="1 to 1000"):
        desk.accept(sqlite_store, SLUG, [str(number) for number in range(1001)], ANA)


def test_corrections_replace_field_by_field_what_the_web_had(store: Store) -> None:
    article = make_article()
    take_in(store, article)
    first = desk.correct(store, SLUG, article.key, {"outlet": "Univision", "date": "2017-03-27"}, ANA)
    desk.correct(store, SLUG, article.key, {"outlet": "Univision Noticias", "note": "in Spanish"}, BEN)
    entry = the_entry(store, article)
    assert (entry.outlet, str(entry.day), entry.note) == ("Univision Noticias", "2017-03-27", "in Spanish")
    assert entry.corrected == ("date", "note", "outlet")
    assert entry.article == article
    undo(store, first)
    assert str(the_entry(store, article).day) == "2017-03-28"
    desk.correct(store, SLUG, article.key, {"outlet": ""}, ANA)
    assert the_entry(store, article).outlet == article.outlet


@pytest.mark.parametrize(
    "corrections",
    [{"date": "3.28.2017"}, {"link": "javascript:alert(1)"}, {"author": "Ana"}, {}],
    ids=["no day", "no web address", "no such field", "nothing"],
)
def test_a_correction_that_cannot_be_used_is_refused_in_words(
    store: Store, corrections: dict[str, str]
) -> None:
    article = make_article()
    take_in(store, article)
    with pytest.raises(Unusable):
        desk.correct(store, SLUG, article.key, corrections, ANA)
    assert desk.history(store) == []


def test_nobodys_edit_is_lost_when_two_people_act_at_once(store: Store) -> None:
    article = make_article()
    take_in(store, article)
    seen = {article.key: the_entry(store, article).version}
    desk.accept(store, SLUG, [article.key], replace(ANA, seen=seen))
    with pytest.raises(Conflict, match=r"changed in between by Ana \(accept\)"):
        desk.correct(store, SLUG, article.key, {"outlet": "Mine"}, replace(BEN, seen=seen))
    assert len(desk.history(store)) == 1
    seen = {article.key: the_entry(store, article).version}
    desk.correct(store, SLUG, article.key, {"outlet": "Mine"}, replace(BEN, seen=seen))
    assert the_entry(store, article).outlet == "Mine"


def test_stars_mark_and_undoing_unmarks(store: Store) -> None:
    article = make_article()
    take_in(store, article, make_article(2))
    starred = desk.star(store, SLUG, [article.key], ANA)
    assert [entry.article for entry in desk.entries(store, SLUG, View(starred=True))] == [article]
    undo(store, starred)
    assert desk.entries(store, SLUG, View(starred=True)) == []


def test_entries_are_found_by_word_outlet_day_and_page(store: Store) -> None:
    spanish = make_article(1, headline="Así reacciona la conferencia, sanctuary", outlet="Univision")
    take_in(store, spanish, make_article(2), make_article(3))
    assert [entry.article for entry in desk.entries(store, SLUG, View(search="asi UNIVISION"))] == [spanish]
    assert [entry.article for entry in desk.entries(store, SLUG, View(outlet="Univision"))] == [spanish]
    assert len(desk.entries(store, SLUG, View(since=NOON.date(), until=NOON.date()))) == 3
    assert desk.entries(store, SLUG, View(since=NOON.date() + timedelta(days=1))) == []
    newest, oldest = (
        desk.entries(store, SLUG, View(limit=2)),
        desk.entries(store, SLUG, View(limit=2, offset=2)),
    )
    assert [entry.outlet for entry in (*newest, *oldest)] == ["Outlet 3", "Outlet 2", "Univision"]


def test_what_is_not_there_is_said_in_words(store: Store) -> None:
    take_in(store, make_article(1, headline="Rain", text="It rains."))
    for act in (
        lambda: desk.entries(store, "none"),
        lambda: desk.entry(store, SLUG, make_article(1).key),
        lambda: desk.accept(store, SLUG, ["nowhere"], ANA),
        lambda: desk.accept(store, "none", [make_article(1).key], ANA),
    ):
        with pytest.raises(UnknownSubject):
            act()


def test_what_is_accepted_though_no_rule_finds_it_is_on_the_list(store: Store) -> None:
    rain = make_article(1, headline="Rain", text="It rains.")
    take_in(store, rain)
    accepted = desk.accept(store, SLUG, [rain.key], ANA)
    assert headlines(store) == ["Rain"]
    assert desk.entry(store, SLUG, rain.key).mention.reason.startswith("Ana accepted it. ")
    desk.undo(store, accepted.id, ANA, JUDGES)
    assert headlines(store) == [] and desk.entry(store, SLUG, rain.key).status is Status.WAITING


def test_what_is_accepted_by_a_copy_that_says_nothing_of_us_stays_when_the_copy_is_split_off(
    store: Store,
) -> None:
    one = make_article(1, headline="Cities meet")
    copy = make_article(2, headline="Cities meet", text="The rest is for subscribers.")
    take_in(store, one, copy)
    desk.accept(store, SLUG, [copy.key], ANA)
    assert desk.entry(store, SLUG, copy.key).mention.brought_by is None
    desk.split(store, copy.key, ANA, JUDGES)
    assert [item.key for item in desk.listing(store, SLUG).items] == [copy.key]


def test_decisions_are_only_ever_added(store: Store) -> None:
    article = make_article()
    take_in(store, article)
    undo(store, desk.accept(store, SLUG, [article.key], ANA))
    with store.reading() as c:
        taken = decisions.every(c)
    assert [(one.id, one.verdict, one.by, one.subjects) for one in taken] == [
        (1, Verdict.ACCEPT, "Ana", (article.key,)),
        (2, Verdict.UNDO, "Ben", ("1",)),
    ]
