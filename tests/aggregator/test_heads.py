"""Of a very large story a few members are enough: with these its entry stands as with all of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from aggregator.cases import Case, Rest
from aggregator.heads import make_desk
from aggregator.listing import make_entry
from aggregator.records import Decision, Entry, Member, Mention, Passage, Relation, Story, Tier, Verdict
from aggregator.replay import lay
from crawler.records import Article, Zone
from tests.aggregator.samples import CAMPAIGN, NOON, make_article

PREFERRING = replace(CAMPAIGN, preferred=("Outlet 3", "Outlet 5"))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A story of some members, of which each mentions the campaign in its way, did once, or does not."""
    found = [
        replace(
            make_article(number),
            wire_credit=draw(st.sampled_from((*[None] * 6, "AP"))),
            outlet=f"Outlet {draw(st.integers(1, 6))}",
            text=draw(st.sampled_from(("words", "words", ""))),
        )
        for number in range(draw(st.integers(2, 9)))
    ]
    tiers = {each.key: draw(st.sampled_from((None, None, *Tier))) for each in found}
    keys = [each.key for each in found]
    held = {key: mention(key, tier) for key, tier in tiers.items() if tier is not None}
    verdicts = draw(st.lists(st.sampled_from((Verdict.ACCEPT, Verdict.REJECT, Verdict.SHOW)), max_size=2))
    return Case(
        story=story(found, draw(st.sampled_from(keys))),
        articles={each.key: each for each in found},
        mentions=held,
        gone={key: "it says so no more" for key in held if draw(st.booleans())},
        decisions=[
            decide(number, verdict, draw(st.sampled_from(keys))) for number, verdict in enumerate(verdicts)
        ],
        updated={each.key: each.first_seen + timedelta(hours=draw(st.integers(0, 9))) for each in found},
        former={},
    )


def story(found: Sequence[Article], shown: str) -> Story:
    """The story of these articles."""
    members = [
        Member(article_key=each.key, relation=Relation.COPY, reason="", told=each.first_seen.isoformat())
        for each in found
    ]
    return Story(id="s", members=tuple(members), shown=shown, shown_because="")


def mention(key: str, tier: Tier) -> Mention:
    """That the article mentions the campaign."""
    told = Passage(zone=Zone.TEXT, text="words", marks=(), clause="name")
    return Mention(
        article_key=key, campaign=CAMPAIGN.slug, tier=tier, passages=(told,), reason=key, rules_version=1
    )


def decide(number: int, verdict: Verdict, key: str) -> Decision:
    """What somebody decided about one article."""
    return Decision(id=number + 1, campaign=None, verdict=verdict, subjects=(key,), by="Ana", at=NOON)


def only(case: Case, keys: set[str]) -> Case:
    """The case with only these members looked at, as far as it has them."""
    return replace(
        case,
        articles={key: each for key, each in case.articles.items() if key in keys},
        mentions={key: each for key, each in case.mentions.items() if key in keys},
        gone={key: each for key, each in case.gone.items() if key in keys},
        rest=Rest(found_at=case.all_of_it.found_at, updated_at=case.all_of_it.updated_at),
    )


def heads_of(case: Case) -> set[str]:
    """The members that matter, with those that are always looked at."""
    laid = lay(case.decisions, case.keys)
    return {*make_desk(PREFERRING, case, laid).heads, case.story.shown, *filter(None, [laid.shown])}


def plain(entry: Entry | None) -> Entry | None:
    """The entry without what is told of all members: carriers, and reasons of each."""
    return replace(entry, carriers=(), notices=()) if entry else None


@given(cases())
def test_the_members_that_matter_make_the_same_entry_as_all(case: Case) -> None:
    whole = plain(make_entry(PREFERRING, case))
    assert plain(make_entry(PREFERRING, only(case, heads_of(case)))) == whole


@given(cases())
def test_of_those_that_matter_and_a_newcomer_the_same_matter_as_of_all(case: Case) -> None:
    newest = case.story.members[-1].article_key
    before = only(case, set(case.keys) - {newest})
    shown = case.story.shown
    some = only(case, {*make_desk(PREFERRING, before, lay([], [])).heads, newest, shown})
    laid = lay(case.decisions, case.keys)
    assert make_desk(PREFERRING, some, laid) == make_desk(PREFERRING, case, laid)
