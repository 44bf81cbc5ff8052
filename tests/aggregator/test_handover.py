"""What people decided, handed over to another database: the same stories, list and constraints there."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from aggregator import desk, disputes
from aggregator.adding import Brought, add_accepted
from aggregator.desk import Signature
from aggregator.errors import UnknownSubject, Unusable
from aggregator.handover import Handed, hand_over, take_over
from aggregator.records import Listing, Status, Verdict
from aggregator.rejudge import regroup
from aggregator.store import campaigns, decisions
from aggregator.store import stories as stored
from aggregator.store.session import Store
from crawler.records import Article
from tests.aggregator.samples import NOON, make_article
from tests.aggregator.stories.kin_press import ARTICLES
from tests.aggregator.test_kin import EVERYTHING, REAL, copies, take_in

ANA = Signature(by="Ana", at=NOON)
CARRIERS = copies(5)
POLITICO, HILL, VOX = (ARTICLES[f"senator-{name}"] for name in ("politico", "hill", "vox"))
PRESS = [*CARRIERS, POLITICO, HILL, VOX]
# Not one of the letters that the campaign looks for.
STRANGE = make_article(7, headline="Hush", text="Tut. Hum.", url="https://odd.example/7")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another team's database."""
    there = Store.create(f"sqlite:///{tmp_path}/other.db")
    yield there
    there.close()


def decide_much(store: Store) -> None:
    """Every kind of decision, one of them undone and one undone and brought back."""
    keys = [article.key for article in CARRIERS]
    desk.split(store, keys[2], ANA, REAL)
    desk.merge(store, [POLITICO.key, HILL.key], ANA, REAL)
    desk.keep_apart(store, [keys[3], keys[4]], ANA, REAL)
    desk.show(store, None, keys[1], ANA, REAL)
    desk.accept(store, EVERYTHING.slug, [keys[0]], ANA)
    desk.accept(store, EVERYTHING.slug, [POLITICO.key], ANA)
    desk.reject(store, EVERYTHING.slug, [VOX.key], ANA)
    desk.star(store, EVERYTHING.slug, [POLITICO.key], ANA)
    desk.correct(store, EVERYTHING.slug, POLITICO.key, {"headline": "Señator to resign"}, ANA)
    taken = desk.merge(store, [POLITICO.key, VOX.key], ANA, REAL)
    desk.undo(store, taken.id, replace(ANA, note="a slip"), REAL)
    starred = desk.star(store, EVERYTHING.slug, [keys[0]], ANA)
    undone = desk.undo(store, starred.id, ANA, REAL)
    desk.undo(store, undone.id, replace(ANA, note="after all"), REAL)


def told(store: Store) -> tuple[Listing, set[tuple[frozenset[str], str]], dict[Status, int]]:
    """The list, which articles are one story with the one shown, and how many entries stand where."""
    with store.reading() as c:
        every = [story for ids in stored.every(c) for story in stored.some(c, ids).values()]
    grouped = {(frozenset(one.article_key for one in story.members), story.shown) for story in every}
    return desk.listing(store, EVERYTHING.slug), grouped, desk.counts(store, EVERYTHING.slug)


def test_a_decision_about_an_article_that_is_not_here_can_be_taken_back(store: Store, other: Store) -> None:
    take_in(store, PRESS)
    decide_much(store)
    take_in(other, [CARRIERS[0]])
    assert take_over(other, hand_over(store), REAL, NOON).missing
    counted = [each for each in desk.history(other) if each.verdict is not Verdict.UNDO]
    with other.reading() as c:
        gone = decisions.undone_ids(c)
    for each in counted:
        if each.id not in gone:
            desk.undo(other, each.id, ANA, REAL)
    with other.reading() as c:
        assert decisions.undone_ids(c) >= {each.id for each in counted}
    take_in(other, shuffled(2))
    assert desk.listing(other, EVERYTHING.slug).items == ()


def shuffled(seed: int) -> list[Article]:
    """The press in another order."""
    some = list(PRESS)
    Random(seed).shuffle(some)
    return some


def test_another_database_has_the_same_stories_list_and_constraints(store: Store, other: Store) -> None:
    take_in(store, PRESS)
    decide_much(store)
    take_in(other, shuffled(1))
    handed = take_over(other, hand_over(store), REAL, NOON)
    assert handed == Handed(new=14, known=0)
    assert told(other) == told(store)
    regroup(other, REAL, NOON)
    assert told(other) == told(store)
    assert [(d.verdict, d.by, d.at, d.note) for d in desk.history(other)] == [
        (d.verdict, d.by, d.at, d.note) for d in desk.history(store)
    ]


def test_what_was_taken_in_once_is_not_taken_in_again(store: Store, other: Store) -> None:
    take_in(other, PRESS)
    decide_much(other)
    take_in(store, shuffled(2))
    told_by_other = hand_over(other)
    assert take_over(store, told_by_other, REAL, NOON).new == 14
    assert take_over(store, told_by_other, REAL, NOON) == Handed(new=0, known=14)
    assert hand_over(store) == told_by_other
    assert told(store) == told(other)


def test_decisions_hold_for_articles_that_come_only_later(store: Store, other: Store) -> None:
    take_in(other, PRESS)
    decide_much(other)
    take_in(store, [VOX])
    handed = take_over(store, hand_over(other), REAL, NOON)
    assert set(handed.missing) == {article.key for article in PRESS} - {VOX.key}
    take_in(store, shuffled(3))
    assert told(store) == told(other)


def test_what_is_there_already_stays_and_what_comes_counts_after_it(store: Store, other: Store) -> None:
    take_in(store, PRESS)
    take_in(other, PRESS)
    mine = desk.reject(store, EVERYTHING.slug, [POLITICO.key], ANA)
    desk.accept(other, EVERYTHING.slug, [POLITICO.key], replace(ANA, by="Ben"))
    take_over(store, hand_over(other, EVERYTHING.slug), REAL, NOON)
    assert desk.entry(store, EVERYTHING.slug, POLITICO.key).status is Status.ACCEPTED
    assert mine in desk.history(store)


def line(**changes: object) -> str:
    """A line of a file of decisions."""
    said = {"id": 9, "campaign": None, "verdict": "merge", "subjects": [POLITICO.key, HILL.key], "by": "Ben"}
    return json.dumps({**said, "at": "2017-03-28T12:00:00Z", **changes})


CORRECT = {"campaign": EVERYTHING.slug, "verdict": "correct", "subjects": [POLITICO.key]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{", "line 2 is no decision"),
        ('{"id": 1}', "line 2 is no decision: campaign"),
        (line(verdict="devour"), "line 2 is no decision: verdict"),
        (line(at="2017-03-28T12:00:00"), "line 2 is no decision: .* its time has no offset"),
        (line(at="0001-01-01T00:00:00+14:00"), "line 2 is no decision: nobody decides in the year 1"),
        (line(subjects=[]), "line 2 is no decision: it names no article"),
        (line(verdict="undo", subjects=["7"]), "decision 9 undoes 7"),
        (line(verdict="accept"), "line 2 is no decision: accept is said for one campaign, not for all"),
        (line(campaign="all"), "line 2 is no decision: merge holds everywhere, not for all"),
        (line(subjects=[POLITICO.key]), "line 2 is no decision: merge: name at least two articles, not 1"),
        (
            line(subjects=[POLITICO.key, POLITICO.key]),
            "line 2 is no decision: merge: name at least two articles",
        ),
        (line(subjects=[POLITICO.key, ""]), "line 2 is no decision: merge: name at least two articles"),
        (line(verdict="not related", subjects=["a", "b", "c"]), "line 2 .*not related: name two articles"),
        (line(verdict="undo", subjects=["3", "3"]), "line 2 .*undo: name one decision, not 2"),
        (line(campaign="all", verdict="star", corrections={"note": "x"}, subjects=["a"]), "only correct has"),
        (line(campaign="all", verdict="correct", subjects=[POLITICO.key]), "only correct has corrections"),
        (line(**CORRECT, corrections={"date": "yesterday"}), "line 2 .*'yesterday' is no day"),
        (line(**CORRECT, corrections={"link": "javascript:alert(1)"}), "line 2 .*http"),
        (line(**CORRECT, corrections={"body": "x"}), "line 2 .*'body' cannot be corrected"),
    ],
)
def test_a_file_with_a_mistake_is_refused_as_a_whole(store: Store, wrong: str, said: str) -> None:
    take_in(store, [POLITICO])
    with pytest.raises(Unusable, match=said):
        take_over(store, f"{line(id=3)}\n{wrong}\n".encode(), REAL, NOON)
    assert desk.history(store) == []


def test_decisions_of_a_campaign_that_is_not_here_are_refused(store: Store, other: Store) -> None:
    take_in(other, [POLITICO])
    desk.accept(other, EVERYTHING.slug, [POLITICO.key], ANA)
    with pytest.raises(UnknownSubject, match="all"):
        take_over(store, hand_over(other), REAL, NOON)
    with store.writing() as c:
        campaigns.save(c, EVERYTHING, "Ana", NOON)
    assert take_over(store, hand_over(other), REAL, NOON).new == 1


@pytest.mark.parametrize("is_here", [True, False])
def test_what_was_accepted_is_on_the_list_of_another_database_though_no_rule_finds_it(
    store: Store, other: Store, is_here: bool
) -> None:
    brought = Brought(articles=[STRANGE])
    take_in(store, [VOX])
    add_accepted(store, EVERYTHING.slug, brought, ANA, REAL)
    take_in(other, [STRANGE] if is_here else [])
    with other.writing() as c:
        if not is_here:
            campaigns.save(c, EVERYTHING, "Ana", NOON)
    take_over(other, hand_over(store), REAL, NOON)
    take_in(other, [STRANGE, VOX])
    assert [item.key for item in desk.listing(other, EVERYTHING.slug).items] == [STRANGE.key]
    assert desk.entry(other, EVERYTHING.slug, STRANGE.key).mention.brought_by == "Ana"
    assert desk.entry(other, EVERYTHING.slug, VOX.key).status is Status.WAITING


def test_what_was_accepted_and_then_rejected_is_not_brought_to_another_desk(
    store: Store, other: Store
) -> None:
    take_in(store, [VOX])
    add_accepted(store, EVERYTHING.slug, Brought(articles=[STRANGE]), ANA, REAL)
    desk.reject(store, EVERYTHING.slug, [STRANGE.key], ANA)
    take_in(other, [STRANGE])
    take_over(other, hand_over(store), REAL, NOON)
    assert desk.entries(other, EVERYTHING.slug) == []


def noticed(store: Store, article: Article) -> Sequence[str]:
    """What an entry tells of disputes."""
    (entry,) = disputes.noted(store, [desk.entry(store, EVERYTHING.slug, article.key)], REAL)
    return entry.notices


def test_where_people_and_the_machine_disagree_both_entries_say_so(store: Store) -> None:
    take_in(store, PRESS)
    assert disputes.every(store, REAL) == [] and not noticed(store, VOX)
    desk.split(store, CARRIERS[2].key, ANA, REAL)
    desk.merge(store, [POLITICO.key, HILL.key], ANA, REAL)
    (apart,) = noticed(store, CARRIERS[2])
    assert apart.startswith(
        "Carrier 0, “Sanctuary cities huddle in New York” and 3 others: kept apart by hand; "
    )
    (others,) = noticed(store, CARRIERS[0])
    assert "the texts say one story: 7 whole sentences in common" in others
    (merged,) = noticed(store, POLITICO)
    assert merged == f"The Hill, “{HILL.headline}”: put together by hand; the texts do not show one story"
    assert not noticed(store, VOX)
    assert {dispute.reason.partition(";")[0] for dispute in disputes.every(store, REAL)} == {
        "kept apart by hand",
        "put together by hand",
    }
    first = desk.history(store)[-1]
    assert first.verdict is Verdict.SPLIT
    desk.undo(store, first.id, ANA, REAL)
    assert not noticed(store, CARRIERS[2])
