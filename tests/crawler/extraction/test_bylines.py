"""Who signed: what stands behind "by" in running text is seldom a name, and who comments signed nothing."""

import pytest

from crawler.extraction import extract
from crawler.extraction.byline import may_sign, names_in
from crawler.outlets import Directory
from crawler.records import Article
from tests.crawler.extraction.test_certainty import page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe, Executive Editor", ["Jane Doe"]),
        ("Autor/in: Jana Muster", ["Jana Muster"]),
        ("Autor*innen: Jana Muster und Max Probe", ["Jana Muster", "Max Probe"]),
        ("Gastbeitrag von Jana Muster", ["Jana Muster"]),
        ("durch Jana Muster", ["Jana Muster"]),
        ("Von Jana Muster Illustration von Max Probe", ["Jana Muster"]),
        ("Jane Doe, 10:08 am", ["Jane Doe"]),
        ("Jane Doe, Coast News Aug. 19", ["Jane Doe", "Coast News"]),
        ("Jane Doe · March 16, 2020", ["Jane Doe"]),
        ("so Artikel empfehlen", []),
        ("Learn more about flagging media", []),
        ("Ludwig van der Rohe", ["Ludwig van der Rohe"]),
        ("jane-doe", ["jane-doe"]),
        ("민수 김", ["민수 김"]),
        ("By JANE DOE Associated Press", ["JANE DOE", "Associated Press"]),
        ("By Jane Doe, The Associated Press", ["Jane Doe", "The Associated Press"]),
        ("John Roe Sr.", ["John Roe Sr."]),
        ("Updated Nov. 19, 2024 by Jane Doe", ["Jane Doe"]),
        ("Posted by Jane Doe on November 19, 2024", ["Jane Doe"]),
        ("Reporting by Jane Doe; Editing by John Roe", ["Jane Doe"]),
        ("Text: Jana Muster, Fotos: Max Probe", ["Jana Muster"]),
        ("Texto: Juan Pérez. Fotos: Ana Gómez", ["Juan Pérez"]),
        ("Propos recueillis par Anne Lefèvre", ["Anne Lefèvre"]),
        ("Írta: Nagy Péter", ["Nagy Péter"]),
        ("Του Γιώργου Παπαδόπουλου", ["Γιώργου Παπαδόπουλου"]),
        ("بقلم أحمد علي", ["أحمد علي"]),
        ("लेखक: राम शर्मा", ["राम शर्मा"]),
        ("โดย สมชาย ใจดี", ["สมชาย ใจดี"]),
        ("记者 张三", ["张三"]),
        ("文・山田太郎", ["山田太郎"]),
        ("김철수 기자 kim@coast.example", ["김철수"]),
        ("김철수 특파원", ["김철수"]),
    ],
)
def test_a_byline_gives_its_names(text: str, names: list[str]) -> None:
    assert list(names_in(text)) == names


@pytest.mark.parametrize(
    "name",
    ["Jane Doe", "JANE DOE", "Vincent van Gogh", "Jeanne d'Arc", "გიორგი ბერიძე", "李小龍", "Ёлка Ива"],
)
def test_a_name_may_sign(name: str) -> None:
    assert may_sign(name)


@pytest.mark.parametrize(
    "words", ["signing in", "um zu zeigen", "d’intention", "Ihrer Website hierher setzen", "van der", ""]
)
def test_other_words_may_not(words: str) -> None:
    assert not may_sign(words)


PROSE = "<p>" + "The council met on Tuesday and decided what it had put off for years. " * 12 + "</p>"


@pytest.mark.parametrize(
    ("markup", "authors"),
    [
        ("<p>By continuing your browsing on our site, you agree to the use of cookies</p>", ()),
        ("<p class='comment-form-author'><label>Name</label><input name='author'></p>", ()),
        ("<div class='comment-author vcard'><cite class='fn'>Angry Reader</cite></div>", ()),
        ("<p class='byline'><span>Jane Doe</span><span>John Roe</span></p>", ("Jane Doe", "John Roe")),
        ("<p class='byline'><a href=a>Jane Doe</a><a href=b>John Roe</a></p>", ("Jane Doe", "John Roe")),
        ("<p class='byline'><span>Jane Doe</span> <span>Senior Reporter</span></p>", ("Jane Doe",)),
        ("<p class='byline'>Jane Doe, The Daily Example</p>", ("Jane Doe",)),
        ("<p class='byline'>The Daily Example</p>", ("The Daily Example",)),
        ("<p property='author' typeof='Person'><b property='name'>Jane Doe</b></p>", ("Jane Doe",)),
    ],
)  # fmt: skip
def test_a_page_is_signed_by_its_authors_alone(markup: str, authors: tuple[str, ...]) -> None:
    head = "<meta property='og:site_name' content='The Daily Example'><title>Ferry stays</title>"
    article = extract(page(head, f"<h1>Ferry stays</h1>{markup}{PROSE}"), Directory(()))
    assert isinstance(article, Article)
    assert article.authors == authors


@pytest.mark.parametrize(
    ("above", "below", "authors"),
    [
        ("<p><strong>Jane Doe</strong></p>", "", ("Jane Doe",)),
        ("<p> <b>Jane Doe/John Roe</b> </p>", "", ("Jane Doe", "John Roe")),
        ("", "<p><b><i>Jane Doe</i></b></p>", ("Jane Doe",)),
        ("<p>Jane Doe</p>", "", ()),
        ("<p><strong>What happened on Tuesday</strong></p>", "", ()),
        ("<p><strong>Dear Reader!</strong></p>", "", ()),
        ("", "<p><a href=/jane><b>Jane Doe</b></a></p>", ()),
        ("", f"<p><b>Jane Doe</b></p>{PROSE}", ()),
    ],
)
def test_a_name_alone_in_bold_signs_the_text_beside_it(
    above: str, below: str, authors: tuple[str, ...]
) -> None:
    head = "<title>Ferry stays</title>"
    article = extract(
        page(head, f"<h1>Ferry stays</h1><div>{above}{PROSE}{PROSE}{below}</div>"), Directory(())
    )
    assert isinstance(article, Article)
    assert article.authors == authors
