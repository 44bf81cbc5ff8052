# ruff: noqa: E501 - pages as organisations write them
"""Press pages: what is coverage on them and what is not, and what stands near a link."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import UnreadableFeed
from crawler.records import Lead, SourceKind
from tests.crawler.readers.pages import read

HOME = "https://organisation.example/in-the-news"

# The shape of a real page of 2017: a headline that is a link, and a line with outlet and date below it.
PARAGRAPHS = """<header><nav><a href="https://twitter.com/org">Follow Us: Twitter Feed</a>
<a href="https://partner.example/a-page-of-a-partner">Our partner's page in the menu</a></nav></header>
<main><h1>Seeking Sanctuary Convening in the News</h1><p>The two-day convening was held by us; see <a href="/toolkit">our toolkit for cities</a>.</p>
<p><a href="https://nextcity.example/daily/entry/city-leaders">City Leaders Met Yesterday in NYC to Strategize the Resistance</a></p>
<p>Next City, 3.29.2017</p>
<p><a href="http://www.nbcnews.example/we-cannot-hide?utm_source=x">‘We Cannot Hide’: Sanctuary Cities Join Forces in First Meeting of Its Kind</a></p>
<p>NBC News, 3.28.2017</p>
<p><a href="https://univision.example/asi">Así reacciona la conferencia de ciudades santuario</a></p>
<p>Unvision, 3.27.2017</p>
<h3>Latest News</h3><p><a href="https://organisation.example/lp2018">#LP2018: Local Electeds Around the Country</a> Just two weeks ago</p>
<p><a href="https://www.facebook.com/sharer?u=1">Share this page with all your friends</a> <a href="https://outlet.example/share/twitter?x">Share it there too</a>
<a href="https://outlet.example/">The Outlet's front page</a> <a href="mailto:a@b.example">Write to us</a></p></main>"""


def told(body: str) -> Sequence[Lead]:
    return read(f"<html><body>{body}</body></html>", SourceKind.PRESS_PAGE, HOME).leads


def lines(body: str) -> list[tuple[str | None, str | None, str | None]]:
    """Headline, outlet and day of each lead."""
    return [
        (lead.headline, lead.outlet, lead.published.day.isoformat() if lead.published else None)
        for lead in told(body)
    ]


def test_a_page_of_paragraphs_gives_its_coverage_with_outlet_and_date_and_nothing_else() -> None:
    assert lines(PARAGRAPHS) == [
        ("City Leaders Met Yesterday in NYC to Strategize the Resistance", "Next City", "2017-03-29"),
        (
            "‘We Cannot Hide’: Sanctuary Cities Join Forces in First Meeting of Its Kind",
            "NBC News",
            "2017-03-28",
        ),
        ("Así reacciona la conferencia de ciudades santuario", "Unvision", "2017-03-27"),
    ]
    assert told(PARAGRAPHS)[0].url == "https://nextcity.example/daily/entry/city-leaders"


@pytest.mark.parametrize(
    "item",
    [
        '<li>NBC News: <a href="https://nbc.example/1/a">Mayors answer the threat</a> (March 28, 2017)</li>',
        '<li><a href="https://nbc.example/1/a">Mayors answer the threat</a>, NBC News, 28 March 2017</li>',
        '<li><a href="https://nbc.example/1/a">Mayors answer the threat</a> | by Jo Park | NBC News | 2017-03-28</li>',
        '<li>2017-03-28 – NBC News – “<a href="https://nbc.example/1/a">Mayors answer the threat</a>”</li>',
        '<tr><td>03/28/2017</td><td>NBC News</td><td><a href="https://nbc.example/1/a">Mayors answer the threat</a></td></tr>',
        '<div class="card"><a href="https://nbc.example/1/a"><img src="x.jpg"></a><h3>Mayors answer the threat</h3><p>NBC News, March 28, 2017</p><a href="https://nbc.example/1/a">Read more</a></div>',
        '<div><a href="https://nbc.example/1/a"><span>Mayors answer the threat</span></a><br>NBC News<br>March 28, 2017<br><br></div>',
        '<article><time>March 28, 2017</time><p>NBC News</p><a href="https://nbc.example/1/a"><h3>Mayors answer the threat</h3><p>A long summary of what they said there.</p></a></article>',
    ],
)
def test_outlet_and_date_are_found_wherever_people_write_them(item: str) -> None:
    other = (
        item.replace("nbc.example/1", "fox.example/2")
        .replace("NBC News", "FOX61")
        .replace("Mayors answer the threat", "Council votes for shelter")
        .replace("28", "27")
    )
    assert lines(f"<h2>In the news</h2><table>{item}{other}</table>") == [
        ("Mayors answer the threat", "NBC News", "2017-03-28"),
        ("Council votes for shelter", "FOX61", "2017-03-27"),
    ]


def test_a_link_that_says_nothing_takes_the_heading_above_it() -> None:
    body = '<h3>Mayors answer the threat</h3><p><a href="https://nbc.example/1/a">Read more »</a></p>'
    assert lines(body) == [("Mayors answer the threat", None, None)]
    assert lines('<p><a href="https://nbc.example/1/a">here</a></p>') == [(None, None, None)]


def test_several_links_in_a_sentence_are_coverage_without_an_outlet_of_each_others() -> None:
    body = '<p>The event was covered by <a href="https://nbc.example/1/a">NBC News today</a> and <a href="https://hp.example/2/b">The Huffington Post</a>.</p>'
    assert [(lead.headline, lead.outlet) for lead in told(body)] == [
        ("NBC News today", None),
        ("The Huffington Post", None),
    ]


def test_a_page_without_coverage_says_so() -> None:
    reading = read("<html><body><p>Nothing yet.</p></body></html>", SourceKind.PRESS_PAGE, HOME)
    assert reading.leads == ()
    assert reading.problems == ("no links to coverage on other sites found on this page",)


def test_a_page_says_in_its_header_how_it_is_written() -> None:
    body = '<html><body><p><a href="https://a.example/1/x">Así reacciona la ciudad</a></p></body></html>'
    for written, header in (
        (body.encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (body.encode(), "text/html"),
    ):
        (lead,) = read(written, SourceKind.PRESS_PAGE, HOME, header).leads
        assert lead.headline == "Así reacciona la ciudad"


def test_a_page_in_another_language_tells_its_days_in_it() -> None:
    line = '<p>28. März 2017, Tageblatt: <a href="https://a.example/1/x">Der Rat stimmt für das Heim</a></p>'
    (lead,) = read(f'<html lang="de-AT"><body>{line}</body></html>', SourceKind.PRESS_PAGE, HOME).leads
    assert lead.outlet == "Tageblatt"
    assert lead.published is not None and lead.published.day.isoformat() == "2017-03-28"


TAGS = st.sampled_from(
    ["<p>", "</p>", "<li>", "<a href='https://o.example/1/x'>", "<a href='/own'>", "</a>", "<br>", "<h3>", "</h3>", "<!--x-->",
     "<script>", "</script>", "2017-03-28", "NBC News", "Mayors answer the threat", "\x00", "</html>", "<nav>", "</nav>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS, max_size=40).map("".join))
def test_no_page_makes_the_reader_fall_over_and_no_own_link_is_a_lead(body: str) -> None:
    try:
        reading = read(f"<p>x{body}", SourceKind.PRESS_PAGE, HOME)
    except UnreadableFeed:
        return
    assert {lead.url for lead in reading.leads} <= {"https://o.example/1/x"}
