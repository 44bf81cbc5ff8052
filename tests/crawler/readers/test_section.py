# ruff: noqa: E501 - feeds and pages as they are
from pathlib import Path

from pytest import MonkeyPatch

from crawler.readers import outlets
from crawler.records import SourceKind
from tests.crawler.readers.pages import read

PAGE = """<!doctype html><html><body>
<nav><a href="/politics/">Politics</a><a href="/2017/03/28/nav/a-story-told-in-the-navigation.html">Most read today of all</a></nav>
<main>
<article><h2><a href="/2017/03/28/politics/mayors-answer-threat-to-sanctuary-cities.html">Mayors answer threat</a></h2>
<a href="/2017/03/28/politics/mayors-answer-threat-to-sanctuary-cities.html#comments">12 comments</a></article>
<article><a href="https://daily.example/2017/03/28/local/council-votes-to-keep-shelter-open.html"><h3>Council votes</h3></a></article>
<article><a href="/2017/03/27/local/school-board-elects-its-new-president.html">School board elects its new president</a></article>
<a href="/author/jo-park/">Jo Park</a><a href="/tag/cities/">Cities</a><a href="javascript:void(0)">More</a>
<a href="https://other.example/2017/03/28/a-story-of-another-outlet-here.html">A story of another outlet here</a>
</main><footer><a href="/about-our-newsroom-and-its-people/">About our newsroom and its people</a></footer></body></html>"""


def test_a_section_page_gives_its_articles_and_nothing_else() -> None:
    reading = read(PAGE, SourceKind.SECTION, "https://daily.example/politics/")
    assert [(lead.url.rsplit("/", 1)[1], lead.headline) for lead in reading.leads] == [
        ("mayors-answer-threat-to-sanctuary-cities.html", "Mayors answer threat"),
        ("council-votes-to-keep-shelter-open.html", "Council votes"),
        ("school-board-elects-its-new-president.html", "School board elects its new president"),
    ]


def test_a_page_without_article_links_says_so() -> None:
    reading = read("<html><body><p>Moved.</p></body></html>", SourceKind.SECTION)
    assert reading.leads == ()
    assert reading.problems == ("no article links found on this section page",)


def test_an_outlet_that_is_different_has_a_file_of_its_own(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    (tmp_path / "the_strange_gazette.py").write_text(
        "def find_links(page, source):\n"
        "    for line in page.body.decode().splitlines():\n"
        "        if line.startswith('article '):\n"
        "            yield line.split(' ', 2)[1:]\n",
        encoding="utf-8",
    )
    # As if the file lay in the room itself.
    monkeypatch.setattr(outlets, "__path__", [*outlets.__path__, str(tmp_path)])
    body = "front page\narticle /a1 Bridge closed for repairs\narticle javascript:void(0) Nothing"
    found = read(body, SourceKind.SECTION, "https://gazette.example/", outlet="the-strange-gazette")
    assert [(lead.url, lead.headline) for lead in found.leads] == [
        ("https://gazette.example/a1", "Bridge closed for repairs")
    ]
