"""A campaign is ended and resumed on its page: nothing is lost by it, and everybody can read who did it."""

from fastapi.testclient import TestClient

from aggregator import desk, rematching
from aggregator.review.campaign_form import values_of
from aggregator.review.roles import Role
from aggregator.store import campaigns, people, rematches
from tests.aggregator.review.conftest import client_of
from tests.aggregator.review.morning import CAMPAIGN, NOW, Morning, add_person
from tests.aggregator.samples import JUDGES, make_article, take_in


def audit(morning: Morning) -> list[str]:
    with morning.room.store.reading() as c:
        return [f"{line.by} {line.what}" for line in people.noted(c, "sanctuary")]


def test_an_ended_campaign_keeps_its_list_and_gets_nothing_new(morning: Morning, client: TestClient) -> None:
    store = morning.room.store
    first, *rest = desk.entries(store, "sanctuary")
    desk.accept(store, "sanctuary", [first.article.key], desk.Signature(by="Ana", at=NOW))
    before = client.get("/c/sanctuary/export/text").content
    page = client.get("/c/sanctuary/edit").text
    assert 'action="/c/sanctuary/end"' in page and "its list stays published" in page
    page = client.post("/c/sanctuary/end").text
    assert "This campaign was ended" in page and 'action="/c/sanctuary/resume"' in page
    take_in(store, make_article(90, headline="Sanctuary after the end"))
    assert client.get("/c/sanctuary/export/text").content == before != b""
    assert len(desk.entries(store, "sanctuary")) == len(rest) + 1
    with store.reading() as c:
        assert campaigns.every(c) == []
    assert audit(morning) == ["Ana ended the campaign Seeking Sanctuary"]
    assert "ended the campaign Seeking Sanctuary" in client.get("/c/sanctuary/history").text


def test_a_resumed_campaign_is_matched_against_what_came_meanwhile(
    morning: Morning, client: TestClient
) -> None:
    client.post("/c/sanctuary/end")
    client.post("/c/sanctuary/end")
    page = client.post("/c/sanctuary/resume").text
    client.post("/c/sanctuary/resume")
    assert "This campaign was ended" not in page and "against version 1" in page
    assert [each.slug for each in morning.jobs.rematched] == ["sanctuary"]
    assert [line.split()[1] for line in audit(morning)] == ["resumed", "ended"]


def test_saving_an_ended_campaign_resumes_it(morning: Morning, client: TestClient) -> None:
    client.post("/c/sanctuary/end")
    assert "Save and resume" in client.get("/c/sanctuary/edit").text
    client.post("/c/sanctuary/edit", data=values_of(CAMPAIGN))
    with morning.room.store.reading() as c:
        assert [each.slug for each in campaigns.every(c)] == ["sanctuary"]


def test_an_ended_campaign_is_still_found_from_every_page(morning: Morning, client: TestClient) -> None:
    client.post("/c/sanctuary/end")
    assert "All clear" not in client.get("/").text
    sources = client.get("/sources").text
    assert '<a href="/c/sanctuary/desk"' in sources and ">ended</span>" in sources


def test_a_viewer_reads_that_it_is_ended_and_changes_nothing(morning: Morning, client: TestClient) -> None:
    client.post("/c/sanctuary/end")
    viewer = client_of(morning, add_person(morning.room, "Vic", Role.VIEWER))
    page = viewer.get("/c/sanctuary/edit").text
    assert "This campaign was ended" in page and "/resume" not in page
    assert viewer.post("/c/sanctuary/resume").status_code == 403


def test_a_rematch_under_way_stops_at_the_end(morning: Morning) -> None:
    store = morning.room.store

    def end_meanwhile(done: int, of: int) -> None:
        with store.writing() as c:
            rematching.end(c, "sanctuary", NOW)

    take_in(store, *(make_article(number, headline=f"Part {number}") for number in range(200, 410)))
    with store.writing() as c:
        campaign = rematching.resume(c, "sanctuary")
    made = rematching.rematch(store, campaign, JUDGES, course=rematching.Course(tell=end_meanwhile))
    assert made.looked_at < made.articles
    with store.reading() as c:
        assert rematches.standing(c, "sanctuary") is None and rematches.unfinished(c) == []
