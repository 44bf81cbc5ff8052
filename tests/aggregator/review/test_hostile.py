"""Hostile text in every field of an entry, in real Chromium: nothing runs, and it reads as it was written."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from aggregator import desk
from aggregator.exports.inert import xml_text
from aggregator.review.app import make_app
from aggregator.review.roles import Role
from aggregator.store.entries import View
from aggregator.store.session import Store
from crawler.records import Evidence, Rival
from tests.aggregator.exports.test_hostile import PAYLOADS
from tests.aggregator.review.morning import add_person, open_room, piece, serving
from tests.aggregator.review.test_browser import open_context, open_page

MORE = [
    "<img src=x onerror=window.__x=1>",
    "<iframe srcdoc='<script>parent.__x=1</script>'>",
    "<a href=javascript:window.__x=1>x</a>",
    "<details open ontoggle=window.__x=1>",
    "<form action=https://evil.example><button formaction=javascript:1>",
    "<div hx-get=/logout hx-trigger=load>",
    "<body onload=window.__x=1>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.__x=1>",
    '\\"};window.__x=1;//',
    "--><svg/onload=window.__x=1>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "%3Cscript%3Ewindow.__x=1%3C/script%3E",
]
# What a database or an address cannot hold is no matter of the page.
TEXTS = [text for text in PAYLOADS + MORE if len(text) < 1000 and "\ud800" not in text and "\x00" not in text]


@pytest.mark.parametrize("start", [0, 20])
def test_hostile_text_runs_nothing_and_reads_as_written(
    browser: Browser, desk_store: Store, start: int
) -> None:
    texts = TEXTS[start : start + 20]
    assert texts
    articles = []
    for number, text in enumerate(texts, start=1):
        article = piece(number, f"{text} sanctuary {number}", text, 'en" onload="x')
        proof = Evidence(value=text, found_by=text, rivals=(Rival(value=text, found_by=text),), doubt=text)
        articles.append(
            replace(article, authors=(text,), evidence={"headline": proof, text: proof}, image_url=text)
        )
    room = open_room(desk_store, articles)
    for article, text in zip(articles, texts, strict=True):
        signed = desk.Signature(by=text, at=room.now(), note=text)
        desk.correct(desk_store, "sanctuary", article.key, {"note": text}, signed)
    token = add_person(room, "Ana", Role.EDITOR)
    with serving(make_app(room)) as url, open_context(browser, url, token) as context:
        page, complaints = open_page(context, f"{url}/c/sanctuary/desk?status=all")
        headlines = {each.rstrip("\n") for each in page.locator(".headline").all_text_contents()}
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        shown = desk.entries(desk_store, "sanctuary", View(limit=100))
        for entry in shown:
            wanted = xml_text(entry.headline).replace("\r\n", "\n").replace("\r", "\n").strip()
            assert wanted in {each.strip() for each in headlines}, wanted
        keys = [entry.article.key for entry in shown]
        desk.accept(desk_store, "sanctuary", keys, desk.Signature(by=texts[0], at=room.now()))
        for path in ("list", "list?preview=markdown", "history", "coverage", f"copies?key={keys[0]}"):
            page.goto(f"{url}/c/sanctuary/{path}")
            assert page.evaluate("window.__x") is None
        for text in texts:
            page.goto(f"{url}/c/sanctuary/desk?status=all")
            page.locator("[data-search]").fill(text)
            page.locator("[data-search]").press("Enter")
            page.wait_for_load_state()
            assert page.evaluate("window.__x") is None
            assert page.url.startswith(url)
        assert not complaints
