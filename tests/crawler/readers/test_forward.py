"""A page that only sends its reader on is known by having nothing to read; any other is taken as it is."""

import pytest

from crawler.readers.forward import LONGEST_PAGE, find_forward
from crawler.records import Page
from tests.crawler.readers.pages import NOW

HERE = "https://short.example/x1"
THERE = "https://daily.example/2017/03/28/story?a=1&b=2"


def forward_of(body: str, **headers: str) -> str | None:
    told = tuple(headers.items())
    page = Page(
        requested_url=HERE, final_url=HERE, status=200, headers=told, body=body.encode(), fetched_at=NOW
    )
    return find_forward(page)


def script(code: str) -> str:
    return f"<html><head><title>x</title><script>{code}</script></head><body></body></html>"


ESCAPED = THERE.replace("/", r"\/").replace("&", r"\u0026")


@pytest.mark.parametrize(
    "body",
    [
        f'<meta http-equiv="refresh" content="0;url={THERE}">',
        f"<META HTTP-EQUIV=Refresh CONTENT='3; URL=\"{THERE.replace('&', '&amp;')}\"'>",
        f'<html><body><p>You are being sent on, <a href="{THERE}">click here</a>.</p>'
        f'<meta http-equiv="refresh" content="0 {THERE}"></body></html>',
        f'<noscript><META http-equiv="refresh" content="0;URL={THERE}"></noscript>'
        f'<title>{THERE}</title><script>window.opener = null; location.replace("{ESCAPED}")</script>',
        f'<noscript><meta http-equiv="refresh" content="0;url={THERE}"></noscript>',
        script(f'window.location.href = "{THERE}";'),
        script(f"location='{THERE}'"),
        script(f"<!--\ntop.location.replace('{ESCAPED}');\n//-->"),
        script(f'window.top.location.assign ( "{THERE}" )'),
    ],
)
def test_a_page_that_only_sends_on_leads_there(body: str) -> None:
    assert forward_of(body) == THERE


def test_the_refresh_header_counts_as_well() -> None:
    assert forward_of("", refresh=f"0; url={THERE}") == THERE
    assert forward_of("", refresh="0; url=/story") == "https://short.example/story"


ARTICLE = "<p>" + "Council members voted on Tuesday to keep the shelter open. " * 8 + "</p>"


@pytest.mark.parametrize(
    "body",
    [
        f'<meta http-equiv="refresh" content="0;url={THERE}">{ARTICLE}',
        f'<meta http-equiv="refresh" content="300;url={THERE}">',
        '<meta http-equiv="refresh" content="2">',
        f'<meta http-equiv="refresh" content="0;url={HERE}">',
        '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
        '<meta http-equiv="refresh" content="0;url=mailto:a@b.c">',
        '<noscript><meta http-equiv="refresh" content="0;url=/plain"></noscript><div id="app"></div>',
        f'<meta name="description" content="0;url={THERE}">',
        script(f'if (ok) location.href = "{THERE}";'),
        script(f'location.href = "{THERE}" + token;'),
        script(f'document.cookie = "a=b"; location.href = "{THERE}";'),
        script(f'setTimeout(function() {{ location.href = "{THERE}"; }}, 9000);'),
        script(f'var location = "{THERE}"'),
        script("location.reload()"),
        script(f'location.hash = "{THERE}"'),
        f'<script src="/a.js">location.href = "{THERE}"</script>',
        script(f'location.href = "{THERE}"') + " " * LONGEST_PAGE,
        "",
    ],
)
def test_any_other_page_is_taken_as_it_is(body: str) -> None:
    assert forward_of(body) is None


def test_hostile_pages_are_read_to_their_end_at_once() -> None:
    for body in (
        script("location" * 5_000),
        script("location = " + "'" * 30_000),
        script(" " * 60_000 + "location"),
        script("window." * 8_000 + "location"),
        f'<meta http-equiv="refresh" content="{"0" * 30_000}">',
        f'<meta http-equiv="refresh" content="0;{"url=" * 9_000}">',
        "<div>x " * 9_000 + f'<meta http-equiv="refresh" content="0;url={THERE}">',
    ):
        assert forward_of(body) is None
