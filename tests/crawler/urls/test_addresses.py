"""Addresses that are shown, fetched and joined; host names and front pages."""

import pytest

from crawler import urls


def test_a_clean_address_is_unwrapped_untracked_and_otherwise_untouched() -> None:
    wrapped = "https://l.facebook.com/l.php?u=http%3A%2F%2FWww.Daily.example%2FNews%2Fx%2Famp%2F%3Fid%3D7%26utm_source%3Dfb%23top"
    assert urls.clean(wrapped) == "http://www.daily.example/News/x/amp/?id=7"


def test_a_clean_address_escapes_what_must_be_escaped() -> None:
    assert urls.clean("https://daily.example/así es?q=ñ") == "https://daily.example/as%C3%AD%20es?q=%C3%B1"


def test_a_clean_address_keeps_a_route_and_drops_an_anchor() -> None:
    assert urls.clean("https://a.example/#!topic/1") == "https://a.example/#!topic/1"
    assert urls.clean("https://a.example/x#comments") == "https://a.example/x"


@pytest.mark.parametrize(
    ("href", "joined"),
    [
        ("/a", "https://daily.example/a"),
        ("b?x=1", "https://daily.example/news/b?x=1"),
        ("//cdn.example/c", "https://cdn.example/c"),
        (" https://other.example/d\n", "https://other.example/d"),
        ("../../e", "https://daily.example/e"),
        ("javascript:void(0)", None),
        ("mailto:desk@daily.example", None),
        ("tag:daily.example,2017:1", None),
        ("data:text/html,hello", None),
        ("http://[broken", None),
        ("http://", None),
        ("HTTPS:", None),
    ],
)
def test_a_link_is_joined_to_the_page_it_stands_on(href: str, joined: str | None) -> None:
    assert urls.resolve("https://daily.example/news/front", href) == joined


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://WWW.Daily.Example:8443/x", "www.daily.example"),
        ("daily.example/x", "daily.example"),
        ("https://münchen.example./", "xn--mnchen-3ya.example"),
        ("http://[::1]/", "[::1]"),
        ("nonsense", ""),
    ],
)
def test_the_host_of_an_address(url: str, name: str) -> None:
    assert urls.host(url) == name


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.nbcnews.example/news", "nbcnews.example"),
        ("council.nyc.example", "nyc.example"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("https://www.mobile.de/x", "mobile.de"),
        ("alice.blogspot.com", "blogspot.com"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("co.uk", "co.uk"),
        ("", ""),
    ],
)
def test_the_registrable_domain_of_an_address_or_host(url: str, domain: str) -> None:
    assert urls.registrable_domain(url) == domain


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "http://www.a.example/index.html",
        "https://a.example/en-us/",
        "https://a.example/?utm_source=x",
    ],
)
def test_front_pages(url: str) -> None:
    assert urls.is_front_page(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/?p=12",
        "https://a.example/news/a-story-of-one-city",
        "https://a.example/#!topic/1/2",
    ],
)
def test_pages_that_are_no_front_pages(url: str) -> None:
    assert not urls.is_front_page(url)


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        ("https://news.google.com/rss/articles/CBMiXkFVX3lxTE1?oc=5", True),
        ("https://news.google.com/read/CBMiXkFVX3lxTE1?hl=en-US", True),
        ("http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1", True),
        ("http://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2fdaily.example%2f2017%2fmayors&c=1", False),
        # the older kind, which holds the address: https://www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york
        (
            "https://news.google.com/rss/articles/CBMiR2h0dHBzOi8vd3d3LmRhaWx5LmV4YW1wbGUvbmV3cy8yMDE3LzAzLzI4"
            "L2NpdHktbGVhZGVycy1tZWV0LWluLW5ldy15b3Jr?oc=5",
            False,
        ),
        ("https://news.google.com/rss/search?q=x", False),
        ("https://news.yahoo.com/mayors-answer-threat-123.html", False),
        ("https://daily.example/articles/CBMiXkFVX3lxTE1", False),
        ("garbage", False),
    ],
)
def test_a_link_that_keeps_the_page_to_itself_is_told_from_one_that_holds_it(url: str, hidden: bool) -> None:
    assert urls.is_hidden(url) is hidden
