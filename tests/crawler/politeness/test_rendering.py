"""Pages drawn by a real Chromium whose every request goes through the real gate; hostile ones end in time."""

import sys
from dataclasses import replace

import pytest
from pytest import MonkeyPatch, TempPathFactory

from crawler.politeness.chromium_settings import why_no_browser
from crawler.records import FindOutcome, PollOutcome
from crawler.sweep import run_sweep
from tests.browser import ensure_chromium
from tests.crawler.loopback import Web
from tests.crawler.notebook import Notebook
from tests.crawler.politeness.drawn_web import STORY, Swept, drawn, put_app, section, sweep_everything
from tests.crawler.politeness.hostile_pages import ATTEMPTS, ENDLESS, NUISANCES
from tests.crawler.sweeping import MANNERS, article, order, rss, source

pytestmark = pytest.mark.xdist_group("drawn")


@pytest.fixture(scope="module")
def swept(tmp_path_factory: TempPathFactory) -> Swept:
    """One browser for all cases."""
    return sweep_everything(tmp_path_factory.mktemp("drawn"))


def test_links_and_articles_that_exist_only_after_scripts_ran(swept: Swept) -> None:
    assert swept.report.ended == "done", swept.report.broken
    (find,) = (find for find in swept.notebook.finds if find.outcome is FindOutcome.READ)
    assert find.article and find.page
    assert find.lead.headline == "Mayors answer the threat of cuts"
    assert find.article.headline == "Mayors answer the threat of cuts – été"
    assert find.article.published is not None and find.article.published.day.isoformat() == "2017-03-28"
    assert find.article.evidence["page"].value.startswith("drawn by Chromium")
    assert find.page.header("content-type") == "text/html; charset=iso-8859-1"


def test_each_page_and_part_is_asked_for_once_with_manners(swept: Swept) -> None:
    ours = [line for line in swept.web.log if "daily.example" in line.host]
    assert sorted(line.path for line in ours if line.path != "/robots.txt") == sorted(
        ["/", "/list.js", "/api/news", STORY, "/story.js"]
    )
    asked_leave = {line.host for line in ours if line.path == "/robots.txt"}
    assert asked_leave == {swept.host("daily"), swept.host("static.daily")}
    assert {line.headers["user-agent"] for line in swept.web.log} == {
        "InTheNews/0.1 (+press@campaign.example)"
    }
    began = {line.path: line.began for line in ours}
    answered = {line.path: line.answered for line in ours}
    assert began[STORY] - answered["/api/news"] >= 0.1, "the next page waits for its pause"


def test_a_page_that_its_scripts_fill_is_not_asked_whether_it_changed(swept: Swept) -> None:
    assert not [line for line in swept.web.log if "if-none-match" in line.headers]


def test_no_request_of_a_page_reaches_a_canary(swept: Swept) -> None:
    assert swept.hits == []
    assert swept.let_in, "what the administrator allows is reached: the scripts did try"
    (link,) = swept.poll("trying").leads
    assert link.url.endswith(f"all-attempts-made-{3 * len(ATTEMPTS)}.html")
    hops = [path for path in swept.web.asked(swept.host("trying")) if path.startswith("/hop")]
    assert len(hops) == 6, "the redirects were asked for"
    assert swept.poll("moved").leads, "a page that moves on is taken as it was"
    assert "not on the public internet" in (swept.poll("hopping").state.trouble or "")


def test_hostile_pages_end_in_time_and_are_told(swept: Swept) -> None:
    for name in ENDLESS:
        assert swept.poll(name).outcome is PollOutcome.FAILED, name
        assert "its scripts" in (swept.poll(name).state.trouble or ""), name


def test_pages_that_are_a_nuisance_are_read_all_the_same(swept: Swept) -> None:
    for name in NUISANCES:
        assert len(swept.poll(name).leads) == 1, (name, swept.poll(name).state.trouble)
    unasked = ("/popup", "/file.zip", "/elsewhere")
    assert not [path for path in swept.web.asked() if path.startswith(unasked)]


def test_walls_are_told_and_not_gone_around(swept: Swept) -> None:
    for name in ("challenge", "latewall"):
        assert swept.poll(name).outcome is PollOutcome.BLOCKED, name
        assert "robot check" in (swept.poll(name).state.trouble or "")
    assert swept.web.asked(swept.host("challenge")) == ["/"], "a robot check is not handed to the browser"


def test_a_missing_browser_is_told_and_stops_nothing_else(web: Web, notebook: Notebook) -> None:
    daily = "http://daily.example"
    put_app(web, daily, "http://static.daily.example")
    web.put("http://plain.example/feed", rss(("One", "http://plain.example/1"), ("Two", daily + STORY)))
    web.put("http://plain.example/1", article("One"))
    sources = [section(f"{daily}/"), source("http://plain.example/feed")]
    made = order(web, sources, manners={"chromium": "/no/such/chromium"})
    report = run_sweep(replace(made, outlets=drawn("daily")), notebook)
    assert report.ended == "done", report.broken
    (trouble,) = report.troubles
    assert "install Chromium" in trouble.words and "/no/such/chromium" in trouble.words
    finds = {find.lead.url: find for find in notebook.finds}
    assert finds["http://plain.example/1"].outcome is FindOutcome.READ
    waiting = finds[daily + STORY]
    assert waiting.outcome is FindOutcome.LATER and "install Chromium" in waiting.reason


def test_what_is_missing_is_named(monkeypatch: MonkeyPatch) -> None:
    assert why_no_browser(replace(MANNERS, chromium=ensure_chromium())) is None
    words = why_no_browser(replace(MANNERS, chromium="no-such-browser"))
    assert words and "apt-get install chromium" in words and "no-such-browser" in words
    monkeypatch.setitem(sys.modules, "scrapy_playwright", None)  # as if it were not installed
    words = why_no_browser(MANNERS)
    assert words and "pip install in-the-news[browser]" in words
