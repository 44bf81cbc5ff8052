"""From the outlets' feeds and pages to the seed page's thirteen lines, with every reason shown."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from aggregator import desk, exports, runs
from aggregator.records import Entry, Exclusion, Mention, Relation, Status, Tier
from aggregator.store import articles, leads, mentions, stories
from crawler.clock import read_clock
from crawler.urls import key
from demo.expected import Expected, expected
from demo.sample import editions
from tests.whole.conftest import Road

CAMPAIGN = "seeking-sanctuary"
THIRTEEN = Path(__file__).parent / "thirteen.txt"


@pytest.fixture(scope="module")
def oracle() -> Expected:
    return expected()


@pytest.fixture(scope="module")
def waiting(road: Road) -> dict[str, Entry]:
    """The entries that wait after the first sweep, by the key of each of their articles."""
    found = desk.entries(road.house.store, CAMPAIGN, desk.View(status=Status.WAITING, limit=1000))
    return {member.article_key: entry for entry in found for member in entry.story.members}


def keys(road: Road, urls: Iterable[str]) -> list[str]:
    return runs.keys(road.house, list(urls))


def test_every_source_is_read_and_no_article_is_lost(road: Road) -> None:
    assert road.report.troubles == ()
    assert road.report.counts["sources_failed"] == 0
    published = sum(len(edition.pieces) for edition in editions())
    with road.house.store.reading() as c:
        stored = articles.count(c)
        unfinished = leads.waiting(c, read_clock(), 1000)
    assert stored >= published - len(expected().same_page)
    assert unfinished == []


def test_nobody_was_asked_who_is_not_of_the_press(road: Road) -> None:
    assert list(road.press.canary) == []
    agents = {visit.header("user-agent") or "" for visit in road.press.log}
    assert all("press@localprogress.example" in agent for agent in agents)


def test_the_thirteen_and_all_that_the_page_missed_wait_at_the_desk(
    road: Road, oracle: Expected, waiting: dict[str, Entry]
) -> None:
    for piece in (*oracle.listed, *oracle.missed):
        (key,) = keys(road, [piece.url])
        entry = waiting[key]
        assert entry.mention.tier in (Tier.NAMES_US, Tier.COVERS_EVENT), piece.url
        with road.house.store.reading() as c:
            shown = articles.some(c, [key])[key]
        assert (shown.headline, shown.outlet) == (piece.headline, piece.outlet)
        assert shown.published is not None and shown.published.day == piece.date


def test_only_what_belongs_to_the_campaign_waits(
    road: Road, oracle: Expected, waiting: dict[str, Entry]
) -> None:
    belonging = {piece.url for piece in (*oracle.listed, *oracle.missed)}
    belonging |= {url for story in oracle.stories for url in (story.original, *story.copies) if url}
    allowed = set(keys(road, belonging))
    strangers = {entry.headline for key, entry in waiting.items() if key not in allowed}
    # Press releases of ours on a wire wait as what they are, never as coverage.
    releases = set(keys(road, oracle.press_releases))
    assert {entry.headline for key, entry in waiting.items() if key in releases} >= strangers


def test_every_inclusion_shows_its_sentence(waiting: dict[str, Entry]) -> None:
    for entry in waiting.values():
        assert entry.mention.reason
        assert 1 <= len(entry.mention.passages) <= 3
        for passage in entry.mention.passages:
            assert passage.marks and passage.clause
            assert all(passage.text[start:end].strip() for start, end in passage.marks)


def test_every_exclusion_has_its_cause(road: Road) -> None:
    matcher = road.house.judges.matcher(road.house.campaigns())
    causes: dict[str, int] = {}
    with road.house.store.reading() as c:
        for batch in articles.every(c):
            held = mentions.of_campaign(c, CAMPAIGN, [article.key for article in batch])
            for article in batch:
                for judgement in matcher.judge(article).telling([CAMPAIGN]):
                    assert isinstance(judgement, Mention) == (article.key in held)
                    if isinstance(judgement, Exclusion):
                        assert judgement.cause and judgement.reason
                        causes[judgement.cause] = causes.get(judgement.cause, 0) + 1
    assert causes["only in furniture"] >= 20
    assert causes["own domain"] >= 5


def test_own_pages_stay_out_and_are_told_as_such(
    road: Road, oracle: Expected, waiting: dict[str, Entry]
) -> None:
    for url in oracle.own:
        (key,) = keys(road, [url])
        assert key not in waiting
        steps = {answer.step: answer for answer in runs.why(road.house, url, read_clock())}
        assert steps[CAMPAIGN].word.startswith("own domain")


def test_copies_are_one_entry_that_names_its_carriers(
    road: Road, oracle: Expected, waiting: dict[str, Entry]
) -> None:
    for story in oracle.stories:
        if not story.original:
            continue
        original, *copies = keys(road, [story.original, *story.copies])
        entry = waiting[original]
        assert entry.article.key == original, "the wire's own page is shown"
        assert {carrier.key for carrier in entry.carriers} >= set(copies)
        relations = {member.article_key: member.relation for member in entry.story.members}
        assert {relations[key] for key in copies} == {Relation.COPY}
        assert all(member.reason for member in entry.story.members)


def test_the_ap_story_names_its_four_carriers(
    road: Road, oracle: Expected, waiting: dict[str, Entry]
) -> None:
    (key,) = keys(road, [oracle.stories[0].original])
    assert {carrier.outlet for carrier in waiting[key].carriers} == {
        "KHQ",
        "The Free Press",
        "WBRZ",
        "Topix",
    }


def test_what_must_stay_apart_stays_apart(road: Road, oracle: Expected, waiting: dict[str, Entry]) -> None:
    for why, urls in oracle.apart:
        stories = [waiting[key].story.id for key in keys(road, urls) if key in waiting]
        assert len(set(stories)) == len(stories), why


def test_the_decisions_of_a_comms_person_give_the_seed_page_byte_for_byte(
    road: Road, oracle: Expected, waiting: dict[str, Entry]
) -> None:
    """Accept, and the order within a day; nothing else."""
    listed = keys(road, [piece.url for piece in oracle.listed])
    signed = desk.Signature(by="ana", at=read_clock())
    accepted = desk.accept(road.house.store, CAMPAIGN, listed, signed)
    ordered = desk.reorder(road.house.store, CAMPAIGN, listed, signed)
    try:
        listing = runs.listing(road.house, CAMPAIGN)
        assert exports.render(listing, "text") == THIRTEEN.read_bytes()
        runs.publish(road.house, read_clock())
        folder = road.house.settings.exports / CAMPAIGN
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert runs.publish(road.house, read_clock()).counts["written"] == 0
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        assert before["in-the-news.txt"] == THIRTEEN.read_bytes()
    finally:
        for decision in (ordered, accepted):
            desk.undo(road.house.store, decision.id, signed, road.house.judges)
    assert runs.listing(road.house, CAMPAIGN).items == ()


def test_no_story_holds_a_page_that_is_no_companion(road: Road, oracle: Expected) -> None:
    """Of all stored stories, not only those at the desk: whoever shares a story may do so."""
    told = {piece.url for piece in (*oracle.listed, *oracle.missed)}
    told |= {url for story in oracle.stories for url in (story.original, *story.copies) if url}
    allowed = [{key(url) for url in oracle.companions(each)} for each in sorted(told)]
    with road.house.store.reading() as c:
        members: dict[str, set[str]] = {}
        stored = [article.key for batch in articles.every(c) for article in batch]
        for article_key, story in stories.of_articles(c, stored).items():
            members.setdefault(story, set()).add(article_key)
    shared = [found for found in members.values() if len(found) > 1]
    assert len(shared) >= len(oracle.stories)
    for found in shared:
        assert any(found <= companions for companions in allowed), found
