"""The list at the desk: as it is published, by day and from right to left, and carried by the clipboard."""

from dataclasses import replace

from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Locator, Page, expect
from selectolax.lexbor import LexborHTMLParser

from aggregator import desk
from aggregator.desk import Signature
from aggregator.exports import render
from aggregator.store import campaigns
from tests.aggregator.review.morning import NOW, PIECES, Morning, serving
from tests.aggregator.review.test_browser import open_context, open_page

LIST = "/c/sanctuary/list"
ANA = Signature(by="Ana", at=NOW)


def accept_all(morning: Morning, **form: object) -> None:
    """Every piece of the morning on the list, in a form of the campaign's own."""
    store = morning.room.store
    desk.accept(store, "sanctuary", [each.article.key for each in desk.entries(store, "sanctuary")], ANA)
    with store.writing() as c:
        known = campaigns.get(c, "sanctuary")
        campaigns.save(c, replace(known, form=replace(known.form, **form)), "Ana", NOW)  # type: ignore[arg-type]


def test_a_list_by_day_shows_its_days_as_it_is_published(morning: Morning, client: TestClient) -> None:
    accept_all(morning, group_by_day=True)
    page = LexborHTMLParser(client.get(LIST).text)
    published = LexborHTMLParser(render(desk.listing(morning.room.store, "sanctuary"), "html").decode())
    days = [each.text() for each in published.css(".itn-day")]
    assert len(days) > 1 and [each.text() for each in page.css("h3.day")] == days
    lengths = [len(each.css("li")) for each in page.css("ol.published")]
    assert lengths == [len(each.css("li")) for each in published.css(".itn-list")]
    accept_all(morning, group_by_day=False)
    assert 'class="day"' not in client.get(LIST).text


def clipboard(page: Page, kind: str) -> str:
    """What lies in the clipboard as this kind of content."""
    script = "async kind => await (await (await navigator.clipboard.read())[0].getType(kind)).text()"
    return str(page.evaluate(script, kind))


def test_the_list_is_copied_for_a_page_a_mail_and_a_document(browser: Browser, morning: Morning) -> None:
    accept_all(morning)
    listing = desk.listing(morning.room.store, "sanctuary")
    with serving(morning.app) as url, open_context(browser, url, morning.token) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        page, complaints = open_page(context, url + LIST)
        page.get_by_role("button", name="Copy for a mail or a document").click()
        expect(page.get_by_role("status")).to_contain_text("Copied.")
        assert PIECES[0][0] in clipboard(page, "text/html") and "<a href=" in clipboard(page, "text/html")
        assert clipboard(page, "text/plain") == render(listing, "text-page").decode()
        for name, button in (("fragment", "Copy the HTML"), ("csv", "Copy")):
            page.goto(f"{url}{LIST}?preview={name}")
            page.get_by_role("button", name=button, exact=True).click()
            expect(page.get_by_role("status")).to_contain_text("Copied.")
            assert clipboard(page, "text/plain").splitlines() == render(listing, name).decode().splitlines()
        page.goto(f"{url}{LIST}?preview=xlsx")
        expect(page.locator("[data-copy]")).to_have_count(0)
        assert complaints == []


def directions(parts: Locator) -> set[str]:
    """Which way these run."""
    return {str(each.evaluate("each => getComputedStyle(each).direction")) for each in parts.all()}


def test_an_entry_runs_as_its_headline_does_here_and_published(browser: Browser, morning: Morning) -> None:
    accept_all(morning)
    with serving(morning.app) as url, open_context(browser, url, morning.token) as context:
        page, _ = open_page(context, url + LIST)
        assert directions(page.locator(".published li", has_text=PIECES[-1][0]).locator("p")) == {"rtl"}
        page.goto(f"{url}/c/sanctuary/preview/html")
        for headline, direction in ((PIECES[-1][0], "rtl"), (PIECES[0][0], "ltr")):
            entry = page.locator(".itn-entry", has_text=headline)
            assert directions(entry.locator(".itn-headline, .itn-byline")) == {direction}
