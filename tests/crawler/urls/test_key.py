"""The same page has one key, another page another; the addresses here are made up."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler import urls

PAGE = "https://www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york"

SAME_PAGE = [
    "http://www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york",
    "HTTPS://WWW.Daily.Example:443/news/2017/03/28/city-leaders-meet-in-new-york",
    "https://daily.example/news/2017/03/28/city-leaders-meet-in-new-york/",
    "https://daily.example//news/2017/./03/x/../28/city-leaders-meet-in-new-york/index.html",
    "https://m.daily.example/news/2017/03/28/city-leaders-meet-in-new-york",
    "https://mobil.daily.example/news/2017/03/28/city-leaders-meet-in-new-york.html",
    "https://amp.daily.example/news/2017/03/28/city-leaders-meet-in-new-york",
    "https://amp.daily.example/daily/news/2017/03/28/city-leaders-meet-in-new-york",
    f"{PAGE}/amp/",
    f"{PAGE}.amp.html",
    f"{PAGE}_amp.shtml",
    "https://daily.example/amp/news/2017/03/28/city-leaders-meet-in-new-york",
    "https://daily.example/news/2017/03/28/amp/city-leaders-meet-in-new-york",
    "https://daily.example/platform/amp/news/2017/03/28/city-leaders-meet-in-new-york",
    f"{PAGE}?outputType=amp",
    f"{PAGE}?amp",
    f"{PAGE}/print",
    f"{PAGE}?print=1",
    f"{PAGE}?page=all",
    f"{PAGE}?utm_source=rss&utm_medium=feed&fbclid=IwAR0#comments",
    f"{PAGE}?ref=newsletter&s=20&unknown_shop_click=abc",
    f"{PAGE};jsessionid=E85FAC04E331FFCA55549B10B7C7A4FA",
    f"https://reader:secret@{PAGE[8:]}",
    f"  <{PAGE}>) ",
    f"http://{PAGE}",
    "https://www.google.com/amp/s/www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york",
    "https://www-daily-example.cdn.ampproject.org/c/s/www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york/amp",
    "https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.daily.example%2Fnews%2F2017%2F03%2F28%2Fcity-leaders-meet-in-new-york&usg=A",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.daily.example%2Fnews%2F2017%2F03%2F28%2Fcity-leaders-meet-in-new-york%3Ffbclid%3D1&h=2",
    "https://web.archive.org/web/20170401000000id_/https://www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york",
    "https://urldefense.com/v3/__https://www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york__;!!Abc!x$",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.daily.example_news_2017_03_28_city-2Dleaders-2Dmeet-2Din-2Dnew-2Dyork&d=x",
    "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.daily.example%2Fnews%2F2017%2F03%2F28%2Fcity-leaders-meet-in-new-york&data=1",
    "https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3A%2F%2Fwww.daily.example%2Fnews%2F2017%2F03%2F28%2Fcity-leaders-meet-in-new-york/RK=2/RS=x-",
    # "a1" and base64, as in Bing's click counter
    "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly93d3cuZGFpbHkuZXhhbXBsZS9uZXdzLzIwMTcvMDMvMjgvY2l0eS1sZWFkZXJzLW1lZXQtaW4tbmV3LXlvcms&ntb=1",
    # a protobuf message in base64, as in older Google News links
    "https://news.google.com/rss/articles/CBMiR2h0dHBzOi8vd3d3LmRhaWx5LmV4YW1wbGUvbmV3cy8yMDE3LzAzLzI4L2NpdHktbGVhZGVycy1tZWV0LWluLW5ldy15b3Jr?oc=5",
    "http://rss.feedsportal.com/c/32/f/434/l/0L0Sdaily0Bexample0Cnews0C20A170C0A30C280C"
    "city0Eleaders0Emeet0Ein0Enew0Eyork/story01.htm",
    "https://anonymous.example/cgi-bin/proxy.cgi/https://www.daily.example/news/2017/03/28/"
    "city-leaders-meet-in-new-york",
    "https://secure-web.cisco.com/1aB2c/https%3A%2F%2Fwww.daily.example%2Fnews%2F2017%2F03%2F28%2F"
    "city-leaders-meet-in-new-york",
    "http://us.rd.yahoo.com/rss/SIG=1/*http%3A//www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york",
    "hxxps://www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york%20",
    "https//www.daily.example/news/2017/03/28/city-leaders-meet-in-new-york.",
    "https://daily.example/news/2017/03/28/city-leaders-meet-in-new-york&utm_source=rss&amp;utm_medium=x",
    "https://daily.example/news/2017/03/28/city-leaders-meet-in-new-york</a><br>",
    "https://daily.example/news/2017/03/28/city-leaders-meet-in-new-york/amp.html",
    "https://www-daily-example.translate.goog/news/2017/03/28/city-leaders-meet-in-new-york?_x_tr_sl=es",
]


@pytest.mark.parametrize("url", SAME_PAGE)
def test_the_same_page_has_one_key(url: str) -> None:
    assert urls.key(url) == urls.key(PAGE) == "daily.example/news/2017/03/28/city-leaders-meet-in-new-york"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?page=2", "https://a.example/x?page=3"),
        (
            "https://a.example/news/live-updates-from-the-city?page=2",
            "https://a.example/news/live-updates-from-the-city",
        ),
        ("https://a.example/?p=12", "https://a.example/?p=13"),
        ("https://a.example/?12345", "https://a.example/?12346"),
        (
            "https://a.example/news/article.php?story=1&utm_source=x",
            "https://a.example/news/article.php?story=2&utm_source=x",
        ),
        ("https://a.example/Story/ABC", "https://a.example/Story/abc"),
        ("https://bit.ly/2eYIj4g", "https://bit.ly/2eYIj4G"),
        ("https://a.example/forum/#!topic/1", "https://a.example/forum/#!topic/2"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://one.blogspot.com/2019/01/a.html", "https://two.blogspot.com/2019/01/a.html"),
        ("https://a.example/guitars/fender-amp", "https://a.example/guitars/fender"),
        ("https://a.example/music/amp", "https://a.example/music"),
        ("https://a.example/a/index2.html", "https://a.example/a/index.html"),
        ("https://a.example/2/", "https://a.example/"),
        ("https://a.example/a%20b", "https://a.example/a+b"),
        ("https://a.example/?a=1%262", "https://a.example/?a=1&2"),
        ("https://a.example/100%25-true", "https://a.example/100-true"),
        ("https://a.example/x?tag=x&tag=y", "https://a.example/x?tag=x"),
        ("https://video.a.example/x", "https://news.a.example/x"),
        ("http://apple.com/a", "http://аpple.com/a"),
    ],
)
def test_another_page_has_another_key(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://youtu.be/GFeRyRA7FPE", "https://m.youtube.com/watch?v=GFeRyRA7FPE&t=42s"),
        (
            "https://x.com/Somebody/status/1357999398492512256?s=20",
            "https://mobile.twitter.com/somebody/status/1357999398492512256",
        ),
        ("https://www.instagram.com/p/Abc12/?igshid=1", "https://instagram.com/somebody/p/Abc12"),
        (
            "https://m.facebook.com/story.php?story_fbid=1&id=2&_rdr",
            "https://www.facebook.com/story.php?id=2&story_fbid=1",
        ),
        ("https://old.reddit.com/r/news/comments/abc123/a_title/", "https://www.reddit.com/comments/abc123"),
        ("https://www.bbc.co.uk/news/world-1", "https://www.bbc.com/news/world-1"),
        ("https://redd.it/abc123", "https://www.reddit.com/r/news/comments/abc123/a_title/"),
        ("https://player.vimeo.com/video/76979871", "https://vimeo.com/76979871"),
        ("https://t.me/s/channel/12", "https://t.me/channel/12"),
        ("https://one.blogspot.co.uk/2019/01/a.html", "https://one.blogspot.com/2019/01/a.html"),
    ],
)
def test_platforms_and_sister_domains_have_one_key(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://münchen.example/a", "http://xn--mnchen-3ya.example/a"),
        ("https://a.example/ニュース/123", "https://a.example/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9/123"),
        ("https://a.example/caf%c3%a9", "https://a.example/cafe\u0301"),
        ("https://a.example/%7Ebar", "https://a.example/~bar"),
        ("https://a.example/a%26b", "https://a.example/a&b"),
        ("https://a.example/x?q=a%20b", "https://a.example/x?q=a+b"),
        ("https://a.example/caf%E9", "https://a.example/café"),
        ("https://a.example/x?id=1;cat=2", "https://a.example/x?cat=2&id=1"),
        ("https://a.example/x?a=1&a=1&b=", "https://a.example/x?a=1&b"),
        ("https://a.example/x?sid=0123456789abcdef0123456789abcdef", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1&", "https://a.example/x?&a=1&b=2"),
    ],
)
def test_ways_of_writing_one_address_have_one_key(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other)


@pytest.mark.parametrize(
    "url", [*SAME_PAGE, "https://a.example/x?q=a%20b&a=%C3%9F", "https://a.example/#!topic/1"]
)
def test_the_key_of_a_key_is_the_key(url: str) -> None:
    assert urls.key(urls.key(url)) == urls.key(url)


@pytest.mark.parametrize(
    "garbage", ["", "x", "http://", "http://[", "http://a:99999/", "mailto:a@b.c", "tag:a,2017:b", "//"]
)
def test_garbage_is_its_own_key(garbage: str) -> None:
    assert urls.key(garbage) == garbage
    assert urls.clean(garbage) == garbage
    assert urls.host(garbage) == ""
    assert not urls.is_front_page(garbage)


def test_an_endless_address_is_not_taken_apart() -> None:
    endless = "http://a.example/" + "a/../" * 200_000
    assert urls.key(endless).startswith("~")
    assert urls.clean(endless) == endless
    assert urls.resolve("http://a.example/", endless) is None


LONG = "Ab3" * 1_000


@pytest.mark.parametrize(
    "url",
    [f"https://www.a.example/news/{LONG}", f"http://a.example/?id={LONG}", f"é{LONG}", "é" * 600],
    ids=["path", "query", "garbage", "bytes"],
)
def test_a_key_that_is_too_long_to_be_found_by_becomes_a_short_one(url: str) -> None:
    found = urls.key(url)
    assert len(found.encode()) <= urls.LONGEST_KEY
    assert urls.key(found) == found
    assert urls.key(f"{url}x") != found


def test_a_long_address_keeps_its_site_and_its_ways_of_writing() -> None:
    assert urls.key(f"https://www.a.example/{LONG}").startswith("a.example/~")
    assert urls.key(f"https://www.a.example/{LONG}") == urls.key(f"http://a.example/{LONG}/?utm_source=x")


def test_a_host_longer_than_any_name_can_be_is_none() -> None:
    labels = ".".join(["a" * 60] * 5)
    assert urls.host(f"https://{labels}/") == ""
    assert urls.resolve("https://a.example/", f"https://{labels}/") is None


def test_half_a_character_is_taken_out_of_an_address() -> None:
    assert urls.resolve("https://a.example/", "/news/\ud83dstory") == "https://a.example/news/story"
    assert urls.key("https://a.example/x?q=\udc00") == urls.key("https://a.example/x?q=")


PIECES = (
    "a.example", "www.", "m.", "amp.", "/", "//", "/amp", ".amp", "_amp", "-amp", "/print", "?", "&", "=",
    "#", "#!", "#/", "utm_source=x", "id=5", "story-of-the-day-2017", "2017/03/28/", "index.html",
    "default.aspx", ")", "(", ":", ".", ",", ";", "'", "\"", "%", "%20", "%2F", "%25", "%3f", "é", "İ",
    "\\", "@", ":80", "..", "/./", "[", "}", "<", "|", "^", "*", "!", "-", "_", " ", "\u00a0", "\u200b",
    "http://", "https//", "htttp:/", "feed:", "google.com/url?q=", "l.facebook.com/l.php?u=",
    "web.archive.org/web/2017/", "x.cdn.ampproject.org/c/s/", "youtu.be/", "youtube.com/watch?v=",
    "(S(abc))", ";jsessionid=1", "/article/", "comment-page-2", "?amp=1",
    "safelinks.protection.outlook.com/?url=", ".nsf/", "&amp;", "print", "\ud800", "Ab3" * 400,
)  # fmt: skip


@example(["):"])
@example(["index.html", "/amp"])
@example(["-amp/", "story-of-the-day-2017"])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8))
def test_keys_of_addresses_put_together_from_hostile_pieces_are_stable(pieces: list[str]) -> None:
    for start in ("http://a.example/", "http://", ""):
        found = urls.key(start + "".join(pieces))
        assert urls.key(found) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/):", "http://a.example/"),
        ("http://a.example/story-of-the-day).:", "http://a.example/story-of-the-day"),
        ("http://a.example/news/index.html/amp", "http://a.example/news/"),
        ("http://a.example/-amp/story-of-the-day-2017", "http://a.example/story-of-the-day-2017"),
    ],
)
def test_what_stands_under_a_mark_is_looked_at_again(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other)


@given(
    st.text(max_size=60),
    st.sampled_from(["", "http://a.example/", "https://www.google.com/url?url=http://", "http://"]),
)
def test_no_text_raises_and_keys_are_stable(text: str, start: str) -> None:
    url = start + text
    assert urls.key(urls.key(url)) == urls.key(url)
    assert urls.key(urls.clean(url)) == urls.key(url)
    urls.host(url), urls.registrable_domain(url), urls.is_front_page(url), urls.resolve(url, text)
