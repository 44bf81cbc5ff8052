"""What people decided about stories holds against the machine, and disagreements are reported."""

from aggregator import stories
from aggregator.records import Relation
from aggregator.stories import Constraints
from tests.aggregator.stories import press

COPY_A = press.article("https://a.example/story-1", "Cities compare notes", press.WIRE_STORY, outlet="A")
COPY_B = press.article(
    "https://b.example/story-2", "Notes on cities", press.WIRE_STORY, outlet="B", day="2017-03-29"
)
OTHER = press.article(
    "https://c.example/story-3", "A binder of draft resolutions", press.NBC_STORY, outlet="C"
)
SKETCHES = [stories.sketch(article) for article in (COPY_A, COPY_B, OTHER)]


def keys_of(constraints: Constraints) -> set[frozenset[str]]:
    found = stories.group(SKETCHES, constraints)
    return {frozenset(member.article_key for member in story.members) for story in found}


def test_the_machine_alone_finds_the_copy() -> None:
    assert keys_of(Constraints()) == {frozenset({COPY_A.key, COPY_B.key}), frozenset({OTHER.key})}


def test_copies_that_a_person_keeps_apart_stay_apart() -> None:
    apart = frozenset({COPY_A.key, COPY_B.key})
    constraints = Constraints(apart=(apart,))
    assert len(keys_of(constraints)) == 3
    (conflict,) = stories.conflicts(SKETCHES, constraints)
    assert conflict.keys == apart and "whole sentences in common" in conflict.reason


def test_articles_that_a_person_puts_together_are_one_story() -> None:
    together = frozenset({COPY_A.key, OTHER.key})
    constraints = Constraints(together=(together,))
    (story,) = stories.group(SKETCHES, constraints)
    (member,) = (member for member in story.members if member.article_key == OTHER.key)
    assert (member.relation, member.reason) == (Relation.COPY, "put together by hand")
    (conflict,) = stories.conflicts(SKETCHES, constraints)
    assert conflict.keys == together and "put together by hand" in conflict.reason


def test_the_member_that_a_person_chose_is_shown() -> None:
    story = next(s for s in stories.group(SKETCHES, Constraints(shown=(COPY_B.key,))) if len(s.members) == 2)
    assert (story.shown, story.shown_because) == (COPY_B.key, "chosen by hand")


def test_of_decisions_that_contradict_each_other_the_latest_merge_holds_and_the_other_is_reported() -> None:
    a, b, c = COPY_A.key, COPY_B.key, OTHER.key
    constraints = Constraints(together=(frozenset({a, c}), frozenset({b, c})), apart=(frozenset({a, b}),))
    assert keys_of(constraints) == {frozenset({b, c}), frozenset({a})}
    reasons = [conflict.reason for conflict in stories.conflicts(SKETCHES, constraints)]
    assert any("other decisions keep their stories apart" in reason for reason in reasons)


def test_sets_of_several_keys_are_read_as_all_their_pairs() -> None:
    everything = (COPY_A.key, COPY_B.key, OTHER.key)
    assert keys_of(Constraints(together=(everything,))) == {frozenset(everything)}
    assert keys_of(Constraints(apart=(everything,))) == {frozenset({key}) for key in everything}
