"""A sweep that breaks, is stopped or is killed: nothing is lost, and the next one goes on."""

import os
import signal
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from crawler.records import Find, FindOutcome, Lead, Poll
from crawler.sweep import LeadFollowed, Progress, run_sweep
from tests.crawler.loopback import Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import order, source
from tests.crawler.test_sweep import FEED, outcomes, put_daily


class Stumbling(Notebook):
    """A sink whose store goes away."""

    def keep_find(self, find: Find) -> None:
        raise OSError("no space left on device")


def test_a_sink_that_fails_ends_the_sweep_with_one_clear_word(web: Web, tmp_path: Path) -> None:
    put_daily(web, 20)
    report = run_sweep(order(web, [source(FEED)]), Stumbling(tmp_path))
    assert report.ended == "broken"
    assert report.broken == "OSError: no space left on device"


class Full(Notebook):
    """A sink whose disk is full from the first source on."""

    def keep_poll(self, poll: Poll) -> tuple[Lead, ...]:
        raise OSError("no space left on device")


def test_a_sink_that_fails_shows_its_stack_once_however_many_answers_are_under_way(
    web: Web, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    hosts = [f"daily{number}.example" for number in range(20)]
    for host in hosts:
        put_daily(web, 1, host)
    run_sweep(order(web, [source(f"http://{host}/feed") for host in hosts]), Full(tmp_path))
    assert capfd.readouterr().err.count("no space left on device\n") == 1


class Away(Notebook):
    """A sink whose store cannot be reached from the child process."""

    def held(self) -> Mapping[str, datetime]:
        raise ConnectionError("the database does not answer")


def test_a_sweep_that_cannot_begin_says_why(web: Web, tmp_path: Path) -> None:
    report = run_sweep(order(web, [source(FEED)]), Away(tmp_path))
    assert report.broken == "ConnectionError: the database does not answer"
    assert web.log == []


def test_a_stopped_sweep_finishes_what_it_holds_and_leaves_the_rest(web: Web, notebook: Notebook) -> None:
    put_daily(web, 40)
    stopping = threading.Event()

    def stop_at_third(event: Progress) -> None:
        if isinstance(event, LeadFollowed) and event.url.endswith("/2"):
            stopping.set()

    first = run_sweep(order(web, [source(FEED)], manners={"pause": 0.05}), notebook, stop_at_third, stopping)
    assert first.ended == "stopped"
    assert 3 <= len(notebook.finds) < 40
    assert {find.outcome for find in notebook.finds} == {FindOutcome.READ}
    run_sweep(order(web, []), notebook)
    assert sorted(web.asked().count(f"/story/{number}") for number in range(40)) == [1] * 40
    assert len(notebook.finds) == 40


class Dying(Notebook):
    """A sink whose process is killed at the third article."""

    def keep_find(self, find: Find) -> None:
        super().keep_find(find)
        if len(self.finds) == 3:
            os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_sweep_loses_nothing(web: Web, tmp_path: Path) -> None:
    put_daily(web, 10)
    report = run_sweep(order(web, [source(FEED)]), Dying(tmp_path))
    assert report.ended == "broken"
    assert "exit code -9" in (report.broken or "")
    notebook = Notebook(tmp_path)
    assert len(notebook.finds) == 3
    run_sweep(order(web, []), notebook)
    assert sorted(outcomes(notebook)) == sorted(
        f"http://daily.example/story/{number}" for number in range(10)
    )
