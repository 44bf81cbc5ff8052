# ruff: noqa: E501 - pages as people keep them
"""Pages that somebody keeps: their lines in the two-line form and by links, and all that is no line."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import UnreadableFeed
from crawler.readers.news_list import ListedLine, read_page, read_text

TWO = [
    ("Mayors answer the threat", "NBC News", date(2017, 3, 28)),
    ("Council votes for shelter", "CNN Wire via FOX61 and 6 others", date(2017, 3, 27)),
]


def told(lines: list[ListedLine]) -> list[tuple[str, str, date | None]]:
    return [(line.headline, line.outlet, line.day) for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        "Mayors answer the threat\nNBC News, 3.28.2017\n\nCouncil votes for shelter\nCNN Wire via FOX61 and 6 others, 3.27.2017\n",
        "Mayors answer the threat\n\nNBC News, 3.28.2017\n\n\nCouncil votes for shelter\n\nCNN Wire via FOX61 and 6 others, 3.27.2017",
        "Mayors answer the threat\nNBC News, 3.28.2017\nCouncil votes for shelter\nCNN Wire via FOX61 and 6 others, 3.27.2017",
        "Mayors answer\n  the threat \r\nNBC News, March 28, 2017\r\nA note\r\n\r\nCouncil votes\r\nfor shelter\r\nCNN Wire via FOX61 and 6 others | 27 March 2017",
        "In the news\n\nWe met, and 30 came, in 2017.\n\nMayors answer the threat\nNBC News (2017-03-28)\n\nCouncil votes for shelter\nCNN Wire via FOX61 and 6 others – 3/27/2017\n\nLatest News\n\nJust two weeks ago, we had our seventh meeting\n\nView all events",
        "3.28.2017\n\nMayors answer the threat\nNBC News\n\n3.27.2017\n\nCouncil votes for shelter\nCNN Wire via FOX61 and 6 others\nA note",
        "3.28.2017\n\nMayors answer the threat\n\nNBC News\n\n3.27.2017\n\nCouncil votes for shelter\n\nCNN Wire via FOX61 and 6 others",
    ],
)  # fmt: skip
def test_text_is_read_in_whatever_way_the_lines_are_set(text: str) -> None:
    lines = read_text(text)
    assert told(lines) == TWO
    assert [line.number for line in lines] == [1, 2]


def test_the_country_decides_which_number_is_the_month() -> None:
    assert read_text("A headline\nLe Monde, 3.4.2017", country="US")[0].day == date(2017, 3, 4)
    assert read_text("A headline\nLe Monde, 3.4.2017", country="FR")[0].day == date(2017, 4, 3)


def test_a_page_has_lines_with_and_without_links_and_furniture() -> None:
    page = """<html><body><nav><a href="https://other.example/menu/us">Other menu of the site</a></nav>
      <p>See <a href="https://partner.example/toolkit/2017">our toolkit for all cities</a> for more.</p>
      <p><a href="https://nbc.example/1/a">Mayors answer the threat</a></p><p>NBC News, 3.28.2017</p>
      <p>Voices in the evening</p><p>Radio WNYC, 3.28.2017</p>
      <div class="card"><a href="https://fox.example/2/b"><img src="x.jpg"></a><h3><a href="https://fox.example/2/b">Council
      votes for shelter</a></h3><p>FOX61, 3.27.2017</p><a href="https://fox.example/2/b">Read more</a></div>
      <h3>Latest News</h3><p>Just two weeks ago</p></body></html>"""
    lines = read_page(page.encode())
    assert [line.headline for line in lines if not line.sure] == ["our toolkit for all cities"]
    assert [(line.headline, line.outlet, line.url) for line in lines if line.sure] == [
        ("Mayors answer the threat", "NBC News", "https://nbc.example/1/a"),
        ("Voices in the evening", "Radio WNYC", ""),
        ("Council votes for shelter", "FOX61", "https://fox.example/2/b"),
    ]


def test_a_line_that_stands_twice_is_read_twice() -> None:
    item = '<p><a href="https://nbc.example/1/a">Mayors answer the threat</a></p><p>NBC News, 3.28.2017</p>'
    assert len(read_page((item * 2).encode())) == 2


def test_links_alone_are_lines_where_nothing_tells_more() -> None:
    items = "".join(f'<li><a href="https://nbc.example/{n}/a">Mayors answer {n}</a></li>' for n in range(3))
    assert [line.headline for line in read_page(f"<ul>{items}</ul>".encode())] == [
        f"Mayors answer {n}" for n in range(3)
    ]


def test_a_row_without_end_is_no_line() -> None:
    assert read_text("x" * 100_000 + "\nNBC News, 3.28.2017\n\n" + "a, " * 100_000 + "3.28.2017") == []


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    for line in read_text(f"{text}\nNBC News, 3.28.2017\n{text}"):
        assert line.headline and line.outlet
    with suppress(UnreadableFeed):
        read_page(f"<p>{text}<a href='https://a.example/b/{text}'>{text}</a>".encode("utf-8", "replace"))
