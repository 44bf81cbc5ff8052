"""Campaigns, sources, runs and coverage: what the pages tell, and what their forms do."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from aggregator import desk
from aggregator.health import health_of
from aggregator.records import RunReport
from aggregator.review.app import make_app
from aggregator.review.campaign_form import values_of
from aggregator.review.marking import differences, pieces
from aggregator.review.room import Trial
from aggregator.store import campaigns, rematches, runs, sightings, sources
from aggregator.store.tables import sightings as sightings_table
from crawler.opml import read_opml
from crawler.outlets import Directory
from crawler.records import PollState, Source, SourceKind
from tests.aggregator.review.conftest import client_of
from tests.aggregator.review.morning import CAMPAIGN, NOW, Morning

FEED = Source(id="one", kind=SourceKind.FEED, url="https://outlet.example/feed", outlet="nbc-news")


def test_a_campaign_is_changed_and_its_versions_are_kept(morning: Morning, client: TestClient) -> None:
    form = values_of(CAMPAIGN) | {
        "pack-hosts": "Local Progress\r\nLocal Progress\r\n",
        "form-date": "DD.MM.YYYY",
    }
    client.post("/c/sanctuary/edit", data=form)
    with morning.room.store.reading() as c:
        saved = campaigns.get(c, "sanctuary")
    assert saved.version == 2 and saved.pack.hosts == ("Local Progress",) and saved.form.date == "DD.MM.YYYY"
    assert saved.own_domains == CAMPAIGN.own_domains
    assert [each.version for each in morning.jobs.rematched] == [2]
    page = client.get("/c/sanctuary/edit").text
    assert "Version 2, saved by <bdi>Ana</bdi>" in page
    assert "DD.MM.YYYY" not in client.get("/c/sanctuary/edit?version=1").text


def test_an_unchanged_form_makes_no_new_version(morning: Morning, client: TestClient) -> None:
    client.post("/c/sanctuary/edit", data=values_of(CAMPAIGN))
    with morning.room.store.reading() as c:
        assert campaigns.get(c, "sanctuary") == CAMPAIGN


def test_a_campaign_that_somebody_saved_meanwhile_is_not_written_over(
    morning: Morning, client: TestClient
) -> None:
    client.post("/c/sanctuary/edit", data=values_of(CAMPAIGN) | {"name": "Theirs"})
    answer = client.post("/c/sanctuary/edit", data=values_of(CAMPAIGN) | {"name": "Ours"})
    assert answer.status_code == 409
    with morning.room.store.reading() as c:
        assert campaigns.get(c, "sanctuary").name == "Theirs"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", " ", "Give the campaign a name"),
        ("pack-hashtags", "no tag", "must be # and letters"),
        ("rule", "mayor AND", "^"),
        ("ends_on", "soon", "is no day"),
        ("grace_after", "-1", "number of days"),
        ("form-date", "when", "YYYY"),
        ("form-date", "mm/dd/yyyy", "is no part of a date"),
        ("languages", "English", "write &#39;en&#39;"),
        ("own_domains", "our site", "is no domain"),
        ("partner_domains", "press@rivers.example", "is no domain"),
        ("form-home_url", "javascript:1", "https://"),
    ],
)
def test_a_mistake_is_explained_at_its_field_and_nothing_is_lost(
    morning: Morning, client: TestClient, field: str, value: str, told: str
) -> None:
    form = values_of(CAMPAIGN) | {field: value, "form-intro": "Typed at length."}
    answer = client.post("/c/sanctuary/edit", data=form)
    assert answer.status_code == 422 and told in answer.text
    assert f'id="trouble-{field}"' in answer.text and "Typed at length." in answer.text
    with morning.room.store.reading() as c:
        assert campaigns.get(c, "sanctuary") == CAMPAIGN


def test_a_rule_is_checked_while_it_is_typed(client: TestClient) -> None:
    bad = client.post("/campaigns/check", data={"rule": "mayor OR (council AND"}).text
    assert "trouble-box" in bad and "^" in bad and 'id="trouble-rule"' in bad
    assert "trouble-box" not in client.post("/campaigns/check", data={"none_of": "birds"}).text


def test_a_try_out_shows_what_would_change_and_saves_nothing(morning: Morning, client: TestClient) -> None:
    morning.jobs.trial = Trial(
        gained=[("k1", "A new one")],
        lost=[],
        endangered=[("k2", "One on the list")],
        looked_at=1200,
        gained_in_all=51_000,
        lost_in_all=0,
    )
    page = client.post("/c/sanctuary/edit", data=values_of(CAMPAIGN) | {"name": "Tried", "act": "try"}).text
    assert "A new one" in page and "One on the list" in page and "1,200 stored articles" in page
    assert "Gained: 51,000" in page
    with morning.room.store.reading() as c:
        assert campaigns.get(c, "sanctuary") == CAMPAIGN


def test_a_new_campaign_is_made_once(morning: Morning, client: TestClient) -> None:
    form = {"slug": "clean-rivers", "name": "Clean Rivers", "pack-names": "Clean Rivers"}
    form |= {"languages": "en, es"}  # as the field's own example has them
    assert client.post("/campaigns/new", data=form).status_code == 200
    with morning.room.store.reading() as c:
        made = campaigns.get(c, "clean-rivers")
    assert made.languages == ("en", "es") and made.form.title == "Clean Rivers"
    assert client.get("/c/clean-rivers/desk").status_code == 200
    again = client.post("/campaigns/new", data=form | {"name": "Rivers of others"})
    assert again.status_code == 422 and "already" in again.text
    with morning.room.store.reading() as c:
        assert [each.name for each, _, _ in campaigns.versions(c, "clean-rivers")] == ["Clean Rivers"]


def test_a_new_campaign_prefers_the_outlets_of_the_settings(morning: Morning) -> None:
    preferring = replace(morning, app=make_app(replace(morning.room, preferred=("FOX61", "nbcnews.com"))))
    page = client_of(preferring, morning.token).get("/campaigns/new").text
    assert re.search(r'name="preferred"[^>]*>\s*FOX61\s+nbcnews.com<', page)


def test_sources_are_found_added_paused_and_exported(morning: Morning, client: TestClient) -> None:
    morning.jobs.sources["https://outlet.example"] = [FEED]
    page = client.get("/sources/discover?address=outlet.example").text
    assert 'value="feed https://outlet.example/feed"' in page
    assert "no sitemap: robots.txt names none &lt;b&gt;" in page
    nothing = client.get("/sources/discover?address=other.example").text
    assert "Nothing to read was found" in nothing and "no sitemap: robots.txt names none" in nothing
    client.post("/sources/add", data={"sources": "feed https://outlet.example/feed"})
    assert "not looked at yet" in client.get("/sources").text
    with morning.room.store.reading() as c:
        [(source, _)] = sources.every(c)
    client.post("/sources/pause", data={"source": source.id, "on": "yes"})
    assert "paused by Ana" in client.get("/sources").text
    with morning.room.store.reading() as c:
        assert not sources.due(c, NOW)
    client.post("/sources/pause", data={"source": source.id, "on": ""})
    assert "paused by" not in client.get("/sources").text
    opml = client.get("/sources.opml").content
    assert [feed.url for feed in read_opml(opml, Directory())[0]] == ["https://outlet.example/feed"]
    files = {"opml": ("feeds.opml", opml.replace(b"/feed", b"/other"), "text/xml")}
    client.post("/sources/import", files=files)
    assert "outlet.example/other" in client.get("/sources").text
    bad = {"opml": ("feeds.opml", b"<!DOCTYPE x><opml/>", "text/xml")}
    assert client.post("/sources/import", files=bad).status_code == 422


def test_an_outlet_found_by_hand_is_proposed_refused_and_proposed_again(
    morning: Morning, client: TestClient
) -> None:
    keys = [entry.article.key for entry in desk.entries(morning.room.store, "sanctuary")]
    assert "None so far" in client.get("/sources/proposals").text
    with morning.room.store.writing() as c:
        c.execute(delete(sightings_table))
        sightings.note(c, keys[:2], SourceKind.MANUAL, NOW)
    page = client.get("/sources/proposals").text
    assert "1 story, none by a list of its own (added by hand 1)" in page
    subject = re.findall(r'value="(watch:[^"]+)"', page)[0]
    client.post("/sources/proposals/answer", data={"subject": subject, "refused": "yes"})
    page = client.get("/sources/proposals").text
    assert f'value="{subject}"' in page and "Propose it again" in page and "by <bdi>Ana</bdi>" in page
    client.post("/sources/proposals/answer", data={"subject": subject, "refused": ""})
    assert "Propose it again" not in client.get("/sources/proposals").text
    assert client.post("/sources/proposals/answer", data={"subject": "x"}).status_code == 422


def test_a_search_or_a_press_page_is_added_by_its_address(morning: Morning, client: TestClient) -> None:
    form = {"kind": "press_page", "url": " https://us.example/in-the-news "}
    assert "press page" in client.post("/sources/add-one", data=form).text
    with morning.room.store.reading() as c:
        [(source, _)] = sources.due(c, NOW)
    assert (source.kind, source.url) == (SourceKind.PRESS_PAGE, "https://us.example/in-the-news")
    words = {"kind": "google-news", "url": '"Local Progress"'}
    assert (
        "news.google.com/rss/search?q=%22Local%20Progress%22"
        in client.post("/sources/add-one", data=words).text
    )
    assert client.post("/sources/add-one", data=form | {"kind": "manual"}).status_code == 422
    assert client.post("/sources/add-one", data=form | {"url": "javascript:1"}).status_code == 422


def test_the_health_of_a_source_is_told_in_words() -> None:
    polled = PollState(source_id="one", polled_at=NOW)
    silent = replace(polled, last_new_at=NOW - timedelta(days=9), items_per_day=4.0)
    told = {
        health_of(FEED, PollState(source_id="one"), None, NOW).words,
        health_of(
            FEED, replace(polled, trouble="answers with a challenge page", failures=1.0), None, NOW
        ).words,
        health_of(FEED, silent, None, NOW).words,
        health_of(FEED, replace(polled, last_new_at=NOW, items_per_day=0.1), None, NOW).words,
        health_of(FEED, silent, "Bo", NOW).words,
    }
    assert told == {
        "not looked at yet",
        "answers with a challenge page",
        "silent for 9 days, usually 4 pieces a day",
        "last new piece just now",
        "paused by Bo",
    }


def test_runs_tell_how_long_they_took_and_what_failed(morning: Morning, client: TestClient) -> None:
    ended = NOW + timedelta(seconds=12)
    report = RunReport(job="sweep", started=NOW, ended=ended, counts={"new_articles": 7}, troubles=("a, b",))
    with morning.room.store.writing() as c:
        runs.note(c, report)
    page = client.get("/runs").text
    assert "12 seconds" in page and "7 new articles" in page and "a, b" in page


def test_coverage_claims_no_more_than_the_accepted_list(morning: Morning, client: TestClient) -> None:
    store = morning.room.store
    found = desk.entries(store, "sanctuary")
    named = {entry.outlet: entry.article.key for entry in found}
    signed = desk.Signature(by="Ana", at=NOW)
    assert "Nothing to count yet" in client.get("/c/sanctuary/coverage").text
    desk.accept(store, "sanctuary", [named["NBC News"], named["Univision"]], signed)
    page = client.get("/c/sanctuary/coverage").text
    assert "Seeking Sanctuary was covered by Univision and NBC News." in page
    assert "Politico" not in page and "2 accepted entries from 2 outlets" in page and "Spanish" in page


def test_each_day_of_a_short_week_is_named_below_its_column(morning: Morning, client: TestClient) -> None:
    store, signed = morning.room.store, desk.Signature(by="Ana", at=NOW)
    keys = [entry.article.key for entry in desk.entries(store, "sanctuary")][:3]
    desk.accept(store, "sanctuary", keys, signed)
    for key, day in zip(keys, ("2017-03-27", "2017-03-28", "2017-03-29"), strict=True):
        desk.correct(store, "sanctuary", key, {"date": day}, signed)
    labels = re.findall(r'<text class="end"[^>]*>([^<]+)<', client.get("/c/sanctuary/coverage").text)
    assert labels == ["Mon 27 Mar 2017", "Tue 28 Mar 2017", "Wed 29 Mar 2017"]


def test_coverage_tells_how_complete_it_is_and_which_path_found_what(
    morning: Morning, client: TestClient
) -> None:
    keys = [entry.article.key for entry in desk.entries(morning.room.store, "sanctuary")]
    with morning.room.store.writing() as c:
        c.execute(delete(sightings_table))
        sightings.note(c, keys[:6], SourceKind.FEED, NOW)
    page = client.get("/c/sanctuary/coverage").text
    assert "one way only" in page and "How they were found" in page and '<svg class="estimate"' not in page
    with morning.room.store.writing() as c:
        sightings.note(c, keys[2:], SourceKind.SEARCH, NOW)
    page = client.get("/c/sanctuary/coverage").text
    assert "stories exist, we hold 8" in page and '<svg class="estimate"' in page
    assert "Chao’s lower bound" in page and "Searches" in page


def test_marks_cut_a_text_into_pieces_that_join_to_it_again() -> None:
    text = "one two three"
    cut = pieces(text, [(4, 7), (0, 3), (2, 5), (12, 99), (-5, -1)])
    assert "".join(piece for piece, _ in cut) == text
    assert [piece for piece, marked in cut if marked] == ["one", " t", "e"] or cut[0] == ("one", True)


def test_differences_are_marked_on_both_sides() -> None:
    left, right = differences("the mayor of Chicago said", "the mayor of New York said")
    assert [piece for piece, marked in left if marked] == ["Chicago "]
    assert [piece for piece, marked in right if marked] == ["New York "]


def test_views_are_saved_and_forgotten(client: TestClient) -> None:
    form = {"campaign": "sanctuary", "name": "From NBC", "query": "status=all&outlet=NBC+News"}
    assert "From NBC" in client.post("/views", data=form).text
    page = client.get("/c/sanctuary/desk").text
    assert "outlet=NBC+News" in page
    client.post("/views", data={"campaign": "sanctuary", "name": "From NBC", "query": ""})
    assert "From NBC" not in client.get("/c/sanctuary/desk").text


def test_how_far_a_rematch_is_stands_on_the_campaigns_page(morning: Morning, client: TestClient) -> None:
    form = values_of(CAMPAIGN) | {"name": "Renamed", "version": "1"}
    assert "it is about to begin" in client.post("/c/sanctuary/edit", data=form).text
    [saved] = morning.jobs.rematched
    with morning.room.store.writing() as c:
        begun = rematches.begin(c, saved, wanted=51_000)
        rematches.note(c, replace(begun, done=1_200, gained=7))
    told = "1,200 of 51,000 that have its words are read, 7 gained, 0 lost so far"
    assert told in client.get("/c/sanctuary/edit").text
    piece = client.get("/c/sanctuary/rematch").text
    assert told in piece and 'hx-trigger="every 2s"' in piece
    with morning.room.store.writing() as c:
        rematches.note(c, replace(begun, done=51_000, gained=9, lost=1, ended=True))
    piece = client.get("/c/sanctuary/rematch").text
    assert "Version 2 was matched against the stored articles: 9 gained, 1 lost." in piece
    assert "hx-trigger" not in piece
