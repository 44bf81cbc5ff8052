"""The learnt order helps a reviewer, says why, and neither loses an entry nor decides about one."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.records import Mention, Passage, Tier
from aggregator.relevance import FEWEST, FEWEST_OF_EACH, Signs, Taste, likely_first
from crawler.records import Zone

OUTLETS = ("NBC News", "City Ledger", "Sports Daily", "Aggregator")


def entry(
    outlet: str = "NBC News",
    tier: Tier = Tier.NAMES_US,
    headline: str = "Mayors meet on sanctuary",
    clause: str = "host Local Progress",
    reason: str = "names us",
) -> Signs:
    passage = Passage(zone=Zone.TEXT, text="Local Progress met.", marks=((0, 14),), clause=clause)
    mention = Mention(
        article_key="k", campaign="c", tier=tier, passages=(passage,), reason=reason, rules_version=1
    )
    return Signs(tier=tier, outlet=outlet, headline=headline, mention=mention)


def stream(count: int, seed: int) -> list[Signs]:
    """Entries as they come in."""
    random = Random(seed)
    return [
        entry(
            random.choice(OUTLETS),
            random.choice([Tier.NAMES_US, Tier.COVERS_EVENT]),
            random.choice(["Mayors meet on sanctuary", "Weekend calendar", "Ten teams to watch"]),
            random.choice(["host Local Progress", "hashtag #SeekingSanctuary"]),
            random.choice(["names us", "names us; second-hand: it cites NBC News"]),
        )
        for _ in range(count)
    ]


def would_accept(one: Signs, random: Random) -> bool:
    """A reviewer with a taste who is wrong once in ten."""
    told = one.mention.reason if one.mention else ""
    likes = one.outlet in OUTLETS[:2] and "calendar" not in one.headline
    likes = likes and ("second-hand" not in told or one.outlet == "NBC News")
    return likes ^ (random.random() < 0.1)


def precision_of_first(ordered: list[Signs], most: int) -> float:
    wanted = Random(0)
    return sum(would_accept(one, wanted) for one in ordered[:most]) / most


def test_the_order_puts_what_a_reviewer_wants_before_what_she_does_not() -> None:
    reviewer = Random(3)
    decided = [(one, would_accept(one, reviewer)) for one in stream(80, seed=1)]
    taste = Taste([one for one, yes in decided if yes], [one for one, yes in decided if not yes])
    waiting = {str(number): one for number, one in enumerate(stream(200, seed=2))}
    ordered = [waiting[each] for each in likely_first(list(waiting), waiting, taste)]
    first, usual = precision_of_first(ordered, 50), precision_of_first(list(waiting.values()), 50)
    assert first > 0.6 > 0.4 > usual
    assert precision_of_first(ordered[::-1], 50) < 0.2


def test_each_entry_is_told_why_in_words() -> None:
    accepted = [entry() for _ in range(9)] + [entry("City Ledger") for _ in range(6)]
    rejected = [entry()] + [entry("Sports Daily", headline="Ten teams to watch") for _ in range(8)]
    taste = Taste(accepted, rejected)
    assert taste.is_known
    assert "higher: 9 of 10 from NBC News were accepted" in taste.judge(entry()).reasons
    low = taste.judge(entry("Sports Daily", headline="Ten teams to watch"))
    assert "lower: 0 of 8 from Sports Daily were accepted" in low.reasons
    assert low.score < taste.judge(entry()).score
    assert taste.judge(entry("Never Seen", headline="Unheard")).reasons == ()


def test_it_begins_only_after_decisions_enough_of_both_kinds() -> None:
    assert not Taste([entry()] * FEWEST, []).is_known
    assert not Taste([entry()] * (FEWEST - FEWEST_OF_EACH - 1), [entry()] * FEWEST_OF_EACH).is_known
    begun = Taste([entry()] * (FEWEST - FEWEST_OF_EACH), [entry()] * FEWEST_OF_EACH)
    assert begun.is_known
    assert "so far there are 7 accepted and 2 rejected" in Taste([entry()] * 7, [entry()] * 2).told


IDS = st.lists(st.integers(0, 40).map(str), unique=True, max_size=30)


@settings(max_examples=60)
@given(IDS, st.integers(0, 99))
def test_no_entry_is_ever_dropped_or_shown_twice(ids: list[str], seed: int) -> None:
    seen = stream(41, seed)
    taste = Taste(seen[:20], seen[20:])
    known = {each: seen[int(each)] for each in ids if int(each) % 5}
    ordered = likely_first(ids, known, taste)
    assert sorted(ordered) == sorted(ids)
    assert ordered == likely_first(ids, known, taste)
