"""What a rule finds in an article, and what holds for every rule and every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import Matcher
from aggregator.records import Campaign, Mention
from aggregator.rules import And, Case, Near, Not, Or, Phrase, Rule, show
from crawler.records import Article, Zone
from crawler.text import fold
from tests.aggregator.matching.sanctuary import OUTLETS, article


def holds(rule: Rule | str, piece: Article) -> Mention | None:
    text = rule if isinstance(rule, str) else show(rule)
    (verdict,) = Matcher([Campaign(slug="c", name="C", rule=text)], OUTLETS).judge(piece)
    return verdict if isinstance(verdict, Mention) else None


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ('"Janus v. AFSCME"', "In Janus v AFSCME the court ruled.", True),
        ('"St Louis"', "In St. Louis, it rained.", True),
        ("U.S.", "The U.S. won.", True),
        ("U.S.", "The US won.", True),
        ("U.S.", "It is for us.", False),
        ('"Washington DC"', "in Washington D.C. today", True),
        ('"US Steel"', "U.S. Steel said", True),
        ("2018", "في ٢٠١٨", True),
        ("Chicago", "Chicago’s mayor", True),
        ("women", "women’s rights", True),
        ("workers", "the workers' party", True),
        ("Kirchenasyl", "Kirchenasylbewegung", False),
        ("*asyl*", "Landeskirchenasylbewegung", True),
        ("immigra*", "Immigrants came.", True),
        ("case:ICE", "Ice melts; ICE raids.", True),
        ("case:ICE", "Ice melts.", False),
        (
            "#難民とともに",
            "https://twitter.com/hashtag/%E9%9B%A3%E6%B0%91%E3%81%A8%E3%81%A8%E3%82%82%E3%81%AB",
            True,
        ),
        ("#été", "https://twitter.com/search?q=%23%C3%A9t%c3%a9&src=typd", True),
        ("#été", "https://twitter.com/search?q=%23%C3%A9t%C3%A9s", False),
        ("été", "100%C3 %ED%A0%80 %25", False),
        ("case:It", "It was it.", True),
        ("case:It", "Make it so.", False),
        ("case:#IranDeal", "the #iranDeal", False),
        ('צה"ל', "צה״ל הודיע", True),
        ('"צה"ל הודיע"', "היום צה”ל הודיע", True),
        ("accents:sınır", "SINIR KAPISI", True),
        ("accents:sınır", "SİNİR", False),
        ("京都 OUTSIDE 東京都", "東京都で開催", False),
        ("京都 OUTSIDE 東京都", "東京都は京都と協力", True),
        ("일", "일", True),
        ("alpha NEAR/2 beta", "beta one, two alpha", True),
        ("alpha NEAR/2 beta", "alpha one two three beta", False),
        ("alpha NEAR/3 beta", "alpha 1,000 don't U.S. beta", True),
        ("alpha NEAR/2 beta", "alpha 京都京都 beta", True),
        ("alpha NEAR/1 beta", "alpha 京都京都 beta", False),
        ("alpha BEFORE/2 beta", "alpha one beta", True),
        ("alpha BEFORE/2 beta", "beta one alpha", False),
        ("(alpha NEAR/1 beta) NEAR/3 gamma", "beta x alpha one two three gamma", True),
        ("ATLEAST/3 alpha", "alpha alpha alpha", True),
        ("ATLEAST/3 alpha", "alpha alpha", False),
        ("words:#SeekingSanctuary", "seeking sanctuary", True),
        ("#SeekingSanctuary", "seeking sanctuary", False),
        ("alpha -beta", "alpha", True),
        ("alpha -beta", "alpha beta", False),
        ("NOT beta", "alpha", True),
        ('person:"Jane Doe"', "Mayor Doe said.", True),
        ('person:"Jane Doe"', "J. Doe said.", True),
        ('person:"Jane Doe"', "Jane Q. Doe said.", True),
        ('person:"Jane Doe"', "John Doe said.", False),
        ('person:"Jane Doe"', "Jane (Jay) Doe said.", True),
        ('person:"Jane Doe"', "Mayor-elect Doe said.", True),
        ('person:"Jane Doe"', "They elect Doe.", False),
        ('person:"Jane Doe"', "Jane met Mr. Doe's dog.", True),
        ('person:"Bill de Blasio"', "Mayor de Blasio", True),
        ('person:"Jane Doe"', "Jane d’Arc Doe said.", True),
        ('person:"Jane Doe"', "Jane met Doe.", False),
        ('person:"Jane Doe"', "Bundeskanzlerin Doe, statsminister Doe", True),
        ('person:"Jane Doe"', "Chancellor Doe", True),
        ('person:"Иван Петров"', "мэр Петров сказал", True),
        ('person:"Κώστας Παππάς"', "ο πρωθυπουργός Παππάς", True),
        ('person:"नरेन्द्र मोदी"', "प्रधानमंत्री मोदी ने", True),
        ("#नदी_बचाओ", "आज #नदी_बचाओ अभियान", True),
        ("#नदी", "आज #नदीबचाओ अभियान", False),
        ("#नद", "आज #नदी अभियान", False),
        (
            "#গণতন্ত্র",
            "https://twitter.com/hashtag/%E0%A6%97%E0%A6%A3%E0%A6%A4%E0%A6%A8%E0%A7%8D%E0%A6%A4%E0%A7%8D%E0%A6%B0",
            True,
        ),
        ("#தமிழ்", "இன்று #தமிழ்நாடு", False),
        ("#ประชาธิปไตย", "วันนี้ #ประชาธิปไตย นะ", True),
        ("#ประชาธิปไตย", "วันนี้ #ประชาธิปไตยของเรา", False),
        ("#မြန်မာ", "ယနေ့ #မြန်မာ", True),
        ("#العَرَبِيَّة", "اليوم #العربية", True),
        ("#می‌آییم", "امروز #میآییم", True),
        ("words:#हिंदी_दिवस", "हिंदी दिवस मनाया", True),
        ("words:#G20Summit", "the G20 summit", True),
        ("words:#LP2018Now", "LP 2018 now", True),
        ("#Alpha", "https://www.instagram.com/explore/tags/alpha/", True),
        ("#Alpha", "https://www.tiktok.com/tag/alphabet", False),
        ("Doe", "Doe™ said", True),
        ("case:ICE", "ɪᴄᴇ raids", True),
        ('"first part second part"', "first part\n\nsecond part", False),
        ('"first part second part"', "first part\nsecond part", True),
    ],
)
def test_a_rule_finds_what_its_writer_means(rule: str, text: str, found: bool) -> None:
    assert (holds(rule, article(text)) is not None) is found


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("title:budget", True),
        ("title:alpha", False),
        ("text:alpha", True),
        ("text:budget", False),
        ('author:"Jane Doe"', True),
        ("author:Smith", False),
        ('outlet:"nbc news"', True),
        ("outlet:nbc-news", True),
        ("source:nbc_news", True),
        ("domain:nbcnews.com", True),
        ("domain:bcnews.com", False),
        ("lang:en", True),
        ("country:US", True),
        ("scope:local", False),
        ("after:2017-03-27", True),
        ("after:2017-03-28", False),
        ("before:2017-03-29", True),
        ("link:example.org", True),
        ("example.org", False),
        ("title:(NOT alpha) AND alpha", True),
    ],
)
def test_a_field_asks_for_its_part_of_the_article(rule: str, found: bool) -> None:
    link = (Zone.LINK, "https://example.org/alpha")
    piece = article("alpha", "City budget talks go on", link, authors=("Jane Doe",))
    assert (holds(rule, piece) is not None) is found


def test_a_hashtag_counts_in_a_link_unless_the_rule_asks_for_another_part() -> None:
    piece = article("A text.", "A headline", (Zone.LINK, "https://twitter.com/hashtag/alpha"))
    assert holds("#alpha", piece) and holds("link:#alpha", piece)
    assert holds("title:#alpha", piece) is None and holds("text:#alpha", piece) is None


def test_what_a_summary_repeats_of_the_text_is_counted_once() -> None:
    said = article("Here alpha stands. Then beta.", "A headline", (Zone.QUOTE, "Here alpha stands."))
    assert holds("ATLEAST/1 alpha", said) and holds("ATLEAST/2 alpha", said) is None
    twice = article("Here alpha stands.", "The alpha headline")
    assert holds("ATLEAST/2 alpha", twice)


SCRAPS = [
    "alpha",
    "Beta",
    "GAMMA",
    "alphabet",
    "bétà",
    "al\u00adpha",
    "&alpha;",
    "ａｌｐｈａ",
    "#alpha",
    "alpha’s",
]
SCRAPS += [
    "京都",
    "東京都",
    " ",
    "\u00a0",
    "-",
    ". ",
    ", ",
    "\n",
    "\n\n",
    "“",
    "”",
    "'",
    "\u200b",
    "İ",
    "ß",
    "e\u0301",
]
TEXTS = st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join)
TERMS = st.sampled_from(["alpha", "beta", "gamma", "alpha beta", "京都"])
RULES: st.SearchStrategy[Rule] = st.recursive(
    st.builds(Phrase, TERMS, st.sampled_from(Case), st.booleans()),
    lambda inner: (
        st.builds(And, st.tuples(inner, inner))
        | st.builds(Or, st.tuples(inner, inner))
        | st.builds(Not, inner)
    ),
    max_leaves=5,
)


@given(RULES, TEXTS)
def test_not_is_the_complement(rule: Rule, text: str) -> None:
    assert (holds(rule, article(text)) is None) is (holds(Not(rule), article(text)) is not None)


@given(TERMS, TEXTS)
def test_marks_cut_out_what_was_found(term: str, text: str) -> None:
    found = holds(Phrase(term), article(text))
    for passage in found.passages if found else ():
        assert passage.text in text
        assert passage.marks
        for start, end in passage.marks:
            assert fold(passage.text[start:end]).replace("-", " ").split() == term.split()


@given(TERMS, TEXTS)
def test_folding_changes_nothing_that_a_term_finds(term: str, text: str) -> None:
    if "\n\n" not in text and "&" not in text:
        assert (holds(Phrase(term), article(text)) is None) is (
            holds(Phrase(term), article(fold(text))) is None
        )


@given(TEXTS, st.integers(0, 4))
def test_near_is_the_same_both_ways_round(text: str, distance: int) -> None:
    one, other = Phrase("alpha"), Phrase("beta")
    there, back = Near(one, other, distance), Near(other, one, distance)
    assert (holds(there, article(text)) is None) is (holds(back, article(text)) is None)
