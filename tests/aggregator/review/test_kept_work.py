"""Nothing that somebody typed, chose or looks at is lost: to what others do, to a session's end, to a key."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from aggregator import desk
from aggregator.records import Status
from aggregator.review.cookies import PLAIN
from aggregator.review.roles import Role
from aggregator.store.entries import View
from tests.aggregator.review.morning import Morning, add_person, piece, serving
from tests.aggregator.review.test_browser import DESK, counts, open_context, open_page
from tests.aggregator.samples import take_in

NEWS = "htmx.trigger('#news', 'look')"


@pytest.fixture
def served(morning: Morning) -> Iterator[str]:
    """A desk with eight entries waiting, served on loopback: its address."""
    with serving(morning.app) as url:
        yield url


def at_bos_desk(morning: Morning, verdict: str, place: int) -> None:
    """Bo decides the entry that stands at this place."""
    found = desk.entries(morning.room.store, "sanctuary", View(status=Status.WAITING))
    signed = desk.Signature(by="Bo", at=morning.room.now())
    {"accept": desk.accept, "reject": desk.reject}[verdict](
        morning.room.store, "sanctuary", [found[place].article.key], signed
    )


def entry_of(page: Page, place: int) -> str:
    """A selector of the entry that stands at this place now, wherever it stands later."""
    return f"[id='{page.locator('.entry').nth(place).get_attribute('id')}']"


def test_text_choice_and_place_outlive_what_another_does(
    browser: Browser, morning: Morning, served: str
) -> None:
    add_person(morning.room, "Bo", Role.EDITOR)
    with open_context(browser, served, morning.token) as context:
        page, complaints = open_page(context, served + DESK)
        chosen, mine = entry_of(page, 3), entry_of(page, 2)
        page.locator(f"{chosen} .pick input").check()
        page.keyboard.press("Shift+Tab")
        page.locator(f"{mine} .edit summary").click()
        page.locator(f"{mine} .edit [name=note]").fill("page one of the print edition")
        at_bos_desk(morning, "reject", 0)
        page.evaluate(NEWS)
        expect(page.locator(".entry")).to_have_count(7)
        note = page.locator(f"{mine} .edit [name=note]")
        expect(note).to_be_focused()
        page.keyboard.type(", and page nine")
        expect(note).to_have_value("page one of the print edition, and page nine")
        expect(page.locator(f"{chosen} .pick input")).to_be_checked()
        expect(page.locator("[data-picked]")).to_have_text("1 selected:")
        expect(page.locator(f"{mine}.here")).to_have_count(1)
        expect(page.locator("#tally")).to_have_text("7")
        page.locator(f"{mine} .acts .star").click()
        expect(page.locator(f"{mine} .star")).to_have_attribute("aria-pressed", "true")
        expect(note).to_have_value("page one of the print edition, and page nine")
        assert not complaints


def test_text_on_an_entry_that_another_decided_is_kept_and_saved_when_one_insists(
    browser: Browser, morning: Morning, served: str
) -> None:
    add_person(morning.room, "Bo", Role.EDITOR)
    with open_context(browser, served, morning.token) as context:
        page, _ = open_page(context, served + DESK)
        mine = entry_of(page, 1)
        page.locator(f"{mine} .edit summary").click()
        page.locator(f"{mine} .edit [name=headline]").fill("Half an hour of work")
        at_bos_desk(morning, "accept", 1)
        page.locator(f"{mine} .edit button").click()
        expect(page.locator(".toast.trouble")).to_contain_text("changed in between by Bo")
        expect(page.locator(f"{mine} .state")).to_have_text("accepted")
        expect(page.locator(f"{mine} .edit [name=headline]")).to_have_value("Half an hour of work")
        page.locator(f"{mine} .edit button").click()
        expect(page.locator(".toast")).to_contain_text("Corrected headline")
    accepted = desk.entries(morning.room.store, "sanctuary", View(status=Status.ACCEPTED))
    assert [entry.headline for entry in accepted] == ["Half an hour of work"]


def test_a_session_that_ends_takes_neither_the_page_nor_what_was_typed(
    browser: Browser, morning: Morning, served: str
) -> None:
    with open_context(browser, served, morning.token) as context:
        page, _ = open_page(context, f"{served}{DESK}?status=all")
        page.locator(".entry .edit summary").first.click()
        page.locator(".edit [name=headline]").first.fill("Typed before lunch")
        context.clear_cookies()
        page.evaluate(NEWS)
        login = page.locator(".toast.trouble a")
        expect(login).to_have_attribute("href", "/login?next=%2Fc%2Fsanctuary%2Fdesk%3Fstatus%3Dall")
        page.locator(".toast [data-close]").click()
        page.locator(".edit button").first.click()
        expect(login).to_have_text("Log in")
        assert page.url == f"{served}{DESK}?status=all"
        context.add_cookies([{"name": PLAIN, "value": morning.token, "url": served}])
        page.locator(".edit button").first.click()
        expect(page.locator(".headline").first).to_have_text("Typed before lunch")


def test_enter_in_the_reason_decides_nothing(browser: Browser, morning: Morning, served: str) -> None:
    with open_context(browser, served, morning.token, java_script_enabled=False) as context:
        page, _ = open_page(context, served + DESK)
        page.locator(".reason input").first.fill("not about us")
        page.keyboard.press("Enter")
        page.locator(".acts button.reject").first.click()
        expect(page.locator(".toast")).to_contain_text("Rejected")
    assert counts(morning)[Status.ACCEPTED] == 0
    assert desk.history(morning.room.store, "sanctuary")[0].note == "not about us"


def test_after_a_press_of_the_mouse_the_next_has_the_keys_and_what_comes_in_moves_nobody(
    browser: Browser, morning: Morning, served: str
) -> None:
    with open_context(browser, served, morning.token) as context:
        page, complaints = open_page(context, served + DESK)
        standing = entry_of(page, 3)
        page.locator(".entry").nth(2).locator("button.reject").click()
        expect(page.locator(f"{standing}.here")).to_be_focused()
        take_in(morning.room.store, piece(300, "A sanctuary by the river", "The Bee"))
        page.evaluate(NEWS)
        expect(page.locator("#news")).to_have_text("1 new entry came in. Look")
        expect(page.locator(".entry")).to_have_count(7)
        page.locator("[data-look]").click()
        expect(page.locator(".entry")).to_have_count(8)
        expect(page.locator(f"{standing}.here")).to_have_count(1)
        expect(page.locator("#news")).to_have_text("")
        page.locator("[data-pick-all]").check()
        page.locator("#bulk button[value=reject]").click()
        expect(page.locator(".nothing")).to_contain_text("New pieces appear here by themselves")
        take_in(morning.room.store, piece(301, "A sanctuary by the sea", "The Bee"))
        page.evaluate(NEWS)
        expect(page.locator(".entry")).to_have_count(1)
        assert not complaints


def test_forms_go_once_words_are_told_once_and_the_place_one_is_at_stays_in_view(
    browser: Browser, morning: Morning, served: str
) -> None:
    for _ in range(3):
        at_bos_desk(morning, "accept", 0)
    with open_context(browser, served, morning.token, viewport={"width": 360, "height": 740}) as context:
        page, _ = open_page(context, f"{served}/c/sanctuary/list?done=1")
        expect(page.locator(".toast")).to_contain_text("Accepted")
        assert page.url == f"{served}/c/sanctuary/list"
        moved = page.locator("[data-move] button[value=down]:enabled").first
        words = moved.get_attribute("aria-label") or ""
        moved.press("Enter")
        page.wait_for_url("**to=down")
        focused = page.locator("[data-move] button:focus")
        expect(focused).to_have_attribute("aria-label", "Up:" + words.removeprefix("Down:"))
        page.goto(f"{served}/c/sanctuary/add")
        sent = """() => [1, 2].map(() => document.querySelector("form[action$=clip]").dispatchEvent(
            new SubmitEvent("submit", {bubbles: true, cancelable: true})))"""
        assert page.evaluate(sent) == [True, False]
        page.evaluate("dispatchEvent(new Event('pageshow'))")
        assert page.evaluate(sent) == [True, False]
        page.goto(f"{served}/runs")
        expect(page.locator(".rooms [aria-current]")).to_be_in_viewport(ratio=0.9)
        page.goto(served + DESK)
        box = page.locator(".entry").first.bounding_box()
        assert box and box["y"] < 320, "the first entry begins below the middle of the screen"
