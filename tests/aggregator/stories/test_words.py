"""Words compare whatever the style, the marks and the damage; quotations and sentences are known."""

import pytest

from aggregator.stories import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S. Senate’s vote", "the US Senates vote"),
        ("It’s 5% of 1,000", "Its 5 percent of 1000"),
        ("5 per cent", "5%"),
        ("Así reacciona la Conferencia", "asi reacciona la conferencia"),
        ("donâ€™t", "don’t"),
        ("AT&amp;T", "AT&T"),
        ("Governor Smith, February 3", "Gov. Smith, Feb. 3"),
        ("colour of the organisations' centres", "color of the organizations' centers"),
        ("\u202bשלום\u202c עולם", "שלום עולם"),
        ("de\u2060mo\u200ecracy now", "democracy now"),
        ("कि\u200dसान", "किसान"),
        ("كـتاب", "كتاب"),
        ("Tramwaj na Białołękę", "Tramwaj na Bialoleke"),
        ("Kadıköy’ün ışığı, Straße, Ærø", "Kadikoyun isigi, Strasse, Aero"),
        ("a\u00adcross the bor\u200bder", "across the border"),
    ],
)
def test_styles_and_damage_make_no_difference(one: str, other: str) -> None:
    assert words.read(one).words.tolist() == words.read(other).words.tolist()


def test_other_words_and_other_numbers_are_different() -> None:
    assert words.read("2.31 dollars").words.tolist() != words.read("2.41 dollars").words.tolist()


def test_sentences_start_after_marks_and_at_paragraphs() -> None:
    text = words.read("One two three. “Four five,” six. Seven\n\nEight U.S. nine? Ten 2.5 eleven")
    assert text.starts.tolist() == [0, 3, 6, 7, 10]


def test_quoted_words_are_marked_until_the_quotation_or_the_paragraph_ends() -> None:
    text = words.read('He said “one two” three "four" five.\n“six\nseven')
    quoted = ((text.words & words.QUOTED) != 0).tolist()
    assert quoted == [False, False, True, True, False, True, False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Er sagte „eins zwei“ drei.",
        "Er sagte »eins zwei« drei.",
        "Il dit « un deux » trois.",
        "Ele disse “um dois” três.",
        "On powiedział „raz dwa” trzy.",
        "彼は「一二」三",
    ],
)
def test_each_country_has_its_quotation_marks(text: str) -> None:
    read = words.read(text)
    quoted = ((read.words & words.QUOTED) != 0).tolist()
    assert quoted == [False, False, True, True, False]


def test_a_sentence_ends_at_the_stop_of_its_script() -> None:
    assert words.read("एक दो। तीन चार। पांच").starts.tolist() == [0, 2, 4]
    assert words.read("ما هذا؟ نعم").starts.tolist() == [0, 2]
    assert words.read("停戦だ！合意か？はい。").starts.tolist() == [0, 3, 6]


@pytest.mark.parametrize("text", ["ที่ประชุมเมื่อวันนี้", "がんばって、ピアノで", "किसानों की बैठक", "မြန်မာနိုင်ငံ"])
def test_vowel_signs_and_voicing_marks_end_no_sentence(text: str) -> None:
    assert words.read(text).starts.tolist() == [0]


def test_numbers_are_marked() -> None:
    text = words.read("Room 12 of 40")
    assert ((text.words & words.NUMBER) != 0).tolist() == [False, True, False, True]


def test_scripts_without_blanks_give_a_word_a_sign() -> None:
    assert len(words.read("停戦の合意").words) == 5
