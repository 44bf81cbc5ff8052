"""What decisions add up to: properties that hold for any row of decisions."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from aggregator.records import Decision, Verdict
from aggregator.replay import Wishes, lay, standing, undone, wishes
from tests.aggregator.samples import NOON

KEYS = ("a", "b", "c")


def decide(number: int, verdict: Verdict, *subjects: str) -> Decision:
    """Ana's decision of this number."""
    return Decision(id=number, campaign="sanctuary", verdict=verdict, subjects=subjects, by="Ana", at=NOON)


@st.composite
def histories(draw: st.DrawFn) -> list[Decision]:
    """A row of verdicts and of undoing of any of them, each undone at most once at a time."""
    taken: list[Decision] = []
    length: int = draw(st.integers(1, 12))
    for number in range(1, length + 1):
        open_ones = [0] + [one.id for one in taken if one.id not in undone(taken)]
        if target := draw(st.sampled_from(open_ones)):
            taken.append(decide(number, Verdict.UNDO, str(target)))
        else:
            verdict = draw(st.sampled_from([Verdict.ACCEPT, Verdict.REJECT, Verdict.LATER]))
            taken.append(decide(number, verdict, draw(st.sampled_from(KEYS))))
    return taken


@given(histories())
def test_undoing_the_last_decision_gives_the_state_before_it(taken: list[Decision]) -> None:
    before = standing(taken[:-1])
    undoing = decide(99, Verdict.UNDO, str(taken[-1].id))
    assert standing([*taken, undoing]) == before


@given(histories(), st.randoms())
def test_the_order_of_reading_does_not_matter(taken: list[Decision], chance: Random) -> None:
    shuffled = chance.sample(taken, len(taken))
    assert standing(shuffled) == standing(taken)
    assert lay(shuffled, KEYS) == lay(taken, KEYS)


@given(histories())
def test_decisions_about_others_change_nothing(taken: list[Decision]) -> None:
    others = [decide(one.id + 100, Verdict.ACCEPT, "elsewhere") for one in taken]
    assert lay([*taken, *others], ["a"]) == lay(taken, ["a"])


@given(histories())
def test_an_entry_of_one_article_stands_as_its_latest_standing_verdict_says(taken: list[Decision]) -> None:
    mine = [one for one in standing(taken) if one.subjects == ("a",)]
    assert lay(taken, ["a"]).verdict == (mine[-1] if mine else None)


def test_an_acceptance_holds_until_somebody_who_saw_it_says_otherwise() -> None:
    accepted = decide(1, Verdict.ACCEPT, "a")
    unaware = decide(2, Verdict.REJECT, "b")
    laid = lay([accepted, unaware], ["a", "b"])
    assert (laid.verdict, laid.overruled) == (accepted, unaware)
    aware = Decision(
        id=3, campaign="x", verdict=Verdict.REJECT, subjects=("b",), along=("a",), by="Ana", at=NOON
    )
    laid = lay([accepted, unaware, aware], ["a", "b"])
    assert (laid.verdict, laid.overruled) == (aware, None)


def test_of_two_wishes_about_a_pair_the_later_one_counts() -> None:
    merged = decide(1, Verdict.MERGE, "a", "b", "c")
    apart = decide(2, Verdict.KEEP_APART, "a", "b")
    assert wishes([merged, apart]) == Wishes(together=(("c", "a"), ("c", "b")), apart=(("a", "b"),))
    again = decide(3, Verdict.MERGE, "a", "b")
    assert wishes([merged, apart, again]).apart == ()
    assert ("a", "b") in wishes([merged, apart, again]).together


def test_who_merges_an_article_back_into_a_story_takes_back_all_of_its_split() -> None:
    split = replace(decide(1, Verdict.SPLIT, "a"), along=("b", "c"))
    assert wishes([split]).apart == (("a", "b"), ("a", "c"))
    assert wishes([split, decide(2, Verdict.MERGE, "a", "b")]).apart == ()
    assert wishes([split, decide(2, Verdict.MERGE, "b", "c")]).apart == (("a", "b"), ("a", "c"))


def test_a_later_split_takes_an_article_out_of_what_was_put_together() -> None:
    merged = decide(1, Verdict.MERGE, "a", "b", "c")
    split = replace(decide(2, Verdict.SPLIT, "a"), along=("b", "c"))
    (left,) = wishes([merged, split]).together
    assert set(left) == {"b", "c"}


def test_what_one_campaign_shows_is_no_wish_for_all() -> None:
    assert wishes([decide(1, Verdict.SHOW, "a")]).shown == ()
    assert wishes([replace(decide(1, Verdict.SHOW, "a"), campaign=None)]).shown == ("a",)
