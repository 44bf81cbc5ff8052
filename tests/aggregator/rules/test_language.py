"""What the rule language reads, how it writes it again, and how it explains mistakes."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import RuleError
from aggregator.rules import (
    And,
    AtLeast,
    Case,
    Fact,
    Field,
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

A, B, C = Phrase("alpha"), Phrase("beta"), Phrase("gamma")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("alpha", A),
        ('"alpha beta"', Phrase("alpha beta")),
        ("“alpha beta”", Phrase("alpha beta")),
        ("alpha beta", And((A, B))),
        ("alpha AND beta OR gamma", Or((And((A, B)), C))),
        ("alpha and beta or gamma", Or((And((A, B)), C))),
        ("alpha | beta", Or((A, B))),
        ("alpha (beta OR gamma)", And((A, Or((B, C))))),
        ("alpha -beta", And((A, Not(B)))),
        ("alpha NOT beta", And((A, Not(B)))),
        ("alpha AND NOT beta", And((A, Not(B)))),
        ("alpha NEAR/4 beta", Near(A, B, 4)),
        ("alpha NEAR beta", Near(A, B, 4)),
        ("alpha AROUND(3) beta", Near(A, B, 3)),
        ("alpha w/5 beta", Near(A, B, 5)),
        ("alpha BEFORE/2 beta", Near(A, B, 2, ordered=True)),
        ("alpha ONEAR/2 beta", Near(A, B, 2, ordered=True)),
        ('"alpha beta"~10', Near(A, B, 10)),
        ("#LP2018", Hashtag("LP2018")),
        ("＃LP2018", Hashtag("LP2018")),
        ("words:#LP2018", Hashtag("LP2018", split=True)),
        ("title:alpha", In(Place.TITLE, A)),
        ("intitle:(alpha OR beta)", In(Place.TITLE, Or((A, B)))),
        ("case:ICE", Phrase("ICE", case=Case.MATCH)),
        ('name:"Local Progress"', Phrase("Local Progress", case=Case.NAME)),
        ("accents:Así", Phrase("Así", accents=True)),
        ("immigra*", Phrase("immigra", open_end=True)),
        ("*asyl*", Phrase("asyl", open_start=True, open_end=True)),
        ('person:"Jane Doe"', Person("Jane Doe")),
        ("京都 OUTSIDE (東京都 OR 東京都庁)", Phrase("京都", outside=("東京都", "東京都庁"))),
        ("ATLEAST/3 alpha", AtLeast(3, A)),
        ("outlet:(alpha OR beta)", Or((Fact(Field.OUTLET, "alpha"), Fact(Field.OUTLET, "beta")))),
        ("-site:www.Example.org/", Not(Fact(Field.DOMAIN, "example.org"))),
        ("lang:es-MX", Fact(Field.LANG, "es")),
        ("country:us", Fact(Field.COUNTRY, "US")),
        ("scope:press-release", Fact(Field.SCOPE, "press-release")),
        ("before:2017-04-01", Fact(Field.BEFORE, "2017-04-01")),
        ("android order", And((Phrase("android"), Phrase("order")))),
        ("anti-immigrant", Phrase("anti-immigrant")),
    ],
)
def test_a_rule_is_read_as_its_writer_meant_it(text: str, rule: Rule) -> None:
    assert parse(text) == rule
    assert parse(show(rule)) == rule


@pytest.mark.parametrize(
    ("text", "column", "meant"),
    [
        ("", 1, "the rule is empty"),
        ("alpha AND", 7, "AND needs something after it"),
        ("AND alpha", 1, "AND needs something on both sides"),
        ("alpha OR OR beta", 10, "OR needs something on both sides"),
        ("(alpha", 1, "this bracket is never closed; add )"),
        ("alpha)", 6, "this bracket was never opened"),
        ("()", 2, "there is nothing between the brackets"),
        ('alpha "beta', 7, "this quotation mark is never closed"),
        ("titel:alpha", 1, "did you mean title:"),
        ("scope:nationl", 1, "did you mean national"),
        ("alpha NEAR5 beta", 7, "did you mean NEAR/5?"),
        ("alpha NEAR/3 (beta AND gamma)", 7, "AND, NOT and fields go outside"),
        ("alpha NEAR/5000 beta", 7, "5000 words is too far"),
        ("im* alpha", 1, "im* would find too much"),
        ("im*gra", 3, "a * may stand only at the beginning or end"),
        ("before:yesterday", 1, "write it as 2017-03-28"),
        ("lang:english", 1, "write lang:en"),
        ("site:nbc", 1, "write domain:nbcnews.com"),
        ("10:30", 3, 'words with a colon go in quotation marks: "10:30"'),
        ("alpha # beta", 7, "a hashtag needs letters or digits"),
        ("alpha #beta♥", 12, "a hashtag ends before ♥"),
        ("alpha \x00", 7, "the character U+0000 cannot be seen"),
        ("alpha " * 2000, 10_001, "longer than 10,000 characters"),
        ("NOT " * 60 + "alpha", 1, "more than 50 deep"),
        ('"..."', 2, "nothing to look for"),
        ("words:alpha", 1, "words: wants a hashtag"),
        ("ingress:alpha", 1, "ingress: is not known here"),
        ("person:alpha*", 1, 'person: wants a name: person:"Jane Doe"'),
        ("case:outlet:alpha", 1, "case: wants a word"),
        ("alpha OUTSIDE #beta", 1, "OUTSIDE stands between words"),
        ('alpha outlet:"nbc news"~3', 7, "outlet: takes no NEAR, ~ or ATLEAST"),
        ("author:(Jane NEAR/2 Doe)", 1, "author: takes no NEAR, ~ or ATLEAST"),
        ("NOT lang:(en OR ATLEAST/2 es)", 5, "lang: takes no NEAR, ~ or ATLEAST"),
    ],
)
def test_a_mistake_is_explained_at_its_column(text: str, column: int, meant: str) -> None:
    with pytest.raises(RuleError) as error:
        parse(text)
    assert error.value.column == column
    assert meant in error.value.message
    assert "\n" not in str(error.value)


WORDS = st.text("abcxyzABCéñßøİığ017_京難民нёג한א", min_size=4, max_size=9).filter(
    lambda word: word[0] != "_"
)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
LEAVES = st.one_of(
    st.builds(
        Phrase,
        PHRASES,
        st.sampled_from(Case),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.lists(PHRASES, max_size=2).map(tuple),
    ),
    st.builds(Hashtag, WORDS, st.booleans(), st.sampled_from(Case), st.booleans()),
    st.builds(Person, PHRASES),
)
MEASURABLE = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Near, inner, inner, st.integers(0, 1000), st.booleans())
    ),
    max_leaves=6,
)
FACTS = st.one_of(
    st.builds(Fact, st.sampled_from([Field.AUTHOR, Field.OUTLET]), PHRASES),
    st.builds(Fact, st.just(Field.BEFORE), st.dates().map(str)),
    st.just(Fact(Field.DOMAIN, "example.org")),
)
RULES: st.SearchStrategy[Rule] = st.recursive(
    MEASURABLE | FACTS | st.builds(AtLeast, st.integers(1, 99), MEASURABLE),
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, inner),
        st.builds(In, st.sampled_from(Place), inner),
    ),
    max_leaves=8,
)


@given(RULES)
def test_a_rule_and_its_printed_form_are_the_same_tree(rule: Rule) -> None:
    assert parse(show(rule)) == rule


PIECES = ["(", ")", '"', "“", "a", "abc", "abc*", "*", "?", " ", "AND", "OR", "NOT", "-", "|", "&", "NEAR/3"]
PIECES += ["NEAR", "#", "title:", "foo:", ":", "before:", "ATLEAST/2", "OUTSIDE", "~5", "\x00", "\ud800"]
PIECES += ["\u202e", "京", "\n", "a" * 900]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


@given(HOSTILE | st.text())
def test_a_hostile_rule_is_read_or_explained(text: str) -> None:
    began = time.perf_counter()
    try:
        rule = parse(text)
    except RuleError as error:
        assert 1 <= error.column <= max(len(text), 10_000) + 1
    else:
        assert parse(show(rule)) == rule
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "piece",
    ["(", "a AND ", "NOT ", "a NEAR/2 ", '"', "title:", "a|", "(a ", "a* ", "#a ", "-", "a OUTSIDE ", "((a)"],
)
def test_giant_rules_take_no_longer_than_a_blink(piece: str) -> None:
    for times in (500, 9_999 // len(piece), 100_000):
        began = time.perf_counter()
        with contextlib.suppress(RuleError):
            parse(piece * times)
        assert time.perf_counter() - began < 1
