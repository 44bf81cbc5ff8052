"""Every job can be had by its name, and none is loaded before it is asked for."""

import pkgutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator import runs
from aggregator.settings import Settings
from aggregator.store.session import Store
from crawler.clock import read_clock
from crawler.outlets import Directory
from crawler.politeness.robots_answer import RobotsAnswer


@pytest.mark.parametrize("name", dir(runs))
def test_a_job_is_had_by_its_name(name: str) -> None:
    assert getattr(runs, name).__name__ == name


def test_every_room_has_a_job_in_the_list() -> None:
    named = {f"aggregator.runs.{module.name}" for module in pkgutil.iter_modules(runs.__path__)}
    listed = {getattr(runs, name).__module__ for name in dir(runs)}
    assert listed == named - {"aggregator.runs.basket", "aggregator.runs.pushing"}


def test_what_is_no_job_is_told() -> None:
    with pytest.raises(AttributeError, match=r"No aggregator\.runs attribute fly"):
        getattr(runs, "fly")  # noqa: B009


def test_a_sweep_keeps_of_robots_txt_what_still_holds(sqlite_store: Store, tmp_path: Path) -> None:
    told = Settings(
        folder=tmp_path,
        organisation="Rivers",
        contact="mailto:ana@campaign.example",
        database=sqlite_store.url,
        exports=tmp_path,
    )
    house = runs.House(settings=told, store=sqlite_store, directory=Directory(), sources=())
    now = read_clock()
    for age in (1, 25):
        origin = f"https://{age}.example"
        answer = RobotsAnswer(origin=origin, status=200, text="", at=now - timedelta(hours=age))
        house.robots[origin] = answer
    runs.sweep(house, now)
    assert house.robots.keys() == {"https://1.example"}


def test_jobs_are_loaded_when_they_are_asked_for() -> None:
    code = "import sys; from aggregator import runs; print('aggregator.runs.backfilling' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
