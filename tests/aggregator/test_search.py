"""Articles are found again by their words: all that a rule finds are candidates, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from aggregator.matching import Matcher
from aggregator.matching.needs import AllOf, AnyOf, Need, Word, index_words, need_of, need_of_rule
from aggregator.records import Campaign, Mention
from aggregator.rejudge import index
from aggregator.rematching import rematch, try_rematch
from aggregator.rules import (
    And,
    AtLeast,
    Case,
    Hashtag,
    In,
    Near,
    Not,
    Or,
    Person,
    Phrase,
    Place,
    Rule,
    parse,
    show,
)
from aggregator.store import articles, search
from aggregator.store.pruning import prune
from aggregator.store.session import Store
from aggregator.store.tables import article_words
from crawler.records import Article, Part, Zone
from tests.aggregator.samples import CAMPAIGN, JUDGES, NOON, make_article, take_in

SCRAPS = (
    "sanctuary", "Sanctuary", "cities", "city's", "#SanctuaryCities", "＃ＬＰ２０１８", "U.S.", "US",
    "St. Louis", "Así", "asi\u0301", "京都議定書", "東京都", "กรุงเทพมหานคร", "日本", "Straße", "STRASSE",
    "don’t", "anti-immigrant", "immigrants", "naïve", "Jane Q. Doe", "Mayor Doe", "&amp;",
    "&eacute;t&eacute;", "sanc\u00adtuary", "x_1", "서울시장", "القاهرة", "ß", "1,000", "x" * 80,
)  # fmt: skip
GLUE = (" ", ", ", "\n\n", "", "-", "“", ". ")
TEXTS = st.lists(st.sampled_from(SCRAPS) | st.sampled_from(GLUE), max_size=24).map("".join)
WORDS = (
    "sanctuary", "sanctuary cities", "U.S.", "St Louis", "asi", "京都", "東京都", "กรุงเทพ", "日",
    "strasse", "don't", "immigra", "anti-immigrant", "été", "x_1", "서울", "القاهرة", "1,000", "x" * 80,
    "x" * 70, "naive",
)  # fmt: skip
OR_NOT = st.booleans()
TERMS: st.SearchStrategy[Rule] = (
    st.builds(
        Phrase, st.sampled_from(WORDS), st.sampled_from(Case), st.booleans(), st.booleans(), st.booleans()
    )
    | st.builds(Hashtag, st.sampled_from(["SanctuaryCities", "LP2018"]), st.booleans())
    | st.just(Person("Jane Doe"))
)
RULES: st.SearchStrategy[Rule] = st.recursive(
    TERMS,
    lambda inner: (
        st.builds(And, st.tuples(inner, inner))
        | st.builds(Or, st.tuples(inner, inner))
        | st.builds(Not, inner)
        | st.builds(In, st.sampled_from(Place), inner)
        | st.builds(Near, TERMS, TERMS, st.integers(0, 9), st.booleans())
        | st.builds(AtLeast, st.integers(1, 2), TERMS)
    ),
    max_leaves=5,
)
ZONES = st.sampled_from([Zone.CAPTION, Zone.LINK, Zone.FURNITURE, Zone.EMBEDDED])
ARTICLES = st.tuples(TEXTS, TEXTS, TEXTS, ZONES)
Told = tuple[str, str, str, Zone]


def make(number: int, headline: str, body: str, part: str, zone: Zone) -> Article:
    parts = (Part(zone=zone, text=part),) if part else ()
    return make_article(number, headline=headline or "Untitled", text=body, parts=parts)


def is_fulfilled(need: Need, words: set[str]) -> bool:
    """What the databases do, in plain Python."""
    match need:
        case Word(word, goes_on):
            return any(each.startswith(word) for each in words) if goes_on else word in words
        case AllOf(parts):
            return all(is_fulfilled(part, words) for part in parts)
        case AnyOf(parts):
            return any(is_fulfilled(part, words) for part in parts)


def finds(rule: Rule, article: Article) -> bool:
    (verdict,) = Matcher([Campaign(slug="c", name="C", rule=show(rule))]).judge(article)
    return isinstance(verdict, Mention)


@settings(max_examples=300, deadline=None)
@given(RULES, ARTICLES)
def test_whatever_a_rule_finds_has_the_words_that_it_needs(
    rule: Rule, told: tuple[str, str, str, Zone]
) -> None:
    article = make(1, *told)
    need = need_of_rule(rule)
    if need is not None and finds(rule, article):
        assert is_fulfilled(need, set(index_words(article)))


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(RULES, min_size=8, max_size=8), st.lists(ARTICLES, min_size=4, max_size=4))
def test_the_database_names_every_article_that_a_rule_finds(
    store: Store, rules: list[Rule], told: list[Told]
) -> None:
    with store.writing() as c:
        for number, each in enumerate(told):
            article = make(number, *each)
            articles.keep(c, replace(article, first_seen=NOON))
            search.keep(c, article.key)
    with store.reading() as c:
        kept = {key: each for batch in articles.every(c) for key, each in ((a.key, a) for a in batch)}
        words = {key: set(index_words(article)) for key, article in kept.items()}
        for rule in rules:
            if (need := need_of_rule(rule)) is not None:
                found = search.candidates(c, need)
                assert found == {key for key in kept if is_fulfilled(need, words[key])}
                assert found >= {key for key in kept if finds(rule, kept[key])}


@pytest.mark.parametrize("rule", ["NOT sanctuary", "*tuary", "*anctuar*", "lang:en", "sanctuary OR lang:en"])
def test_a_rule_without_a_word_that_must_stand_reads_everything(store: Store, rule: str) -> None:
    take_in(store, make_article(1), make_article(2, headline="Rain", text="It rains."))
    campaign = Campaign(slug="c", name="C", rule=rule)
    assert need_of(campaign) is None
    assert try_rematch(store, campaign, Matcher([campaign]), need_of(campaign)).looked_at == 2


def test_only_candidates_are_read_and_the_result_is_that_of_reading_all(store: Store) -> None:
    take_in(
        store, *(make_article(n, headline=f"Rain {n}", text="It rains.") for n in range(20)), make_article(30)
    )
    campaign = Campaign(slug="c", name="C", rule='title:"sanctuary cit*"')
    matcher = Matcher([campaign])
    few = try_rematch(store, campaign, matcher, need_of(campaign))
    every = try_rematch(store, campaign, matcher)
    assert (few.looked_at, every.looked_at, few.articles, every.articles) == (1, 21, 21, 21)
    assert few.gained == every.gained
    assert len(few.gained) == 1


def test_an_article_that_lost_its_words_is_still_judged_where_it_was_held(store: Store) -> None:
    take_in(store, make_article(1))
    other = replace(CAMPAIGN, pack=replace(CAMPAIGN.pack, names=("blizzard",), context=()))
    made = rematch(store, other, replace(JUDGES, matcher=Matcher), need_of(other))
    assert [each.article_key for each in made.lost] == [make_article(1).key]


def test_the_words_of_a_changed_article_are_those_of_its_new_version(store: Store) -> None:
    take_in(store, make_article(1, text="A blizzard."))
    take_in(store, make_article(1, text="A drought.", first_seen=NOON + timedelta(days=1)))
    with store.reading() as c:
        assert search.candidates(c, Word("blizzard")) == set()
        assert search.candidates(c, Word("drought")) == {make_article(1).key}
        assert len(c.execute(select(article_words)).all()) == 1


def test_a_page_that_says_again_what_it_said_is_found_by_its_record(store: Store) -> None:
    """Links beside the text may change without a new version; the record that is kept has the old ones."""
    link = Part(zone=Zone.LINK, text="https://example.org/blizzard")
    other = Part(zone=Zone.LINK, text="https://example.org/drought")
    take_in(store, make_article(1, text="Once.", parts=(link,)))
    take_in(store, make_article(1, text="Twice.", first_seen=NOON + timedelta(days=1)))
    take_in(store, make_article(1, text="Once.", parts=(other,), first_seen=NOON + timedelta(days=2)))
    with store.reading() as c:
        assert search.candidates(c, Word("blizzard")) == {make_article(1).key}
        assert search.candidates(c, Word("twice")) == set()
        assert search.candidates(c, Word("drought")) == set()


def test_words_go_with_their_article(store: Store) -> None:
    take_in(store, make_article(1, headline="Rain", text="It rains."), make_article(2))
    assert prune(store, NOON + timedelta(days=1)).articles == 1
    with store.reading() as c:
        assert search.candidates(c, Word("rains")) == set()
        if store.is_sqlite:
            found = c.execute(text("SELECT count(*) FROM words_found WHERE words_found MATCH 'rains'"))
            assert found.scalar() == 0


def test_articles_whose_words_are_not_kept_yet_are_candidates_until_they_are(store: Store) -> None:
    take_in(store, make_article(1), make_article(2, headline="Rain", text="It rains."))
    with store.writing() as c:
        search.forget(c, [make_article(1).key])
        c.execute(update(article_words).values(form=0))
    campaign = Campaign(slug="c", name="C", rule="blizzard")
    need = need_of(campaign)
    told: list[tuple[int, int]] = []
    assert try_rematch(store, campaign, Matcher([campaign]), need).looked_at == 2
    assert index(store, lambda done, of: told.append((done, of))) == 2
    assert told == [(2, 2)]
    assert try_rematch(store, campaign, Matcher([campaign]), need).looked_at == 0
    assert index(store) == 0


def test_words_are_written_with_their_article_or_not_at_all(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as c:
        articles.keep(c, make_article(1))
        search.keep(c, make_article(1).key)
        raise RuntimeError("the power is cut")
    with store.reading() as c:
        assert search.candidates(c, Word("sanctuary")) == set()


def test_a_campaign_that_asks_for_nothing_needs_an_article_that_there_is_not(store: Store) -> None:
    take_in(store, make_article(1))
    with store.reading() as c:
        assert need_of(Campaign(slug="c", name="C")) == AnyOf(())
        assert search.candidates(c, AnyOf(())) == set()


def test_a_rule_of_500_words_is_searched_for(store: Store) -> None:
    take_in(store, make_article(1))
    rule = parse(
        " OR ".join(f'"w{n} x{n}*"' for n in range(490)) + " OR (a AND (b OR (c AND d))) OR sanctuary"
    )
    with store.reading() as c:
        need = need_of_rule(rule)
        assert need is not None
        assert search.candidates(c, need) == {make_article(1).key}


def test_an_article_of_a_megabyte_of_different_words_is_found_by_each_of_them(store: Store) -> None:
    numbers = range(100_000, 240_000)
    take_in(store, make_article(1, text=" ".join(f"word{number}" for number in numbers)), make_article(2))
    with store.reading() as c:
        for number in numbers[:: len(numbers) // 9]:
            assert make_article(1).key in search.candidates(c, Word(f"word{number}"))
