"""A sweep that is killed, interrupted or told to end: nothing is lost, nothing is there twice."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, text

from aggregator import desk, runs
from aggregator.records import Status
from aggregator.store import articles, leads
from aggregator.store.tables import articles as article_table
from aggregator.store.tables import members
from crawler.clock import read_clock
from demo import behaviours
from demo.hostile import good_page
from demo.press import Press
from demo.sites import Answer, Request, Site
from tests.whole.commands import CAMPAIGN, PATIENCE, Desk, make_desk
from tests.whole.handful import handful_press, newsrooms, outlet_tables
from tests.whole.test_hostile import feed, outlet

SECONDS_TO_END = 15.0


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with handful_press().serving() as running:
        yield running


def run_until(process: "subprocess.Popen[str]", lines: int, number: int) -> str:
    """Read so many lines of progress, then send the signal to the whole process group; what it said after."""
    alarm = threading.Timer(PATIENCE, process.kill)
    alarm.start()
    assert process.stderr is not None
    for _ in range(lines):
        assert process.stderr.readline(), "the sweep ended before it was to be killed"
    os.killpg(process.pid, number)
    rest = process.stderr.read()
    process.wait()
    alarm.cancel()
    assert process.stdout is not None
    process.stdout.close()
    process.stderr.close()
    return rest


def assert_all_there(house: runs.House) -> None:
    """Each piece of the press is one article, in one story, and no lead waits."""
    with house.store.reading() as c:
        for newsroom in newsrooms():
            for piece in newsroom.pieces:
                if piece.in_feeds and piece.blocked != 410 and not piece.moved_to:
                    assert len(articles.known_as(c, newsroom.url(piece))) == 1, newsroom.url(piece)
        stored = c.scalar(select(func.count()).select_from(article_table))
        assert c.scalar(select(func.count()).select_from(members)) == stored
        assert leads.waiting(c, read_clock(), 1000) == []
        assert list(c.scalars(text("PRAGMA integrity_check"))) == ["ok"]
        assert c.execute(text("PRAGMA foreign_key_check")).all() == []


def accept_first(house: runs.House) -> set[str]:
    """Accept what waits at the moment; answers the articles."""
    waiting = desk.entries(house.store, CAMPAIGN, desk.View(status=Status.WAITING))
    keys = [entry.article.key for entry in waiting]
    if keys:
        desk.accept(house.store, CAMPAIGN, keys, desk.Signature(by="ana", at=read_clock()))
    return set(keys)


@pytest.mark.parametrize("seed", [4])
def test_killed_at_any_moment_the_next_sweep_goes_on(press: Press, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    desk_of_ours = make_desk(tmp_path, press.proxy_url, outlet_tables())
    accepted: set[str] = set()
    kills = [1, chance.randint(2, 10), chance.randint(10, 25)]
    while kills or not accepted:  # a busy machine may have polled by then, and read nothing
        run_until(desk_of_ours.start("sweep"), kills.pop(0) if kills else 3, signal.SIGKILL)
        house = desk_of_ours.house()
        accepted |= accept_first(house)
        house.store.close()
    said = desk_of_ours.run("sweep")
    assert said.code == 0, said.err
    house = desk_of_ours.house()
    assert_all_there(house)
    kept = desk.entries(house.store, CAMPAIGN, desk.View(status=Status.ACCEPTED))
    members_kept = {member.article_key for entry in kept for member in entry.story.members}
    assert accepted and accepted <= members_kept
    house.store.close()


def test_an_interrupted_sweep_says_that_all_is_kept_and_the_next_goes_on(
    press: Press, tmp_path: Path
) -> None:
    asked = threading.Event()
    ours = slow_desk(tmp_path, press, asked)
    process = ours.start("sweep")
    alarm = threading.Timer(PATIENCE, process.kill)
    alarm.start()
    assert asked.wait(PATIENCE)
    os.killpg(process.pid, signal.SIGINT)
    _, rest = process.communicate()
    alarm.cancel()
    assert process.returncode == 130
    assert "everything found so far is kept" in rest
    assert "Traceback" not in rest
    house = ours.house()
    with house.store.reading() as c:
        assert articles.count(c) == 1
        assert len(leads.waiting(c, read_clock(), 1000)) == 49
    site = Site("slow.example")
    for number in range(1, 50):
        site.put(f"/{number}", good_page("slow.example"))
    press.add(site)
    assert ours.run("--quiet", "sweep").code == 0
    with house.store.reading() as c:
        assert leads.waiting(c, read_clock(), 1000) == []
        assert articles.count(c) == 50
    house.store.close()


def slow_desk(folder: Path, press: Press, asked: threading.Event) -> Desk:
    """An outlet whose pages, but the first, never come; `asked` is set when one of them is asked for."""

    def hang(_: Request) -> Answer:
        asked.set()
        return behaviours.hanging()

    site = Site("slow.example")
    stories = [(f"Story {number}", f"http://slow.example/{number}") for number in range(50)]
    site.put("/feed", feed(*stories))
    site.put("/0", good_page("slow.example"))
    for number in range(1, 50):
        site.put(f"/{number}", hang)
    press.add(site)
    return make_desk(folder, press.proxy_url, outlet("slow.example", "http://slow.example/feed"), timeout=120)


def test_up_ends_within_seconds_in_the_middle_of_a_long_sweep(press: Press, tmp_path: Path) -> None:
    asked = threading.Event()
    ours = slow_desk(tmp_path, press, asked)
    process = ours.start("up")
    alarm = threading.Timer(PATIENCE, process.kill)
    alarm.start()
    assert asked.wait(PATIENCE)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate()
    alarm.cancel()
    assert process.returncode == 0, said
    assert time.monotonic() - began < SECONDS_TO_END
    assert "Traceback" not in said
    house = ours.house()
    with house.store.reading() as c:
        assert len(leads.waiting(c, read_clock(), 1000)) == 49
    house.store.close()
