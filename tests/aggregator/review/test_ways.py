"""The ways through the desk: first steps, dead ends, words and buttons that lead where they say."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from aggregator import desk
from aggregator.review.app import make_app
from aggregator.review.campaign_form import slug_of
from aggregator.review.roles import Role
from aggregator.review.room import Room
from aggregator.store import campaigns, sources
from aggregator.store.entries import View
from aggregator.store.session import Store
from aggregator.wording import read_aloud
from crawler.outlets import Directory
from crawler.records import Outlet, Source, SourceKind
from tests.aggregator.review.conftest import client_of
from tests.aggregator.review.morning import NOW, Clock, FakeJobs, Morning, add_person, serving
from tests.aggregator.review.test_browser import open_context, open_page
from tests.aggregator.samples import JUDGES

HERE = "/c/sanctuary/desk"


def test_without_a_campaign_an_editor_makes_one_and_a_viewer_is_told(desk_store: Store) -> None:
    room = Room(store=desk_store, judges=JUDGES, jobs=FakeJobs(), now=Clock())
    empty = Morning(app=make_app(room), room=room, jobs=FakeJobs(), token="")
    editor = client_of(empty, add_person(room, "Ed", Role.EDITOR))
    assert 'href="/campaigns/new"' in editor.get("/sources").text
    editor.post("/campaigns/new", data={"slug": "", "name": "Así reacciona", "pack-names": "Así"})
    assert "All clear" in editor.get("/").text
    with desk_store.reading() as c:
        assert [each.slug for each in campaigns.every(c)] == ["asi-reacciona"]


def test_a_viewer_without_a_campaign_is_not_sent_in_a_circle(desk_store: Store) -> None:
    room = Room(store=desk_store, judges=JUDGES, jobs=FakeJobs(), now=Clock())
    empty = Morning(app=make_app(room), room=room, jobs=FakeJobs(), token="")
    viewer = client_of(empty, add_person(room, "Vi", Role.VIEWER)).get("/")
    assert viewer.status_code == 200 and "No campaign yet" in viewer.text


def test_a_short_name_is_made_of_the_name() -> None:
    assert slug_of("  ¡Así reacciona!  La conferencia ") == "asi-reacciona-la-conferencia"
    assert slug_of("清潔") == "" and len(slug_of("x" * 100)) == 60


def test_a_lost_page_has_the_navigation_and_a_refused_form_the_way_back(
    morning: Morning, client: TestClient, admin: TestClient
) -> None:
    lost = client.get("/nothing-here")
    assert lost.status_code == 404 and f'href="{HERE}"' in lost.text
    assert "Log out" not in client_of(morning, None).get("/nothing-here").text
    people = {"referer": "http://desk.example/people?a=1"}
    refused = admin.post("/people/remove", data={"name": "Bo"}, headers=people)
    assert refused.status_code == 409 and 'href="/people?a=1"' in refused.text
    elsewhere = {"referer": "http://evil.example/people"}
    assert "evil" not in admin.post("/people/remove", data={"name": "Bo"}, headers=elsewhere).text


def test_a_form_without_a_session_leads_to_the_login_and_back_to_its_page(morning: Morning) -> None:
    headers = {"referer": f"http://desk.example{HERE}?status=all"}
    answer = client_of(morning, None).post("/c/sanctuary/decisions", headers=headers)
    assert answer.status_code == 401 and "not saved" in answer.text
    assert f'name="next" value="{HERE}?status=all"' in answer.text


def test_a_viewer_sees_nothing_to_tick_or_to_save(morning: Morning) -> None:
    viewer = client_of(morning, add_person(morning.room, "Vi", Role.VIEWER))
    page = viewer.get(f"{HERE}?q=sanctuary").text
    assert "<article" in page and 'type="checkbox" form="bulk"' not in page and "Save view" not in page


def test_a_view_is_known_again_and_forgotten(client: TestClient) -> None:
    client.post("/views", data={"campaign": "sanctuary", "name": "Ours", "query": "status=waiting&q=ours"})
    page = client.get(f"{HERE}?status=waiting&q=ours").text
    assert "Forget this view" in page and "Save view" not in page
    assert "Forget this view" not in client.get(HERE).text
    client.post("/views", data={"campaign": "sanctuary", "name": "Ours"})
    assert "Ours" not in client.get(HERE).text


def test_who_saves_a_campaign_second_keeps_what_they_wrote_and_may_insist(
    morning: Morning, client: TestClient, admin: TestClient
) -> None:
    form = {"name": "Seeking Sanctuary", "pack-names": "sanctuary", "version": "1"}
    admin.post("/c/sanctuary/edit", data=form | {"form-title": "His"})
    late = client.post("/c/sanctuary/edit", data=form | {"form-title": "Hers", "form-intro": "Long text"})
    assert late.status_code == 409 and "<bdi>Bo</bdi> saved this campaign" in late.text
    assert "Long text" in late.text and 'name="version" value="2"' in late.text
    client.post("/c/sanctuary/edit", data=form | {"form-title": "Hers", "version": "2"})
    with morning.room.store.reading() as c:
        assert campaigns.get(c, "sanctuary").form.title == "Hers"


def test_a_decision_that_is_taken_back_is_not_offered_to_be_undone_again(
    morning: Morning, client: TestClient
) -> None:
    key = desk.entries(morning.room.store, "sanctuary")[0].article.key
    taken = desk.accept(morning.room.store, "sanctuary", [key], desk.Signature(by="Ana", at=NOW))
    assert 'class="toast"' in client.get(f"{HERE}?done={taken.id}").text
    client.post("/c/sanctuary/undo", data={"decision": str(taken.id)})
    assert 'class="toast"' not in client.get(f"{HERE}?done={taken.id}").text


def test_the_list_leads_to_each_entry_and_its_exports_are_in_order(
    morning: Morning, client: TestClient
) -> None:
    found = desk.entries(morning.room.store, "sanctuary", View())
    signed = desk.Signature(by="Ana", at=NOW)
    desk.accept(morning.room.store, "sanctuary", [each.article.key for each in found], signed)
    page = client.get("/c/sanctuary/list").text
    links = re.findall(r'href="(/c/sanctuary/desk\?status=accepted&amp;q=[^"]+)"', page)
    assert len(links) == len(found)
    for link in links:
        assert "1 entry found" in client.get(link.replace("&amp;", "&")).text
    titles = re.findall(r'#preview"[^>]*>([^<]+)</a>', page)
    assert titles == sorted(titles, key=str.casefold) and len(titles) > 8


def test_a_source_is_called_and_found_by_its_outlets_name(morning: Morning, client: TestClient) -> None:
    outlet = Outlet(slug="the-bee", name="The Sacramento Bee", domains=("bee.example",))
    named = replace(morning, app=make_app(replace(morning.room, directory=Directory([outlet]))))
    feed = Source(id="f", kind=SourceKind.FEED, url="https://bee.example/feed", outlet="the-bee")
    with morning.room.store.writing() as c:
        sources.add(c, feed, "Ana", NOW)
    page = client_of(named, morning.token).get("/sources?q=sacramento").text
    assert "<bdi>The Sacramento Bee</bdi>" in page and "bee.example/feed" in page


def test_what_is_added_to_the_desk_is_told(morning: Morning, client: TestClient) -> None:
    clip = {"headline": "Sanctuary on the radio", "outlet": "Radio X"}
    assert "1 piece added" in client.post("/c/sanctuary/add/clip", data=clip).text
    page = client.post("/c/sanctuary/add/fetch", data={"addresses": "https://gone.example/a one two"}).text
    assert "one too many: <bdi>one</bdi>, <bdi>two</bdi>" in page
    by_hand = re.findall(r'href="(/c/sanctuary/add\?clip=[^"]+)"', page)[0]
    assert 'name="url" type="url" value="https://gone.example/a"' in client.get(by_hand).text


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2017-03-27T18:35:00-04:00", "Mon 27 Mar 2017, 18:35 (UTC−04:00)"),
        ("2017-04-02T00:00:00+00:00", "Sun 2 Apr 2017, 00:00 (UTC)"),
        ("2017-04-02", "Sun 2 Apr 2017"),
        ("yesterday", "yesterday"),
    ],
)
def test_times_in_the_evidence_are_told_as_people_say_them(written: str, told: str) -> None:
    assert read_aloud(written) == told


def test_a_rule_is_checked_while_it_is_typed_each_field_by_itself(browser: Browser, morning: Morning) -> None:
    with (
        serving(morning.app) as url,
        open_context(browser, url, morning.token) as context,
    ):
        page, complaints = open_page(context, f"{url}/c/sanctuary/edit")
        page.locator("[name=rule]").fill("(mayor OR")
        expect(page.locator("#trouble-rule")).to_contain_text("never closed")
        page.locator("[name=none_of]").fill("birds AND")
        expect(page.locator("#trouble-none_of pre")).to_be_visible()
        page.locator("[name=rule]").fill("mayor")
        expect(page.locator("#trouble-rule pre")).to_have_count(0)
        expect(page.locator("#trouble-none_of pre")).to_be_visible()
        assert not complaints
