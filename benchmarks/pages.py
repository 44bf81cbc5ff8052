"""How long the pages take over 100,000 articles, 10,000 waiting; plain SQL beside them as the floor."""

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from aggregator import desk
from aggregator.records import Campaign, Member, Mention, Pack, Passage, Relation, Story, Tier
from aggregator.review import people
from aggregator.review.app import find_routers, make_app
from aggregator.review.cookies import PLAIN
from aggregator.review.roles import Role
from aggregator.review.room import Room
from aggregator.runs import make_judges
from aggregator.store import articles as article_store
from aggregator.store import campaigns, entries, mentions, stories
from aggregator.store.entries import View
from aggregator.store.session import Store
from crawler.outlets import Directory
from crawler.records import Article, Evidence, Moment, Zone

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
ARTICLES, WAITING, ACCEPTED, ROUNDS = 100_000, 10_000, 500, 15
CAMPAIGN = Campaign(slug="rivers", name="Clean Rivers", pack=Pack(names=("Clean Rivers",)))
PAGES = {
    "desk": "/c/rivers/desk",
    "desk, last page": "/c/rivers/desk?page=190",
    "desk, search": "/c/rivers/desk?q=number+77",
    "desk, outlet": "/c/rivers/desk?outlet=Outlet+7",
    "accepted": "/c/rivers/desk?status=accepted",
    "list": "/c/rivers/list",
    "coverage": "/c/rivers/coverage",
    "history": "/c/rivers/history",
    "campaign": "/c/rivers/edit",
    "sources": "/sources",
    "runs": "/runs",
}


def article(number: int) -> Article:
    """An article of an ordinary size with evidence."""
    url = f"https://outlet{number % 400}.example/{number}"
    headline = f"Council talks of clean rivers, number {number}"
    proof = Evidence(value=headline, found_by="JSON-LD headline")
    return Article(
        key=f"outlet{number % 400}.example/{number}",
        url=url,
        canonical_url=url,
        headline=headline,
        outlet=f"Outlet {number % 400}",
        first_seen=NOW - timedelta(minutes=number),
        published=Moment(instant=NOW - timedelta(minutes=number), offset_minutes=0),
        language="en",
        text=f"{headline}. " * 60,
        urls=(url,),
        evidence={"headline": proof, "outlet": proof, "published": proof},
    )


def mention(of: Article) -> Mention:
    """Its mention."""
    passage = Passage(zone=Zone.TEXT, text=of.headline, marks=((17, 29),), clause="name Clean Rivers")
    return Mention(
        article_key=of.key,
        campaign="rivers",
        tier=Tier.COVERS_EVENT,
        passages=(passage, passage),
        reason="it names the event",
        rules_version=1,
    )


def fill(store: Store) -> None:
    """The articles, each its own story; a tenth of them mention the campaign."""
    with store.writing() as c:
        campaigns.save(c, CAMPAIGN, "bench", NOW)
    for start in range(0, ARTICLES, 5_000):
        with store.writing() as c:
            batch = [article(number) for number in range(start, start + 5_000)]
            for each in batch:
                article_store.keep(c, each)
            told = [each for each in batch if int(each.key.rpartition("/")[2]) < WAITING + ACCEPTED]
            mentions.replace(c, [mention(each) for each in told], NOW)
            placed = stories.save(c, [story(each) for each in batch], NOW).changed
            entries.refresh(c, placed if told else set())
    found = desk.entries(store, "rivers", View(limit=ACCEPTED))
    desk.accept(store, "rivers", [each.article.key for each in found], desk.Signature(by="bench", at=NOW))


def story(of: Article) -> Story:
    """A story of one."""
    member = Member(article_key=of.key, relation=Relation.ORIGINAL, reason="alone")
    return Story(id=of.key, members=(member,), shown=of.key, shown_because="alone")


def times(act: Callable[[], Any]) -> list[tuple[float, float]]:
    """Milliseconds of each round, after two to warm up: of our own processor time, and by the clock."""
    act()
    act()
    took = []
    for _ in range(ROUNDS):
        worked, started = time.process_time(), time.perf_counter()
        act()
        took.append(((time.process_time() - worked) * 1000, (time.perf_counter() - started) * 1000))
    return took


def floor(store: Store) -> Callable[[], Any]:
    """What a page of the desk costs in plain SQL: fifty rows and the counts."""
    connection = sqlite3.connect(store.file)
    mine = "FROM entries WHERE campaign = 'rivers'"
    page = f"SELECT * {mine} AND status = 'waiting' ORDER BY found_at DESC LIMIT 50"
    tally = f"SELECT status, count(*) {mine} GROUP BY status"
    return lambda: (connection.execute(page).fetchall(), connection.execute(tally).fetchall())


def open_client(store: Store) -> TestClient:
    """An editor's browser; the jobs are never asked."""
    room = Room(store=store, judges=make_judges(Directory()), jobs=None, now=lambda: NOW)  # type: ignore[arg-type]
    token = people.invite(store, Role.ADMIN, "bench", NOW)
    session = people.welcome(store, token, "Bench", "four random words do well", NOW)
    return TestClient(make_app(room), base_url="http://desk.example", cookies={PLAIN: session})


def measure(store: Store) -> Iterator[dict[str, Any]]:
    """One row a page; the processor's time tells the truth on a machine that does other things too."""
    client = open_client(store)
    acts: dict[str, Callable[[], Any]] = {"plain SQL": floor(store)}
    acts |= {name: partial(client.get, path) for name, path in PAGES.items()}
    keys = [each.article.key for each in desk.entries(store, "rivers", View(limit=50, offset=600))]
    form = {"verdict": "later", "next": "/c/rivers/desk"}
    acts["accept by key"] = lambda: client.post(
        "/c/rivers/decisions", data={**form, "subjects": keys.pop()}, headers={"hx-request": "true"}
    ).raise_for_status()
    for name, act in acts.items():
        worked, waited = zip(*times(act), strict=True)
        yield {
            "page": name,
            "processor_ms": round(statistics.median(worked), 1),
            "median_ms": round(statistics.median(waited), 1),
            "slowest_ms": round(max(waited), 1),
        }


def main() -> None:
    """Fill a database, measure, print a line a page."""
    argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        find_routers()  # loads the pages before the clock runs
        store = Store.create(f"sqlite:///{Path(folder) / 'desk.sqlite3'}")
        started = time.perf_counter()
        fill(store)
        print(f"filled in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        for row in measure(store):
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
