"""What stood in a comms officer's way in use: words that do not fit, a search that is not the page's."""

import re
from dataclasses import replace
from datetime import timedelta

from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from aggregator import desk
from crawler.records import Moment
from tests.aggregator.review.morning import NOW, Morning, piece, serving
from tests.aggregator.review.test_browser import open_context
from tests.aggregator.samples import JUDGES, take_in

DESK = "/c/sanctuary/desk"


def merge_two_of_one_outlet(morning: Morning) -> str:
    """Two pages of one outlet, made one story; answers the headline that is shown."""
    one, other = (
        piece(number, f"Sanctuary, seen {where}", "WNYC") for number, where in ((60, "near"), (61, "far"))
    )
    take_in(morning.room.store, one, replace(other, first_seen=one.first_seen))
    signed = desk.Signature(by="Ana", at=NOW)
    desk.merge(morning.room.store, [one.key, other.key], signed, JUDGES)
    return desk.entry(morning.room.store, "sanctuary", one.key).headline


def test_copies_of_one_outlet_are_told_as_that(morning: Morning, client: TestClient) -> None:
    merge_two_of_one_outlet(morning)
    page = client.get(DESK, params={"q": "sanctuary, seen"}).text
    assert "<bdi>WNYC</bdi>, also on 1 other page of its own ·" in page
    assert (
        "Made one story of “Sanctuary, seen near” and “Sanctuary, seen far”"
        in client.get("/c/sanctuary/history").text
    )


def test_each_thing_to_press_says_of_which_entry_it_is(morning: Morning, client: TestClient) -> None:
    shown = merge_two_of_one_outlet(morning)
    page = client.get(DESK, params={"q": "sanctuary, seen"}).text
    for words in ("Why it is here", "Edit"):
        assert f'{words}<span class="unseen">: {shown}</span></summary>' in page
    assert f'compare<span class="unseen"> the copies of {shown}</span></a>' in page


def test_entries_that_no_day_holds_are_told_beside_the_chart(morning: Morning, client: TestClient) -> None:
    dates = {number: Moment(instant=NOW - timedelta(days=days)) for number, days in ((60, 0), (61, 300))}
    told = [
        replace(piece(number, f"Sanctuary {number}", "WNYC"), published=dates.get(number))
        for number in (60, 61, 62)
    ]
    take_in(morning.room.store, *told)
    desk.accept(
        morning.room.store, "sanctuary", [each.key for each in told], desk.Signature(by="Ana", at=NOW)
    )
    page = client.get("/c/sanctuary/coverage").text
    assert "Not in the chart: 1 without a date and 1 before Wed 30 Nov 2016." in page


def test_the_trouble_of_a_form_leads_to_its_field(client: TestClient) -> None:
    form = {"name": "Sanctuary", "rule": "mayor AND", "ends_on": "soon", "version": "1"}
    page = client.post("/c/sanctuary/edit", data=form).text
    leads_to = re.search(r'<a href="#(trouble-\w+)">See the first</a>', page)
    assert leads_to and f'id="{leads_to[1]}"' in page


def test_a_search_fits_its_page_after_going_back_and_its_filters_fit_a_phone(
    browser: Browser, morning: Morning
) -> None:
    with serving(morning.app) as url, open_context(browser, url, morning.token) as context:
        page = context.new_page()
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(url + DESK)
        page.fill("input[name=q]", "nowhere")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
        page.go_back()
        expect(page.locator(".entry").first).to_be_visible()
        expect(page.locator("input[name=q]")).to_have_value("")
        page.get_by_text("Filter").click()
        sheet = page.locator(".sheet").bounding_box()
        assert sheet and sheet["x"] >= 0 and sheet["x"] + sheet["width"] <= 360
        page.fill("input[name=outlet]", "Politico")
        page.locator(".sheet").get_by_role("button", name="Show").click()
        expect(page.locator(".entry")).to_have_count(1)


def test_without_a_script_nothing_is_shown_that_only_a_script_does(
    browser: Browser, morning: Morning
) -> None:
    with (
        serving(morning.app) as url,
        open_context(browser, url, morning.token, java_script_enabled=False) as plain,
    ):
        page = plain.new_page()
        page.goto(url + DESK)
        expect(page.get_by_text("Select all")).to_be_hidden()
        expect(page.get_by_text("With the selected:")).to_be_visible()
