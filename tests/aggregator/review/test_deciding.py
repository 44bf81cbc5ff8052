"""What a reviewer does at the desk, by the forms that the pages have: all of it without JavaScript."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime

from fastapi.testclient import TestClient

from aggregator import desk
from aggregator.records import Entry, Status, Verdict
from aggregator.review.roles import Role
from aggregator.store import lost_pages
from aggregator.store.entries import View
from tests.aggregator.review.conftest import client_of
from tests.aggregator.review.morning import Morning, add_person, piece
from tests.aggregator.samples import take_in

HERE = "/c/sanctuary/desk"
NOON = datetime(2017, 3, 29, 12, tzinfo=UTC)


def entries(morning: Morning, status: Status | None = None) -> list[Entry]:
    """The entries as the store has them."""
    return desk.entries(morning.room.store, "sanctuary", View(status=status, limit=1000))


def decide(client: TestClient, *entries: Entry, verdict: str = "accept", **fields: str) -> str:
    """Presses a button of the desk; gives the page that comes after."""
    form = {"subjects": [entry.article.key for entry in entries], "verdict": verdict, "next": HERE, **fields}
    answer = client.post("/c/sanctuary/decisions", data=form)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def test_the_desk_shows_an_entry_with_passage_copies_and_evidence(client: TestClient) -> None:
    page = client.get(HERE).text
    assert "‘We Cannot Hide’: Sanctuary Cities Join Forces in First Meeting of Its Kind" in page
    assert "<mark>sanctuary</mark>" in page and "in the text" in page
    assert "also carried by FOX61 and 2 others" in page
    assert "NBC NEWS" in page and "og:site_name" in page and "Use this" in page
    assert 'lang="ar" dir="rtl"' in page and 'lang="es" dir="ltr"' in page
    assert "8 entries wait for you" in page


def test_accept_reject_and_later_put_an_entry_where_it_belongs(morning: Morning, client: TestClient) -> None:
    first, second, third = entries(morning)[:3]
    assert "Accepted “" in decide(client, first)
    decide(client, second, verdict="reject", note="about birds")
    decide(client, third, verdict="later")
    assert [each.story.id for each in entries(morning, Status.ACCEPTED)] == [first.story.id]
    assert [each.story.id for each in entries(morning, Status.REJECTED)] == [second.story.id]
    assert [each.story.id for each in entries(morning, Status.LATER)] == [third.story.id]
    taken = desk.history(morning.room.store, "sanctuary")
    assert [each.by for each in taken] == ["Ana"] * 3 and taken[1].note == "about birds"


def test_what_was_done_can_be_undone_from_the_toast_and_brought_back(
    morning: Morning, client: TestClient
) -> None:
    page = decide(client, entries(morning)[0])
    undo = re.search(r'name="decision" value="(\d+)"', page)
    assert undo
    back = client.post("/c/sanctuary/undo", data={"decision": undo[1], "next": HERE}).text
    assert "Took back: accepted “" in back and not entries(morning, Status.ACCEPTED)
    again = re.search(r'name="decision" value="(\d+)"', back)
    assert again
    client.post("/c/sanctuary/undo", data={"decision": again[1], "next": HERE})
    assert len(entries(morning, Status.ACCEPTED)) == 1


def test_the_undo_key_takes_back_ones_own_newest_act(morning: Morning, client: TestClient) -> None:
    other = client_of(morning, add_person(morning.room, "Bo", Role.EDITOR))
    first, second = entries(morning)[:2]
    decide(client, first)
    decide(other, second)
    client.post("/c/sanctuary/undo", data={"next": HERE})
    assert [each.story.id for each in entries(morning, Status.ACCEPTED)] == [second.story.id]


def test_a_thousand_entries_are_one_undoable_act(morning: Morning, client: TestClient) -> None:
    page = decide(client, *entries(morning), verdict="reject", bulk="yes")
    assert "Rejected 8 entries" in page
    client.post("/c/sanctuary/undo", data={"next": HERE})
    assert len(entries(morning, Status.WAITING)) == 8


def test_all_that_match_a_search_can_be_decided_at_once(morning: Morning, client: TestClient) -> None:
    client.post(
        "/c/sanctuary/decisions",
        data={"verdict": "accept", "all": "status=waiting&q=nbc", "bulk": "yes", "next": HERE},
    )
    assert [each.outlet for each in entries(morning, Status.ACCEPTED)] == ["NBC News"]


def test_a_star_is_put_on_and_taken_off(morning: Morning, client: TestClient) -> None:
    entry = entries(morning)[0]
    decide(client, entry, verdict="star")
    assert entries(morning)[0].starred
    decide(client, entry, verdict="unstar")
    assert not entries(morning)[0].starred


def test_only_fields_that_changed_are_corrected(morning: Morning, client: TestClient) -> None:
    entry = entries(morning)[-1]
    form = {
        "subject": entry.article.key,
        "headline": "  A better headline ",
        "outlet": entry.outlet,
        "date": "2017-03-27",
        "link": entry.article.canonical_url,
        "note": "",
        "version": str(entry.version),
        "next": HERE,
    }
    page = client.post("/c/sanctuary/corrections", data=form).text
    assert "A better headline" in page
    now = entries(morning)[-1]
    assert now.headline == "A better headline" and now.day and now.day.isoformat() == "2017-03-27"
    assert now.corrected and set(now.corrected) == {"headline", "date"}


def test_always_call_this_outlet_is_a_rule_for_all_that_is_and_comes(
    morning: Morning, client: TestClient
) -> None:
    nbc = next(each for each in entries(morning) if each.outlet == "NBC News")
    form = {"subject": nbc.article.key, "outlet": "NBC", "always": "yes", "next": HERE}
    client.post("/c/sanctuary/corrections", data=form)
    later = replace(piece(60, "A later piece", "NBC News"), url=f"{nbc.article.url}/later", key="later")
    take_in(morning.room.store, later)
    names = {each.headline: each.outlet for each in entries(morning)}
    assert names[nbc.headline] == "NBC" and names["A later piece"] == "NBC"
    proof = desk.entry(morning.room.store, "sanctuary", "later").article.evidence["outlet"]
    assert proof.rivals[0].value == "NBC News" and "Ana" in proof.found_by
    page = client.get("/sources").text
    assert "is called <strong" in page and "NBC" in page
    outlet = re.search(r'name="outlet" value="([^"]+)"', page)
    assert outlet
    client.post("/sources/names/forget", data={"outlet": outlet[1]})
    assert {each.outlet for each in entries(morning) if each.headline in names} >= {"NBC News"}
    assert "NBC" not in {each.outlet for each in entries(morning)}


def test_what_somebody_else_changed_is_not_written_over(morning: Morning, client: TestClient) -> None:
    entry = entries(morning)[0]
    other = client_of(morning, add_person(morning.room, "Bo", Role.EDITOR))
    decide(other, entry, verdict="reject", version=str(entry.version))
    form = {"subjects": entry.article.key, "verdict": "accept", "version": str(entry.version), "next": HERE}
    answer = client.post("/c/sanctuary/decisions", data=form)
    assert answer.status_code == 409 and "Bo" in answer.text and "reject" in answer.text
    assert entries(morning)[0].status is Status.REJECTED


def test_merging_selected_entries_makes_one_story_and_apart_splits_it(
    morning: Morning, client: TestClient
) -> None:
    first, second = entries(morning)[-2:]
    decide(client, first, second, verdict="merge", bulk="yes")
    merged = desk.entry(morning.room.store, "sanctuary", first.article.key)
    members = {merged.article.key, *(each.key for each in merged.carriers)}
    assert members == {first.article.key, second.article.key}
    page = client.get("/c/sanctuary/copies", params={"key": first.article.key}).text
    assert "Not the same story" in page and "<mark>" in page
    client.post("/c/sanctuary/copies/apart", data={"key": second.article.key})
    assert not desk.entry(morning.room.store, "sanctuary", first.article.key).carriers


def test_the_copies_of_a_story_that_many_carry_come_fifty_a_page(
    morning: Morning, client: TestClient
) -> None:
    wire = next(each for each in entries(morning) if each.carriers)
    more = [
        replace(wire.article, key=f"station{number}.example/a", url=f"https://station{number}.example/a")
        for number in range(60)
    ]
    take_in(morning.room.store, *(replace(each, canonical_url=each.url, urls=()) for each in more))
    address: str | None = f"/c/sanctuary/copies?key={wire.article.key}"
    links = []
    while address:
        page = client.get(address).text
        assert page.count('class="copy shown"') == 1 and "64 articles taken for one story" in page
        links += re.findall(r'aria-label="Show ([^"]*)"', page)
        further = re.search(r'href="([^"]*)" rel="next"', page)
        address = html.unescape(further[1]) if further else None
    assert len(links) == 63


def test_another_copy_can_be_chosen_to_be_shown(morning: Morning, client: TestClient) -> None:
    wire = next(each for each in entries(morning) if each.carriers)
    client.post("/c/sanctuary/copies/show", data={"key": wire.carriers[1].key})
    now = desk.entry(morning.room.store, "sanctuary", wire.article.key)
    assert now.article.key == wire.carriers[1].key


def test_the_history_shows_every_decision_and_takes_any_back(morning: Morning, client: TestClient) -> None:
    decide(client, entries(morning)[0])
    decide(client, entries(morning)[1], verdict="reject", note="not us")
    page = client.get("/c/sanctuary/history").text
    assert "Rejected “" in page and "Accepted “" in page and "not us" in page and page.count("Undo:") == 2
    number = desk.history(morning.room.store, "sanctuary")[-1].id
    client.post("/c/sanctuary/undo", data={"decision": str(number), "next": "/c/sanctuary/history"})
    page = client.get("/c/sanctuary/history").text
    assert "taken back" in page and "Took back: accepted “" in page
    assert desk.history(morning.room.store, "sanctuary")[0].verdict is Verdict.UNDO


def test_others_are_told_what_somebody_did(morning: Morning, client: TestClient) -> None:
    other = client_of(morning, add_person(morning.room, "Bo", Role.EDITOR))
    decide(other, entries(morning)[0])
    news = client.get("/c/sanctuary/news?since=0")
    assert "Bo: accepted “" in news.text and news.headers["hx-trigger"] == "desk-changed"
    assert "Bo:" not in other.get("/c/sanctuary/news?since=0").text


def test_the_script_gets_only_pieces(morning: Morning, client: TestClient) -> None:
    entry = entries(morning)[0]
    form = {"subjects": entry.article.key, "verdict": "accept", "next": HERE}
    answer = client.post("/c/sanctuary/decisions", data=form, headers={"hx-request": "true"})
    assert "<html" not in answer.text and "<article" not in answer.text
    assert 'hx-swap-oob="innerHTML:#tabs"' in answer.text and "7 entries wait for you" in answer.text


def test_after_an_act_nobody_is_led_off_the_site(morning: Morning, client: TestClient) -> None:
    entry = entries(morning)[0]
    for target in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", "/ evil", ""):
        form = {"subjects": entry.article.key, "verdict": "star", "next": target}
        answer = client.post("/c/sanctuary/decisions", data=form, follow_redirects=False)
        assert answer.headers["location"].startswith("/?done=")


def test_the_list_is_reordered_and_downloaded(morning: Morning, client: TestClient) -> None:
    decide(client, *entries(morning), bulk="yes")
    listing = desk.listing(morning.room.store, "sanctuary")
    day = listing.items[0].day
    first, second = [item for item in listing.items if item.day == day][:2]
    client.post("/c/sanctuary/order", data={"move": first.key, "to": "down"})
    now = [item.key for item in desk.listing(morning.room.store, "sanctuary").items]
    assert now[:2] == [second.key, first.key]
    text = client.get("/c/sanctuary/export/text")
    assert text.text.startswith(f"{second.headline}\n")
    assert "attachment" in text.headers["content-disposition"]
    assert client.get("/c/sanctuary/list?preview=markdown").text.count(second.headline) >= 2
    assert client.get("/c/sanctuary/export/pdf").status_code == 404


def test_an_empty_desk_says_what_to_do_next(morning: Morning, client: TestClient) -> None:
    decide(client, *entries(morning), verdict="reject", bulk="yes")
    assert "All clear" in client.get(HERE).text
    assert "The list is empty" in client.get("/c/sanctuary/list").text
    assert "Nothing matches" in client.get(f"{HERE}?status=rejected&q=zebra").text


def test_a_search_narrows_the_desk_by_fields_and_operators(client: TestClient) -> None:
    assert "1 entry found" in client.get(f"{HERE}?q=blueprint").text
    assert "1 entry found" in client.get(HERE, params={"q": 'outlet:"NBC News"'}).text
    assert "0 entries found" in client.get(HERE, params={"q": "is:starred"}).text
    assert "0 entries found" in client.get(HERE, params={"after": "2030-01-01"}).text


def test_kin_of_an_entry_are_shown_and_one_press_says_that_they_are_none(
    morning: Morning, client: TestClient
) -> None:
    take_in(
        morning.room.store, piece(501, "Sanctuary at noon", "The Bee"), piece(502, "Rain at noon", "The Ant")
    )
    page = client.get("/c/sanctuary/desk").text
    assert "related:" in page and "the headlines end alike" in page
    bee, ant = (piece(number, "", "").key for number in (501, 502))
    form = {"subjects": [bee, ant], "verdict": "not related", "next": HERE}
    client.post("/c/sanctuary/decisions", data=form)
    assert "the headlines end alike" not in client.get("/c/sanctuary/desk").text
    told = "Said to be unrelated: “Sanctuary at noon” and “Rain at noon”"
    assert told in client.get("/c/sanctuary/history").text
    client.post("/c/sanctuary/undo", data={"next": HERE})
    assert "the headlines end alike" in client.get("/c/sanctuary/desk").text


def test_a_page_that_opens_no_more_is_told_at_the_desk_and_on_the_list(
    morning: Morning, client: TestClient
) -> None:
    first, second = entries(morning)[:2]
    decide(client, first)
    with morning.room.store.writing() as c:
        lost_pages.note(c, {first.article.url: "404 Not Found"}, NOON)
    told = "The page has not opened since Wed 29 Mar 2017: 404 Not Found"
    assert told in client.get(f"{HERE}?status=accepted").text
    assert client.get("/c/sanctuary/list").text.count(told) == 1
    assert told not in client.get(HERE).text and second.headline in client.get(HERE).text
