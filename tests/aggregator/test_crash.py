"""Killed at any moment, and several at once: nothing is lost, nothing is there twice."""

import multiprocessing
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, text

from aggregator import desk
from aggregator.intake import Intake
from aggregator.records import Status
from aggregator.store import decisions
from aggregator.store.session import Store
from aggregator.store.tables import article_versions, articles, leads, members
from tests.aggregator.samples import (
    CAMPAIGN,
    JUDGES,
    NOON,
    clock,
    make_article,
    make_find,
    open_intake,
    take_in,
)

COUNT = 120
SIGNED = desk.Signature(by="Ana", at=NOON)


def run_until_killed(store: Store, lines: int | None) -> list[str]:
    """Let a process take in articles; kill it once it has said so many lines. Answers what it said."""
    command = [sys.executable, "-m", "tests.aggregator.taking_in", store.url, str(COUNT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if lines is not None and len(said) == lines:
                process.kill()
        assert lines is not None or process.wait() == 0
    return said


def assert_all_there(store: Store, said: list[str]) -> None:
    """Every article once, in one story; every decision that was acknowledged; every lead done."""
    with store.reading() as c:
        for table in (articles, article_versions, members):
            assert c.scalar(select(func.count()).select_from(table)) == COUNT
        open_leads = select(func.count()).select_from(leads).where(leads.c.status != "done")
        assert c.scalar(open_leads) == 0
        taken = {decision.id for decision in decisions.every(c)}
        if store.is_sqlite:
            assert list(c.scalars(text("PRAGMA integrity_check"))) == ["ok"]
            assert c.execute(text("PRAGMA foreign_key_check")).all() == []
    assert {int(line.split()[1]) for line in said if line.startswith("decided")} <= taken
    found = [line for line in said if line.startswith("found")]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("seed", [1])
def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_twice(store: Store, seed: int) -> None:
    chance = Random(seed)
    open_intake(store)
    said: list[str] = []
    for _ in range(4):
        said += run_until_killed(store, chance.randint(1, 30))
    said += run_until_killed(store, None)
    assert_all_there(store, said)
    before = [desk.entries(store, CAMPAIGN.slug), desk.listing(store, CAMPAIGN.slug)]
    desk.rebuild(store)
    assert [desk.entries(store, CAMPAIGN.slug), desk.listing(store, CAMPAIGN.slug)] == before


def take_some(store: Store, numbers: list[int]) -> int:
    """Take these articles in; answers how many (in a process of its own)."""
    intake = Intake(store, (CAMPAIGN,), JUDGES, clock)
    for number in numbers:
        intake.keep_find(make_find(make_article(number, headline=f"Sanctuary {number % 5}")))
    store.close()
    return len(numbers)


def test_four_writers_at_once_wait_for_each_other(store: Store) -> None:
    open_intake(store)
    shares = [list(range(share, 100, 4)) for share in range(4)]
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        taken = list(pool.map(take_some, [store] * 4, shares))
    assert sum(taken) == 100
    found = desk.entries(store, CAMPAIGN.slug)
    assert sorted(len(entry.story.members) for entry in found) == [20] * 5


def test_after_a_power_cut_every_decision_that_was_acknowledged_is_there(
    sqlite_store: Store, tmp_path: Path
) -> None:
    chance = Random(1)
    log = sqlite_store.file.with_name(f"{sqlite_store.file.name}-wal")
    for number in range(10):
        take_in(sqlite_store, make_article(number))
        decision = desk.accept(sqlite_store, CAMPAIGN.slug, [make_article(number).key], SIGNED)
        on_disk = log.stat().st_size
        take_in(sqlite_store, make_article(number + 100))
        copy = tmp_path / f"cut{number}.db"
        shutil.copy(sqlite_store.file, copy)
        # What was not synced yet may be lost from any byte on.
        left = log.read_bytes()[: chance.randint(on_disk, log.stat().st_size)]
        copy.with_name(f"{copy.name}-wal").write_bytes(left)
        cut = Store.open(f"sqlite:///{copy}")
        with cut.reading() as c:
            assert list(c.scalars(text("PRAGMA integrity_check"))) == ["ok"]
            assert decisions.get(c, decision.id) == decision
        assert desk.entry(cut, CAMPAIGN.slug, make_article(number).key).status is Status.ACCEPTED
        cut.close()
