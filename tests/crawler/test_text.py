"""What two spellings have in common, where words and sentences stand, and what markup says."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import Form, Words, fold, fold_characters, one_line, plain, sentences, words
from crawler.text.folding import same_letters

AWKWARD = st.lists(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "aAéÉßİIıŁ'’“”-–\u00ad\u200b\u200f\u0301\u0308&;#＃. \n\u00a0京が\u3099한ก่أ\u0654ـﬁ…𝐒"
        ),
        st.sampled_from(
            ["&amp;", "&#8217;", "&nbsp;", "e\u0301", "ｶﾞ", "\u1112\u1161\u11ab", "%23", "%C3%A9", "%E4"]
        ),
    )
).map("".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Así", "asi"),
        ("Así", "ASI\u0301"),
        ("＃ＳｅｅｋｉｎｇSanctuary", "#seekingsanctuary"),
        ("#𝐒𝐞𝐞𝐤𝐢𝐧𝐠", "#seeking"),
        ("Seeking\u00adSanctuary", "Seeking\u200bSanctuary"),
        ("\u200f#Seeking\u200f", "#seeking"),
        ("Women’s", "WOMEN'S"),
        ("Women&#8217;s", "Womenʼs"),
        ("anti‑immigrant", "anti–immigrant"),
        ("Local\u00a0Progress", "Local\n\u2009Progress"),
        ("Straße", "STRASSE"),
        ("ﬁrst", "first"),
        ("Wałęsa", "Walesa"),
        ("Diyarbakır", "DİYARBAKIR"),
        ("الهِجْرَة", "الهجـــرة"),
        ("أوقفوا", "اوقفوا"),
        ("ёлка", "Елка"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_what_people_hold_to_be_the_same_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("й", "и"), ("हिन्दी", "हन्द"), ("Iran", "Irak")])
def test_different_letters_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_turkish_i_stays_apart_where_accents_are_kept() -> None:
    border = words("sınır", Form.ACCENTS_KEPT)
    assert same_letters(border, words("SINIR", Form.ACCENTS_KEPT))
    assert not same_letters(border, words("sinir", Form.ACCENTS_KEPT))
    assert not same_letters(border, words("SİNİR", Form.ACCENTS_KEPT))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("“Sanctuary” cities", " sanctuary cities "),
        ("plot 'sanctuary' policy", " plot sanctuary policy "),
        ("Women’s March", " women ' s march "),
        ("l’égalité", " l ' egalite "),
        ("Janus v. AFSCME, 2018", " janus v . afscme , 2018 "),
        ("#A#B", " # a # b "),
        ("京都市でFBIが", " 京 都 市 で fbi が "),
        ("ง่าย", " ง่ า ย "),
        ("LP_2018", " lp_2018 "),
        ("", " "),
    ],
)
def test_words_are_cut_as_their_script_cuts_them(text: str, cut: str) -> None:
    assert words(text) == cut


@given(AWKWARD)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text.replace("&", ""))
    assert fold(once) == once


@given(AWKWARD, st.sampled_from(Form))
def test_the_map_leads_every_folded_character_back(text: str, form: Form) -> None:
    folded = fold_characters(text, form)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))
    assert " ".join(folded.text.split()) == fold(text) or form is not Form.LOOSE


@pytest.mark.parametrize("form", Form)
def test_every_character_is_the_same_word_alone_and_among_others(form: Form) -> None:
    """However few or many kinds of character a text has, which decides how it is folded."""
    every = [
        character for code in range(0x3000) if (character := chr(code)).strip() and character not in "&'"
    ]
    alone = [word for character in every for word in words(f"x {character} x", form).split()[1:-1]]
    assert words(" ".join(every), form).split() == alone


@given(AWKWARD, st.integers(1, 60))
def test_a_long_text_is_cut_as_a_short_one(text: str, times: int) -> None:
    found = Words(f"{text} pad " * times * 10)
    numbers = [n for n, word in enumerate(found.text.split()) if word == "pad"]
    assert all(found.original[slice(*found.span(n, n))] == "pad" for n in numbers[-3:] + numbers[:3])


@given(AWKWARD, st.sampled_from(Form))
def test_every_word_is_cut_out_of_the_original(text: str, form: Form) -> None:
    found = Words(text, form)
    for number, word in enumerate(found.text.split()):
        start, end = found.span(number, number)
        whole = words(text[start:end], form).split()
        assert word == "'" or word in "".join(whole)


def test_a_place_among_the_words_leads_to_its_word() -> None:
    found = Words("The “Seeking\u00a0Sanctuary” con&shy;vening")
    number = found.text.split().index("seeking")
    start, end = found.span(number, number + 1)
    assert found.original[start:end] == "Seeking\u00a0Sanctuary"


@given(AWKWARD)
def test_sentences_hold_everything_but_blanks(text: str) -> None:
    spans = sentences(text)
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mr. Smith met Sen. J. Doe on Jan. 5. He left.",
            ["Mr. Smith met Sen. J. Doe on Jan. 5.", "He left."],
        ),
        ("“Great!” he said. “No.” Then", ["“Great!” he said.", "“No.”", "Then"]),
        ("It cost $1.5 million. See example.org today", ["It cost $1.5 million.", "See example.org today"]),
        ("京都で開催。東京も。", ["京都で開催。", "東京も。"]),
        ("Heading\n\nText of it", ["Heading", "Text of it"]),
        ("El Sr. Pérez llegó. ¿Quién vino?", ["El Sr. Pérez llegó.", "¿Quién vino?"]),
        ("one line\nthe next", ["one line\nthe next"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>two&nbsp;three</p>", "One two three"),
        ("<b>Sanc</b>tuary", "Sanctuary"),
        ("AT&amp;T &amp;#8217;17", "AT&T ’17"),
        ("&lt;p&gt;Hi <em>there</em>&lt;/p&gt;", "Hi there"),
        ("a < b and c > d, I <3 you", "a < b and c > d, I <3 you"),
        ('<a title="x > y" href=q>link</a>!', "link!"),
        ("<script>alert('no')</script>yes<style>p{}</style>", "yes"),
        ("cut <a href=", "cut"),
        ("shares of <AAPL> rose", "shares of <AAPL> rose"),
        ("<![CDATA[Hello]]>", "Hello]]>"),
        ("no markup", "no markup"),
    ],
)
def test_plain_gives_what_a_reader_sees(markup: str, text: str) -> None:
    assert plain(markup) == text


@given(AWKWARD)
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert one_line(line) == line


@pytest.mark.parametrize(
    "piece", ["<", "<a", "<a b='", "<!--", "&", "<script>", "</script", '<a b="c>', "..", "\n\t", "e\u0301"]
)
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    hostile = piece * 50_000
    began = time.perf_counter()
    plain(hostile)
    sentences(hostile)
    words(hostile)
    assert time.perf_counter() - began < 5
