# ruff: noqa: E501 - answers as search engines give them
import pytest

from crawler.errors import UnreadableFeed
from crawler.records import Reading, SourceKind
from crawler.searches import make_search_url
from tests.crawler.readers.pages import read

GOOGLE = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>search</title><link>https://news.google.com/search</link>
<item><title>Mayors answer threat - The Daily</title><link>https://news.google.com/rss/articles/CBMiXkFVX3lxTE1?oc=5</link>
<guid isPermaLink="false">CBMiXkFVX3lxTE1</guid><pubDate>Tue, 28 Mar 2017 07:00:00 GMT</pubDate>
<source url="https://daily.example">The Daily</source></item></channel></rss>"""
BING = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:News="https://www.bing.com/news/search?q=x&amp;format=rss"><channel>
<title>x</title><link>https://www.bing.com/news/search?q=x</link><item><title>Mayors answer threat</title>
<link>http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;aid=&amp;tid=1&amp;url=https%3a%2f%2fdaily.example%2f2017%2fmayors-answer&amp;c=1</link>
<pubDate>Tue, 28 Mar 2017 07:00:00 GMT</pubDate><News:Source>The Daily</News:Source></item></channel></rss>"""
GDELT = """{"articles": [{"url": "https://daily.example/2017/mayors-answer", "title": "Mayors answer threat",
 "seendate": "20170328T100000Z", "domain": "daily.example", "language": "English"}, {"url": "javascript:x"}, 7]}"""


def search(body: str) -> Reading:
    return read(body, SourceKind.SEARCH, "https://search.example/?q=x")


def test_google_news_tells_headline_and_outlet_and_that_its_links_are_still_wrapped() -> None:
    reading = search(GOOGLE)
    (lead,) = reading.leads
    assert (lead.headline, lead.outlet) == ("Mayors answer threat", "The Daily")
    assert lead.published is not None
    assert lead.url.startswith("https://news.google.com/")
    assert lead.outlet_url == "https://daily.example/"
    assert "1 results still lead to the search engine" in reading.problems[0]


def test_the_patient_reader_tells_where_an_outlet_is_as_well() -> None:
    (lead,) = search(GOOGLE.replace("</item></channel></rss>", "</item></channel>")).leads
    assert (lead.outlet, lead.outlet_url) == ("The Daily", "https://daily.example/")


def test_bing_news_links_are_unwrapped() -> None:
    (lead,) = search(BING).leads
    assert lead.url == "https://daily.example/2017/mayors-answer"
    assert (lead.headline, lead.outlet) == ("Mayors answer threat", "The Daily")


def test_gdelt_results_are_leads_without_a_publication_date() -> None:
    reading = search(GDELT)
    (lead,) = reading.leads
    assert (lead.url, lead.headline) == ("https://daily.example/2017/mayors-answer", "Mayors answer threat")
    assert (lead.published, lead.outlet_url) == (None, "https://daily.example/")
    assert len(reading.problems) == 1
    assert search('{"articles": []}').leads == search("{}").leads == ()


@pytest.mark.parametrize(
    "body", ["<html>captcha</html>", '{"articles": 3}', "{", "The specified phrase is too short."]
)
def test_what_is_no_list_of_results_is_told(body: str) -> None:
    with pytest.raises(UnreadableFeed):
        search(body)


def test_a_search_is_an_address_made_of_a_template() -> None:
    assert make_search_url("google-news", '"Local Progress" #SeekingSanctuary', "en", "US") == (
        "https://news.google.com/rss/search?q=%22Local%20Progress%22%20%23SeekingSanctuary&hl=en&gl=US&ceid=US:en"
    )
    assert make_search_url("https://search.example/?q={query}", "a&b") == "https://search.example/?q=a%26b"


def test_gdelts_lone_backslashes_cost_no_results() -> None:
    body = r'{"articles":[{"url":"https://daily.example/1","title":"Mayors \x answer"},{"url":"https://daily.example/2","title":"A \"quote\" \u00e9"}]}'
    reading = read(body, SourceKind.SEARCH, "https://api.gdeltproject.org/api/v2/doc/doc")
    assert [lead.headline for lead in reading.leads] == ["Mayors x answer", 'A "quote" é']
