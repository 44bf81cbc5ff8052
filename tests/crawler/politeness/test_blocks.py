import pytest

from crawler.politeness.blocks import find_wall
from crawler.records import Page
from tests.crawler.readers.pages import NOW

CLOUDFLARE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}"
)
LOGIN = b"<h1>Please log in</h1><form method=post><input name=who><input class='a' type=password></form>"
ARTICLE = (
    b"<html><head><title>Mayors answer</title></head><body>" + b"<p>The council met on Tuesday.</p>" * 4000
)


def answer(status: int = 200, body: bytes = ARTICLE, final: str = "", **headers: str) -> Page:
    asked = "https://daily.example/politics/story"
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Page(
        requested_url=asked, final_url=final or asked, status=status, headers=named, body=body, fetched_at=NOW
    )


@pytest.mark.parametrize(
    ("page", "word"),
    [
        (answer(401), "login"),
        (answer(402), "payment"),
        (answer(403), "refuses"),
        (answer(451), "legal"),
        (answer(403, CLOUDFLARE), "robot check"),
        (answer(503, CLOUDFLARE), "robot check"),
        (answer(200, CLOUDFLARE), "robot check"),
        (answer(200, ARTICLE, cf_mitigated="challenge"), "robot check"),
        (answer(403, b"", x_datadome_cid="x"), "robot check"),
        (answer(202, b"", x_amzn_waf_action="challenge"), "robot check"),
        (answer(405, b"", x_amzn_waf_action="captcha"), "robot check"),
        (answer(202, b"<meta http-equiv=refresh content='0;/x/'>", sg_captcha="challenge"), "robot check"),
        (answer(429, b"", x_vercel_mitigated="challenge"), "robot check"),
        (answer(200, b"<html><title>Making sure you&#39;re not a bot!</title>"), "robot check"),
        (answer(200, b"<html><title>One moment, please...</title>"), "robot check"),
        (answer(405, b"<script src='https://geo.captcha-delivery.com/c.js'></script>"), "robot check"),
        (answer(200, ARTICLE, "https://consent.daily.example/?return=x"), "consent"),
        (answer(200, ARTICLE, "https://guce.advertising.example/collect"), "consent"),
        (answer(200, ARTICLE, "https://daily.example/login?next=x"), "login"),
        (answer(200, LOGIN), "login"),
        (answer(200, b"<script>" + b"word " * 500 + b"</script>" + LOGIN), "login"),
    ],
)
def test_a_wall_is_named_with_a_proposal(page: Page, word: str) -> None:
    wall = find_wall(page)
    assert wall is not None
    assert word in wall.kind
    assert wall.proposal


@pytest.mark.parametrize(
    "page",
    [
        answer(),
        answer(404),
        answer(500),
        answer(200, ARTICLE + b"<script src='/cdn-cgi/challenge-platform/h/g/orchestrate/x.js'></script>"),
        answer(200, ARTICLE, "https://daily.example/politics/story?amp"),
        answer(200, ARTICLE[:5_000] + LOGIN),
        answer(200, LOGIN.replace(b"password", b"search")),
        answer(200, ARTICLE, "https://daily.example/author/loginova/"),
    ],
)
def test_a_page_is_no_wall(page: Page) -> None:
    assert find_wall(page) is None
