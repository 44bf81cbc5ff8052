"""The desk in a real Chromium: a morning by keys alone, with the mouse, and without JavaScript."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from aggregator import desk
from aggregator.records import Status
from aggregator.review import people
from aggregator.review.app import make_app
from aggregator.review.cookies import PLAIN
from aggregator.review.roles import Role
from aggregator.store.entries import View
from aggregator.store.session import Store
from tests.aggregator.review.morning import (
    NOW,
    PASSWORD,
    Morning,
    add_person,
    add_session,
    open_morning,
    open_room,
    serving,
)

DESK = "/c/sanctuary/desk"


@pytest.fixture(scope="module")
def fifty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Morning]]:
    """A desk with fifty entries waiting, served on loopback."""
    path: Path = tmp_path_factory.mktemp("fifty") / "desk.sqlite3"
    store = Store.create(f"sqlite:///{path}")
    morning = open_morning(store, 49)
    with serving(morning.app) as url:
        yield url, morning
    store.close()


@pytest.fixture
def served(morning: Morning) -> Iterator[tuple[str, Morning]]:
    """A desk with eight entries waiting, served on loopback."""
    with serving(morning.app) as url:
        yield url, morning


def open_context(browser: Browser, url: str, token: str, **options: Any) -> BrowserContext:
    """A browser window in which this session is logged in."""
    context = browser.new_context(**options)
    context.add_cookies([{"name": PLAIN, "value": token, "url": url}])
    return context


def open_page(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """The page, and everything that its console complains about."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.extend([said.text] if said.type != "log" else []))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page, complaints


def counts(morning: Morning) -> dict[Status, int]:
    """How many entries stand where, by the database."""
    return desk.counts(morning.room.store, "sanctuary")


def test_fifty_entries_are_cleared_by_keys_alone_in_under_a_minute(
    browser: Browser, fifty: tuple[str, Morning]
) -> None:
    url, morning = fifty
    with open_context(browser, url, morning.token) as context:
        page, complaints = open_page(context, url + DESK)
        expect(page.locator(".entry")).to_have_count(50)
        started = time.perf_counter()
        for number in range(50):
            page.keyboard.press("arl"[number % 3])
        expect(page.locator(".nothing")).to_contain_text("All clear")
        assert time.perf_counter() - started < 60
        assert not complaints
    now = counts(morning)
    assert [now[each] for each in (Status.ACCEPTED, Status.REJECTED, Status.LATER)] == [17, 17, 16]
    assert now[Status.WAITING] == 0


def test_the_next_entry_has_the_keys_in_the_next_frame_without_waiting_for_the_server(
    browser: Browser, served: tuple[str, Morning]
) -> None:
    url, morning = served
    with open_context(browser, url, morning.token) as context:
        page, _ = open_page(context, url + DESK)
        kept_waiting: list[Route] = []
        page.route("**/*", lambda route: kept_waiting.append(route))
        page.evaluate(
            """() => document.addEventListener("keydown", () => requestAnimationFrame(() => setTimeout(() => {
                const entries = [...document.querySelectorAll(".entry")];
                const leaving = entries.filter((each) => each.classList.contains("leaving"));
                (window.painted ??= []).push([leaving.length, entries.indexOf(document.activeElement)]);
            })), true)"""
        )
        for number in range(5):
            page.keyboard.press("a")
            page.wait_for_function("count => window.painted.length === count", arg=number + 1)
        assert page.evaluate("window.painted") == [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]
        assert kept_waiting, "no decision has reached the server"
        for request in kept_waiting:
            request.continue_()


def test_keys_move_open_edit_star_select_and_undo(browser: Browser, served: tuple[str, Morning]) -> None:
    url, morning = served
    with open_context(browser, url, morning.token) as context:
        page, complaints = open_page(context, url + DESK)
        here = page.locator(".entry.here")
        first = here.get_attribute("id")
        page.keyboard.press("j")
        assert here.get_attribute("id") != first
        page.keyboard.press("k")
        assert here.get_attribute("id") == first
        page.keyboard.press("o")
        expect(here.locator("[data-why]")).to_have_attribute("open", "")
        page.keyboard.press("s")
        expect(page.locator(".entry").first.locator(".star")).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("e")
        page.keyboard.press("Control+a")
        page.keyboard.type("Typed by keys, a j k and all")
        page.locator(".entry.here [data-edit] button").first.click()
        expect(page.locator(".headline").first).to_have_text("Typed by keys, a j k and all")
        page.keyboard.press("u")
        expect(page.locator(".headline").first).not_to_have_text("Typed by keys, a j k and all")
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("X")
        expect(page.locator("[data-picked]")).to_have_text("3 selected:")
        page.locator("#bulk button[value=reject]").click()
        expect(page.locator(".toast")).to_contain_text("Rejected 3 entries")
        page.keyboard.press("u")
        expect(page.locator(".toast")).to_contain_text("Took back")
        assert counts(morning)[Status.WAITING] == 8
        page.keyboard.press("?")
        expect(page.locator("#keys-help")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("g")
        page.keyboard.press("l")
        page.wait_for_url("**/list")
        assert not complaints


def test_what_another_does_is_seen_and_nothing_is_written_over(
    browser: Browser, served: tuple[str, Morning]
) -> None:
    url, morning = served
    bo = add_person(morning.room, "Bo", Role.EDITOR)
    with open_context(browser, url, morning.token) as anas, open_context(browser, url, bo) as bos:
        hers, _ = open_page(anas, url + DESK)
        his, _ = open_page(bos, url + DESK)
        his.keyboard.press("r")
        expect(his.locator(".toast")).to_contain_text("Rejected")
        hers.keyboard.press("a")
        expect(hers.locator(".toast.trouble")).to_contain_text("changed in between by Bo")
        hers.evaluate("htmx.ajax('GET', document.querySelector('#news').getAttribute('hx-get'), '#news')")
        expect(hers.locator(".toast")).to_contain_text("Bo: rejected")
        expect(hers.locator(".entry")).to_have_count(7)
    assert counts(morning)[Status.REJECTED] == 1


def test_a_server_that_is_gone_is_told_and_the_entry_stays(
    browser: Browser, served: tuple[str, Morning]
) -> None:
    url, morning = served
    with open_context(browser, url, morning.token) as context:
        page, _ = open_page(context, url + DESK)
        context.set_offline(True)
        page.keyboard.press("a")
        expect(page.locator(".toast.trouble")).to_contain_text("did not answer")
        expect(page.locator(".entry.leaving")).to_have_count(0)
    assert counts(morning)[Status.ACCEPTED] == 0


def test_everything_works_without_javascript(browser: Browser, served: tuple[str, Morning]) -> None:
    url, morning = served
    with open_context(browser, url, morning.token, java_script_enabled=False) as context:
        page, _ = open_page(context, url + DESK)
        page.locator(".entry button[value=accept]").first.click()
        expect(page.locator(".toast")).to_contain_text("Accepted")
        page.locator(".toast button").click()
        expect(page.locator(".toast")).to_contain_text("Took back")
        page.locator(".pick input").nth(0).check()
        page.locator(".pick input").nth(1).check()
        page.locator("#bulk button[value=accept]").click()
        expect(page.locator(".toast")).to_contain_text("Accepted 2 entries")
        page.locator(".edit summary").first.click()
        page.locator(".edit textarea").first.fill("Corrected without a script")
        page.locator(".edit button").first.click()
        expect(page.locator(".headline").first).to_have_text("Corrected without a script")
        page.goto(f"{url}/c/sanctuary/list")
        expect(page.locator(".published li")).to_have_count(2)
        page.goto(f"{url}/self")
        page.get_by_label("Theme").select_option("dark")
        page.locator("form[action='/self/colours'] button").click()
        assert page.locator("html").get_attribute("data-theme") == "dark"
    assert counts(morning)[Status.ACCEPTED] == 2


def test_an_entry_is_dragged_within_its_day(browser: Browser, served: tuple[str, Morning]) -> None:
    url, morning = served
    keys = [each.article.key for each in desk.entries(morning.room.store, "sanctuary", View())]
    signed = desk.Signature(by="Ana", at=morning.room.now())
    desk.accept(morning.room.store, "sanctuary", keys, signed)
    with open_context(browser, url, add_session(morning.room, "Ana")) as context:
        page, complaints = open_page(context, f"{url}/c/sanctuary/list")
        rows = page.locator("[data-move]")
        first, second = rows.nth(0).get_attribute("data-move"), rows.nth(1).get_attribute("data-move")
        assert rows.nth(0).get_attribute("data-day") == rows.nth(1).get_attribute("data-day")
        rows.nth(1).drag_to(rows.nth(0), target_position={"x": 20, "y": 4})
        page.wait_for_url("**done=*")
        assert [row.get_attribute("data-move") for row in rows.all()[:2]] == [second, first]
        assert not complaints


def test_the_first_admin_comes_in_by_a_link_and_logs_in_again(browser: Browser, desk_store: Store) -> None:
    room = open_room(desk_store, [])
    token = people.first_invitation(desk_store, NOW)
    with serving(make_app(room)) as url, browser.new_context() as context:
        page, _ = open_page(context, f"{url}/welcome?token={token}")
        page.get_by_label("Name").fill("Grace")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Begin").click()
        expect(page.locator(".self")).to_contain_text("Grace")
        page.goto(f"{url}/welcome?token={token}")
        expect(page.locator("main")).to_contain_text("was used")
        page.goto(f"{url}/people")
        page.locator(".self summary").click()
        page.get_by_role("button", name="Log out").click()
        page.goto(f"{url}/runs")
        page.get_by_label("Name").fill("Grace")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/runs")
    assert people.first_invitation(desk_store, NOW) is None
